import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readPerformance } from "../../../src/bag/read-performance.ts";
import { recordMachineTake, type TakeSources } from "../../../src/listening-test/session/record-take.ts";
import { recordSound } from "../../../src/listening-test/session/sound-recorder.ts";
import type { SessionFolder } from "../../../src/listening-test/session/session-folder.ts";
import { takeFaults } from "../../../src/listening-test/session/take-quality.ts";
import { applySteps } from "../../../src/listening-test/stimuli/recipe.ts";
import { soundOfPerformance } from "../../../src/performance/sound-of-performance.ts";
import { readPiece } from "../../../src/score/piece.ts";
import { normaliseLoudness } from "../../../src/sound/normalise-loudness.ts";
import { DEFAULT_SOUND } from "../../../src/sound/sound-settings.ts";
import { decodeWav, encodeWav } from "../../../src/sound/wav.ts";
import { performThroughNodes } from "../../performance/perform-through-nodes.ts";
import { instrument, shortMidi } from "../../performance/short-piece.ts";
import { newSession } from "./sample-session.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-robot-take-"));
afterAll(() => rmSync(folder, { recursive: true }));
/** The microphone runs for so long before the bag begins [s]. */
const EARLIER_S = 2.347;
const [bag, dry, room] = ["once.mcap", "dry.wav", "room.wav"].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];

/** A recorder that hears a file: what `arecord` does, with SIGINT as its end. */
const hearing = (file: string): string => {
  const script = join(folder, "recorder.mjs");
  writeFileSync(
    script,
    `import { copyFileSync } from "node:fs"; process.on("SIGINT", () => process.exit(0)); setInterval(() => {}, 1000); copyFileSync(process.argv[2], process.argv[3]);`,
  );
  return `${process.execPath} ${script} ${file} {file}`;
};

/** Performs by handing out the performance that was played once, and says when the arm moved. */
function sources(recorder: string | undefined, moved: () => void = () => undefined): TakeSources {
  let recording: string | undefined;
  return {
    scoreOf: () => readPiece(shortMidi(), undefined).score,
    instrumentOf: () => Promise.resolve(instrument),
    ...(recorder !== undefined && {
      microphone: (file: string) => recordSound(recorder, (recording = file)),
    }),
    performTo: async (_, to) => {
      moved();
      // It takes its time: the recorder has begun when it is over.
      while (recording !== undefined && !existsSync(recording))
        await new Promise((wake) => setTimeout(wake, 20));
      mkdirSync(to, { recursive: true });
      writeFileSync(join(to, "performance.mcap"), readFileSync(bag));
      writeFileSync(join(to, "performance.wav"), readFileSync(dry));
    },
  };
}

beforeAll(async () => {
  const piece = join(folder, "short.mid");
  writeFileSync(piece, shortMidi());
  await performThroughNodes(bag, { piece, seed: 1 });
  const { stems } = soundOfPerformance(await readPerformance(bag), instrument, DEFAULT_SOUND);
  const { samples } = normaliseLoudness(stems.cello.left, stems.sampleRateHz);
  const sound = { sampleRateHz: stems.sampleRateHz, channels: [samples] };
  writeFileSync(dry, encodeWav(sound));
  // In the room: later, softer, with hall and noise.
  const seconds = samples.length / stems.sampleRateHz;
  const heard = applySteps(sound, [
    { do: "cut", fromS: -EARLIER_S, toS: seconds + 1.1 },
    { do: "room", decayS: 1.4, seed: 5 },
    { do: "gain", db: -9 },
    { do: "noise", dbfs: -55, seed: 3 },
  ]);
  writeFileSync(room, encodeWav(heard));
}, 120_000);

let fresh = 0;
const session = (): SessionFolder => newSession(join(folder, `session${fresh++}`));
const robot = { id: "robot", kind: "robot" } as const;

it("is what the microphone heard, with its bag, in step to 5 ms", async () => {
  const lab = session();
  const take = await recordMachineTake(lab, robot, "twinkle", sources(hearing(room)));
  const { audio, anchors, alignment, bag: kept } = take.recorded!;
  expect(readFileSync(room).equals(lab.read(audio))).toBe(true);
  expect(readFileSync(bag).equals(lab.read(kept!))).toBe(true);
  expect(Math.abs(alignment!.offsetS - EARLIER_S)).toBeLessThanOrEqual(0.005);
  expect(takeFaults(take)).toEqual([]);
  // Bar lines lie where the bag has them, later by as much.
  const rendered = await recordMachineTake(session(), robot, "twinkle", sources(undefined));
  anchors.forEach(({ audioS }, i) =>
    expect(Math.abs(audioS - rendered.recorded!.anchors[i]!.audioS - EARLIER_S)).toBeLessThanOrEqual(0.005),
  );
  expect(existsSync(lab.at("takes", `${take.id}.recording.wav`))).toBe(false);
});

it("of a microphone that hears something else is called out of step", async () => {
  const other = join(folder, "other.wav");
  const { sampleRateHz, channels } = decodeWav(readFileSync(room));
  const silence = { sampleRateHz, channels: [new Float32Array(channels[0]!.length)] };
  writeFileSync(other, encodeWav(applySteps(silence, [{ do: "noise", dbfs: -30, seed: 8 }])));
  const take = await recordMachineTake(session(), robot, "twinkle", sources(hearing(other)));
  expect(takeFaults(take).join()).toMatch(/cannot be put in step \(correlation/);
});

it("is not begun without a recorder: the arm does not move", async () => {
  let moved = false;
  const lab = session();
  const take = recordMachineTake(
    lab,
    robot,
    "twinkle",
    sources("no-such-recorder {file}", () => (moved = true)),
  );
  await expect(take).rejects.toThrow(/"no-such-recorder" is not installed/);
  expect(moved).toBe(false);
  expect(lab.state.takes[0]!.status).toBe("lost");
});
