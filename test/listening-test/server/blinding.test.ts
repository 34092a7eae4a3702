import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { participantApp } from "../../../src/listening-test/server/participant-app.ts";
import { serveApp } from "../../../src/listening-test/server/serve.ts";
import { loadStudy } from "../../../src/listening-test/session/load-study.ts";
import { makeStimuli } from "../../../src/listening-test/session/make-stimuli.ts";
import { binomialRange } from "../../../src/listening-test/statistics/binomial.ts";
import { openDatabase } from "../../../src/listening-test/store/open-database.ts";
import { StudyStore } from "../../../src/listening-test/store/study-store.ts";
import { newSession, recordEverything, scoreOf, small } from "../session/sample-session.ts";
import { Visitor } from "./browser-like.ts";
import { guessedRight, type Sample } from "./performer-classifier.ts";

/** In whole rounds of the balanced design: two orders of two excerpts, for two performers. */
const LISTENERS = 60;
/** So rarely would a blind guesser look as if he saw: stimuli are made with randomness that has no seed. */
const CHANCE = 1e-4;

const folder = mkdtempSync(join(tmpdir(), "cellist-blinding-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** How rarely a blind guesser is right so often. */
const byLuck = (right: number, of: number): number => binomialRange(right, of, of, 0.5);

/** All that the server sent around one recording, as numbers. The music itself is what listeners are asked about. */
const received = (got: { readonly body: Uint8Array; readonly headers: Headers }, ms: number): number[] => {
  const view = new DataView(got.body.buffer, got.body.byteOffset);
  const headers = [...got.headers].filter(([name]) => name !== "date").map((pair) => pair.join(":"));
  const edge = (from: number): number => {
    let sum = 0;
    for (let i = 0; i < 400; i++) sum += view.getInt16(from + 2 * i, true) ** 2;
    return Math.sqrt(sum / 400);
  };
  const fileHeader = got.body.subarray(0, 44).reduce((sum, byte, i) => sum + byte * (i + 1), 0);
  const text = headers.join("\n");
  return [
    got.body.length,
    fileHeader,
    headers.length,
    [...text].reduce((sum, c, i) => (sum + c.charCodeAt(0) * (1 + (i % 97))) % 1_000_003, 0),
    edge(44),
    edge(got.body.length - 800),
    ms,
  ];
};

describe("what a listener's browser receives around a recording", () => {
  const samples: Sample[] = [];

  beforeAll(async () => {
    const session = newSession(join(folder, "session"), small);
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
    const labelOf = new Map(study.manifest.stimuli.map((s) => [s.id, s.label]));
    for (let n = 0; n < LISTENERS; n++) {
      const visitor = new Visitor(`http://127.0.0.1:${server.port}`);
      const { code } = await visitor.enrol();
      const { id } = (await store.participantByCode(code))!;
      for (const trial of await store.trialsOf(id)) {
        const since = performance.now();
        const got = await visitor.bytes(`/api/recording/${trial.position}/0`);
        const tookMs = performance.now() - since;
        const item = study.manifest.items.indexOf(trial.item);
        const features = [...received(got, tookMs), trial.position, item];
        if (trial.role === "main")
          samples.push({ group: n, features, isHuman: labelOf.get(trial.slots[0]!) === "q" });
        await visitor.play(trial.position);
        await visitor.post("/api/answer", {
          ...{ position: trial.position, answerId: `${id}-${trial.position}` },
          response: { method: "yes-no", says: "human", confidence: 1 },
        });
      }
    }
    await server.close();
  }, 120_000);

  it("does not tell who plays: a classifier trained on other listeners guesses", () => {
    const right = Math.round(guessedRight(samples) * samples.length);
    expect(samples.length).toBe(2 * LISTENERS);
    expect(samples.filter((s) => s.isHuman)).toHaveLength(LISTENERS);
    expect(byLuck(right, samples.length)).toBeGreaterThan(CHANCE);
  });

  it.each([
    ["two bytes more", 0, 2],
    ["a header more", 2, 1],
    ["an edge 3 % louder", 4, 0.03],
    ["a hundred milliseconds more", 6, 100],
  ])("would tell who plays if the human had %s", (_, column, more) => {
    const leaking = samples.map((s) => ({
      ...s,
      features: s.features.map((v, i) =>
        i !== column || !s.isHuman ? v : column === 4 ? v * (1 + more) + 1 : v + more,
      ),
    }));
    const right = Math.round(guessedRight(leaking) * leaking.length);
    expect(byLuck(right, leaking.length)).toBeLessThan(CHANCE);
  });
});
