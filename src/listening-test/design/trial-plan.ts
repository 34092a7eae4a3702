import { seededRandom } from "../../math/random.ts";
import type { Manifest, Stimulus } from "./manifest.ts";
import type { Block, Method } from "./method.ts";
import { shuffled } from "./shuffle.ts";
import { williamsRows } from "./williams.ts";

export type TrialRole = "main" | "control" | "trap" | "practice" | "repeat";

/** One question to one listener. */
export interface Trial {
  /** From 0, through all blocks. */
  readonly position: number;
  readonly block: number;
  readonly method: Method;
  readonly role: TrialRole;
  readonly item: string;
  /** Ids of the stimuli in the order they are presented; in MUSHRA the first is the open reference. */
  readonly slots: readonly string[];
}

/** What the order of a study is drawn from. */
export interface Design {
  readonly manifest: Manifest;
  readonly blocks: readonly Block[];
  /** Of the study: which half of the items is whose in each row. */
  readonly seed: number;
}

/**
 * Number of cells of the balanced design. A listener in every cell makes each item, place, order of neighbours and
 * performer equally frequent; listeners go to the least filled one.
 */
export const cellCount = ({ manifest }: Pick<Design, "manifest">): number =>
  williamsRows(manifest.items.length).length * Math.max(1, manifest.labels.length);

/**
 * The whole test of one listener.
 *
 * Rows of a Williams square order the items; each row comes once per performer label with labels moved on by one, so
 * performers are balanced over items and places exactly, and a listener hears equally many of each (the base rate). The
 * pattern inside a row is drawn at random: places never alternate predictably.
 *
 * @param listenerSeed where controls, traps and repeats stand, and orders inside pairs
 */
export function planTrials(design: Design, cell: number, listenerSeed: number): readonly Trial[] {
  const random = seededRandom(listenerSeed);
  const trials = design.blocks.flatMap((block, index) => {
    const practice = practiceTrials(design.manifest, block);
    return [...practice, ...withExtras(mainTrials(design, block, cell, random), design, block, random)].map(
      (trial) => ({ ...trial, block: index, method: block.method }),
    );
  });
  return trials.map((trial, position) => ({ position, ...trial }));
}

type BareTrial = Pick<Trial, "role" | "item" | "slots">;

function mainTrials(design: Design, block: Block, cell: number, random: () => number): BareTrial[] {
  const { manifest } = design;
  const { items, labels } = manifest;
  const rows = williamsRows(items.length);
  const rowIndex = Math.floor(cell / Math.max(1, labels.length)) % rows.length;
  const turn = cell % Math.max(1, labels.length);
  const pattern = evenPattern(items.length, labels.length, design.seed + rowIndex);
  return rows[rowIndex]!.map((itemIndex, place) => {
    const item = items[itemIndex]!;
    const label = (pattern[place]! + turn) % labels.length;
    return { role: "main", item, slots: slotsOf(manifest, block.method, item, label, random) };
  });
}

/** 0 … labels − 1, each as often as the others (to one), in random order. */
const evenPattern = (n: number, labels: number, seed: number): number[] =>
  shuffled(
    Array.from({ length: n }, (_, i) => i % labels),
    seededRandom(seed),
  );

function slotsOf(
  manifest: Manifest,
  method: Method,
  item: string,
  label: number,
  random: () => number,
): string[] {
  const of = (name: string): string =>
    find(manifest, (s) => s.role === "main" && s.item === item && s.label === name).id;
  const { labels } = manifest;
  if (method === "yes-no" || method === "rating") return [of(labels[label]!)];
  // The label decides which of the pair comes first, so first places are balanced as performers are.
  if (method === "pair" || method === "preference")
    return [of(labels[label]!), of(labels[(label + 1) % labels.length]!)];
  const reference = find(manifest, (s) => s.role === "reference" && s.item === item);
  const anchors = manifest.stimuli.filter((s) => s.role === "anchor" && s.item === item);
  return [reference.id, ...shuffled([...labels.map(of), ...anchors.map((s) => s.id)], random)];
}

/** Puts controls, traps and repeats among the main trials, never first and traps never next to each other. */
function withExtras(main: BareTrial[], design: Design, block: Block, random: () => number): BareTrial[] {
  if (block.method === "mushra") return main;
  const repeats = main.slice(0, block.repeats).map((trial): BareTrial => ({ ...trial, role: "repeat" }));
  const trials = [...main];
  for (const extra of controlTrials(design.manifest, block, random))
    trials.splice(1 + Math.floor(random() * trials.length), 0, extra);
  for (const trap of trapTrials(design.manifest, block, random)) {
    const places = trials
      .map((_, i) => i + 1)
      .filter((i) => trials[i - 1]!.role !== "trap" && trials[i]?.role !== "trap");
    trials.splice(places[Math.floor(random() * places.length)]!, 0, trap);
  }
  // A repeat comes late, away from its first time.
  for (const repeat of repeats) trials.splice(trials.length - Math.floor(random() * 2), 0, repeat);
  return trials;
}

const isPairTask = (method: Method): boolean => method === "pair" || method === "preference";

function controlTrials(manifest: Manifest, block: Block, random: () => number): BareTrial[] {
  const { controlPairs } = manifest;
  if (isPairTask(block.method))
    return shuffled(controlPairs, random)
      .slice(0, block.controls)
      .map((pair) => ({ role: "control", item: itemOf(manifest, pair[0]), slots: shuffled(pair, random) }));
  return shuffled(
    manifest.stimuli.filter((s) => s.role === "control"),
    random,
  )
    .slice(0, block.controls)
    .map((s) => ({ role: "control", item: s.item, slots: [s.id] }));
}

function trapTrials(manifest: Manifest, block: Block, random: () => number): BareTrial[] {
  return shuffled(
    manifest.stimuli.filter((s) => s.role === "trap"),
    random,
  )
    .slice(0, block.traps)
    .map((s) => {
      if (!isPairTask(block.method)) return { role: "trap", item: s.item, slots: [s.id] };
      const label = manifest.labels[Math.floor(random() * manifest.labels.length)];
      const plain = find(manifest, (o) => o.role === "main" && o.item === s.item && o.label === label);
      return { role: "trap", item: s.item, slots: shuffled([s.id, plain.id], random) };
    });
}

function practiceTrials(manifest: Manifest, block: Block): BareTrial[] {
  const practice = manifest.stimuli.filter((s) => s.role === "practice");
  if (practice.length === 0 || block.method === "mushra") return [];
  const slots = practice.map((s) => s.id);
  if (isPairTask(block.method)) return [{ role: "practice", item: practice[0]!.item, slots: pairOf(slots) }];
  return practice.map((s) => ({ role: "practice", item: s.item, slots: [s.id] }));
}

const pairOf = (ids: readonly string[]): string[] => [ids[0]!, ids[1] ?? ids[0]!];

const itemOf = (manifest: Manifest, id: string): string => find(manifest, (s) => s.id === id).item;

function find(manifest: Manifest, wanted: (s: Stimulus) => boolean): Stimulus {
  const stimulus = manifest.stimuli.find(wanted);
  if (stimulus === undefined) throw new Error("the manifest lacks a stimulus that the design needs");
  return stimulus;
}
