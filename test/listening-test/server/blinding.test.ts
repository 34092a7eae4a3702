import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Manifest } from "../../../src/listening-test/design/manifest.ts";
import { participantApp } from "../../../src/listening-test/server/participant-app.ts";
import { serveApp } from "../../../src/listening-test/server/serve.ts";
import { loadStudy } from "../../../src/listening-test/session/load-study.ts";
import { makeStimuli } from "../../../src/listening-test/session/make-stimuli.ts";
import { binomialRange } from "../../../src/listening-test/statistics/binomial.ts";
import { openDatabase } from "../../../src/listening-test/store/open-database.ts";
import { StudyStore } from "../../../src/listening-test/store/study-store.ts";
import { newSession, recordEverything, scoreOf, small } from "../session/sample-session.ts";
import { Visitor } from "./browser-like.ts";
import { guessedRight, type Sample, withProducts } from "./performer-classifier.ts";

const EXCERPTS = 8;
/** One in each cell of the balanced design: eight orders of the excerpts, for two performers. */
const LISTENERS = 16;
/** Stimuli are drawn twice: eight excerpts alone are too few to tell a guesser from one who sees. */
const DRAWS = 2;
/** So rarely would a blind guesser look as if he saw: stimuli are made with randomness that has no seed. */
const CHANCE = { listeners: 1e-4, excerpts: 1e-3 };

const folder = mkdtempSync(join(tmpdir(), "cellist-blinding-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Every bar of a piece is an excerpt. */
const everyBar = (yaml: string): string =>
  small(yaml).replace(
    /items:[\s\S]*?practice:/,
    `items:\n${Array.from({ length: EXCERPTS }, (_, i) => `  - { id: bar${i}, piece: twinkle, bars: [${i + 1}, ${i + 1}] }\n`).join("")}practice:`,
  );

/** One recording as a listener's browser got it. */
interface Received {
  readonly listener: number;
  readonly item: number;
  readonly stimulus: string;
  readonly isHuman: boolean;
  /** Bytes, header of the file, headers of the answer, level of the first and the last 50 ms [dB]: numbers without meaning. */
  readonly around: readonly number[];
  /** When it came in the test, and how long it took. */
  readonly moment: readonly number[];
}

function aroundOf({ body, headers }: { readonly body: Uint8Array; readonly headers: Headers }): number[] {
  const view = new DataView(body.buffer, body.byteOffset);
  const level = (from: number): number => {
    let sum = 0;
    for (let i = 0; i < 1200; i++) sum += view.getInt16(from + 2 * i, true) ** 2;
    return 10 * Math.log10(1e-9 + sum / 1200);
  };
  const lines = [...headers].filter(([name]) => name !== "date").map((pair) => pair.join(":"));
  const sumOf = (bytes: Iterable<number>): number =>
    [...bytes].reduce((sum, byte, i) => sum + byte * (1 + (i % 97)), 0);
  return [
    body.length,
    sumOf(body.subarray(0, 44)),
    lines.length,
    sumOf(Buffer.from(lines.join("\n"))),
    level(44),
    level(body.length - 2400),
  ];
}

/** The whole test of every listener, over HTTP. */
async function listenersReceive(draw: number): Promise<Received[]> {
  const session = newSession(join(folder, `session-${draw}`), everyBar);
  recordEverything(session);
  makeStimuli(session, scoreOf);
  const study = loadStudy(session);
  const open = { ...study, rules: { ...study.rules, playedShare: 0, headphones: "off" as const } };
  const store = await StudyStore.open(await openDatabase(":memory:"), open, 0);
  const pages = { html: "", script: "", style: "" };
  const app = participantApp({
    ...{ study: open, store, pages, mode: "network", secureCookies: false },
    now: Date.now,
  });
  const server = await serveApp(app, { host: "127.0.0.1", port: 0 });
  const received: Received[] = [];
  for (let n = 0; n < LISTENERS; n++) {
    const visitor = new Visitor(`http://127.0.0.1:${server.port}`);
    received.push(...(await listen(visitor, store, { listener: n, manifest: study.manifest })));
  }
  await server.close();
  return received.map((r) => ({ ...r, item: r.item + draw * EXCERPTS }));
}

async function listen(
  visitor: Visitor,
  store: StudyStore,
  of: { readonly listener: number; readonly manifest: Manifest },
): Promise<Received[]> {
  const { code } = await visitor.enrol();
  const { id } = (await store.participantByCode(code))!;
  const received: Received[] = [];
  for (const { position, role, slots } of await store.trialsOf(id)) {
    const since = performance.now();
    const got = await visitor.bytes(`/api/recording/${position}/0`);
    const tookMs = performance.now() - since;
    const stimulus = of.manifest.stimuli.find((s) => s.id === slots[0])!;
    if (role === "main")
      received.push({
        listener: of.listener,
        item: of.manifest.items.indexOf(stimulus.item),
        stimulus: stimulus.id,
        isHuman: stimulus.label === "q", // or the robot: which of the two is q was drawn
        around: aroundOf(got),
        moment: [position, tookMs],
      });
    await visitor.play(position);
    const response = { method: "yes-no", says: "human", confidence: 1 };
    await visitor.post("/api/answer", { position, answerId: `${id}-${position}`, response });
  }
  return received;
}

/** Every recording once, less what both of an excerpt have in common; whole excerpts are kept from the classifier. */
function byExcerpt(received: readonly Received[]): Sample[] {
  const once = [...new Map(received.map((r) => [r.stimulus, r])).values()];
  return once.map(({ item, isHuman, around }) => {
    const both = once.filter((r) => r.item === item);
    const mean = around.map((_, i) => both.reduce((sum, r) => sum + r.around[i]!, 0) / both.length);
    return { group: item, isHuman, features: around.map((v, i) => v - mean[i]!) };
  });
}

/** Every moment; whole listeners are kept from the classifier. */
const byListener = (received: readonly Received[]): Sample[] =>
  received.map(({ listener, isHuman, moment }) => ({
    group: listener,
    isHuman,
    features: withProducts(moment),
  }));

/** How rarely somebody who guesses is right so often. */
const luckNeeded = (samples: readonly Sample[]): number =>
  binomialRange(guessedRight(samples), samples.length, samples.length, 0.5);

/** The same of excerpts: less what they have in common, both recordings of one are mirror images, right or wrong together. */
function luckOfPairs(samples: readonly Sample[]): number {
  const pairs = samples.length / 2;
  return binomialRange(Math.floor(guessedRight(samples) / 2), pairs, pairs, 0.5);
}

describe("who plays", () => {
  let received: Received[] = [];
  let first: Received[] = [];
  beforeAll(async () => {
    first = await listenersReceive(0);
    received = [...first];
    for (let draw = 1; draw < DRAWS; draw++) received.push(...(await listenersReceive(draw)));
  }, 240_000);

  it("is not told by sizes, headers, or the edges of a recording: a classifier that knows other excerpts guesses", () => {
    expect(byExcerpt(received)).toHaveLength(2 * EXCERPTS * DRAWS);
    expect(luckOfPairs(byExcerpt(received))).toBeGreaterThan(CHANCE.excerpts);
  });

  it("is not told by place and time: a classifier that knows other listeners guesses", () => {
    expect(byListener(first)).toHaveLength(EXCERPTS * LISTENERS);
    expect(luckNeeded(byListener(first))).toBeGreaterThan(CHANCE.listeners);
  });

  it.each([
    ["two bytes", 0, 2],
    ["one header", 2, 1],
    ["an end by two decibels", 5, 2],
  ])("would be told by %s more", (_, column, more) => {
    const leaking = received.map((r) => ({
      ...r,
      around: r.around.map((v, i) => (i === column && r.isHuman ? v + more : v)),
    }));
    expect(luckOfPairs(byExcerpt(leaking))).toBeLessThan(CHANCE.excerpts);
  });

  it("would be told by coming a little earlier in the test, or ten milliseconds later over the line", () => {
    for (const [column, more] of [
      [0, -6],
      [1, 10],
    ] as const) {
      const leaking = first.map((r) => ({
        ...r,
        moment: r.moment.map((v, i) => (i === column && r.isHuman ? v + more : v)),
      }));
      expect(luckNeeded(byListener(leaking))).toBeLessThan(CHANCE.listeners);
    }
  });
});
