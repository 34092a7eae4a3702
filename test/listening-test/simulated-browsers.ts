import { participantApp } from "../../src/listening-test/server/participant-app.ts";
import type { OpenStudy } from "../../src/listening-test/server/open-study.ts";
import { serveApp } from "../../src/listening-test/server/serve.ts";
import type { StudyKey } from "../../src/listening-test/session/study-key.ts";
import {
  drawItems,
  drawListener,
  type ListenerPopulation,
  simulatedYesNo,
} from "../../src/listening-test/simulation/simulated-listener.ts";
import type { Database } from "../../src/listening-test/store/database.ts";
import { StudyStore } from "../../src/listening-test/store/study-store.ts";
import { seededRandom } from "../../src/math/random.ts";
import { Visitor } from "./server/browser-like.ts";

/** What simulated listeners do to a study of one yes/no block. */
export interface Crowd {
  readonly study: OpenStudy;
  readonly database: Database;
  /** Who plays in each stimulus: the listeners must hear it somehow. */
  readonly key: StudyKey;
  readonly population: ListenerPopulation;
  readonly listeners: number;
  readonly seed: number;
}

/**
 * Listeners of a known kind take the whole test, one after the other, over HTTP; time passes as fast as they listen. The
 * first of them miscounts the beeps of every trap.
 *
 * @returns how much easier each item was made for them, in d′, and the time at the end [ms]
 */
export async function simulatedBrowsers(
  crowd: Crowd,
  tell: (done: number) => void = () => undefined,
): Promise<{ readonly easier: ReadonlyMap<string, number>; readonly nowMs: number }> {
  const { study, key, population } = crowd;
  const random = seededRandom(crowd.seed);
  const easier = new Map(
    drawItems(population, study.manifest.items.length, random).map((e, i) => [study.manifest.items[i]!, e]),
  );
  const truth = new Map(key.stimuli.map((s) => [s.id, s]));
  const durationMs = 1000 * Math.max(...study.manifest.stimuli.map((s) => s.durationS));
  let nowMs = 1_000_000;
  const store = await StudyStore.open(crowd.database, study, nowMs, seededRandom(crowd.seed + 1));
  const server = await serveApp(
    participantApp({
      ...{ study, store, mode: "network", secureCookies: false },
      pages: { html: "", script: "", style: "" },
      now: () => nowMs,
    }),
    { host: "127.0.0.1", port: 0 },
  );
  try {
    for (let n = 0; n < crowd.listeners; n++) {
      const visitor = new Visitor(`http://127.0.0.1:${server.port}`);
      const { code } = await visitor.enrol();
      const { id } = (await store.participantByCode(code))!;
      const listener = drawListener(population, random);
      for (const trial of await store.trialsOf(id)) {
        const stimulus = truth.get(trial.slots[0]!)!;
        const heard = simulatedYesNo(
          listener,
          { isHuman: stimulus.kind === "human", easier: easier.get(stimulus.item) ?? 0 },
          random,
        );
        const beeps = n === 0 ? 1 + (stimulus.beeps! % 3) : stimulus.beeps!;
        const response =
          trial.role === "trap" ? { method: "yes-no", says: "robot", confidence: beeps } : heard;
        await visitor.play(trial.position);
        nowMs += durationMs;
        const sent = { position: trial.position, answerId: `${id}-${trial.position}`, response };
        const { status } = await visitor.post("/api/answer", sent);
        if (status !== 200) throw new Error(`answer ${sent.answerId} was refused with ${status}`);
      }
      tell(n + 1);
    }
  } finally {
    await server.close();
  }
  return { easier, nowMs };
}
