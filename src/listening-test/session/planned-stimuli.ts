import { CellistError } from "../../errors.ts";
import type { StimulusRole } from "../design/manifest.ts";
import { shuffled } from "../design/shuffle.ts";
import type { Item, Performer } from "./protocol.ts";
import type { SessionFolder } from "./session-folder.ts";
import { selectedTake, type Take } from "./session-state.ts";

/** A stimulus to be made: which bars of which take, and what for. */
export interface PlannedStimulus {
  readonly item: string;
  readonly piece: string;
  readonly bars: readonly [number, number];
  readonly label: string;
  readonly role: StimulusRole;
  readonly take: Take & { readonly recorded: NonNullable<Take["recorded"]> };
  readonly beeps?: number;
}

export interface StimulusPlan {
  readonly stimuli: readonly PlannedStimulus[];
  readonly labels: readonly string[];
  readonly performerOfLabel: Readonly<Record<string, string>>;
  /** Places in `stimuli`. */
  readonly controlPairs: readonly (readonly [number, number])[];
}

/**
 * Everything a session's stimuli are made from, with labels and controls drawn by `random`.
 *
 * @throws CellistError `session-state` for a take that the protocol needs and that was not kept
 */
export function plannedStimuli(session: SessionFolder, random: () => number): StimulusPlan {
  const { protocol, state } = session;
  if (state.stimuli !== undefined)
    throw new CellistError(
      "session-state",
      "the stimuli of this session are made already; they never change",
    );
  const compared = shuffled(
    protocol.performers.filter((p) => p.kind !== "mechanical"),
    random,
  );
  const labels = compared.map((_, i) => String.fromCharCode(112 + i));
  const of = (
    item: Item,
    performer: Performer,
    rest: Omit<PlannedStimulus, "item" | "piece" | "bars" | "take">,
  ): PlannedStimulus => ({
    item: item.id,
    piece: item.piece,
    bars: item.bars,
    take: takeFor(session, item, performer),
    ...rest,
  });
  const items = shuffled(protocol.items, random);
  const mechanical = protocol.performers.find((p) => p.kind === "mechanical");
  const human = protocol.performers.find((p) => p.kind === "human")!;
  const stimuli = [
    ...protocol.items.flatMap((item) =>
      compared.map((performer, i) => of(item, performer, { label: labels[i]!, role: "main" })),
    ),
    ...items
      .slice(0, protocol.stimuli.mechanical)
      .map((item) => of(item, mechanical!, { label: "", role: "control" })),
    ...shuffled(protocol.items, random)
      .slice(0, protocol.stimuli.traps)
      .map((item, i) =>
        of(item, mechanical ?? compared[0]!, {
          label: "",
          role: "trap",
          beeps: 1 + ((i + Math.floor(random() * 3)) % 3),
        }),
      ),
    ...protocol.practice.map((item, i) =>
      of(item, compared[i % compared.length]!, { label: "", role: "practice" }),
    ),
    ...(protocol.test.blocks.some((b) => b.method === "mushra")
      ? protocol.items.flatMap((item) =>
          (["reference", "anchor"] as const).map((role) => of(item, human, { label: "", role })),
        )
      : []),
  ];
  const pairs = humanPairs(session, shuffled(protocol.items, random));
  const controlPairs: [number, number][] = pairs.map((_, i) => [
    stimuli.length + 2 * i,
    stimuli.length + 2 * i + 1,
  ]);
  return {
    stimuli: [...stimuli, ...pairs.flat()],
    labels,
    performerOfLabel: Object.fromEntries(labels.map((label, i) => [label, compared[i]!.id])),
    controlPairs,
  };
}

/** Two human takes of the same bars, of two players or of one: what listeners say of them is the base line. */
function humanPairs(session: SessionFolder, items: readonly Item[]): [PlannedStimulus, PlannedStimulus][] {
  const { protocol, state } = session;
  const humans = protocol.performers.filter((p) => p.kind === "human").map((p) => p.id);
  return items.slice(0, protocol.stimuli.humanPairs).map((item) => {
    const takes = state.takes.filter(
      (t): t is PlannedStimulus["take"] =>
        t.status === "kept" &&
        t.piece === item.piece &&
        humans.includes(t.performer) &&
        t.recorded !== undefined,
    );
    const [a, b] = [takes[0], takes.find((t) => t.performer !== takes[0]!.performer) ?? takes[1]];
    if (a === undefined || b === undefined)
      throw new CellistError(
        "session-state",
        `stimuli.humanPairs asks for two human takes of ${item.piece}, ${takes.length} are kept; record another or lower the number`,
      );
    const made = (take: PlannedStimulus["take"]): PlannedStimulus => ({
      item: item.id,
      piece: item.piece,
      bars: item.bars,
      label: "",
      role: "control",
      take,
    });
    return [made(a), made(b)];
  });
}

function takeFor(session: SessionFolder, item: Item, performer: Performer): PlannedStimulus["take"] {
  const rule = session.protocol.takeSelection;
  const take = selectedTake(session.state, rule, { performer: performer.id, piece: item.piece });
  if (take?.recorded === undefined)
    throw new CellistError(
      "session-state",
      `no take of ${item.piece} by ${performer.id} was kept; record one, or decide about those there are (cellist session status)`,
    );
  return { ...take, recorded: take.recorded };
}
