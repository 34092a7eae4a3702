import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { openPerformanceLog } from "../../src/bag/performance-log.ts";
import { importCelloLog } from "../../src/replay/cello-log/import-cello-log.ts";
import { readCelloLog } from "../../src/replay/cello-log/read-cello-log.ts";
import { repairLabels } from "../../src/replay/cello-log/repair-labels.ts";
import { takeFacts } from "../../src/replay/take-facts.ts";
import { readTake } from "../../src/replay/take.ts";
import { loadInstrument } from "../../src/shelf/load-instrument.ts";
import { loadPiece } from "../../src/shelf/load-piece.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-log-"));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER =
  "timestamp_robot,time_elapsed_sec,event_label,current_event_type,bow_direction,current_string,remaining_duration_sec," +
  "TCP_pose_x,TCP_pose_y,TCP_pose_z,TCP_pose_rx,TCP_pose_ry,TCP_pose_rz,q_base,q_shoulder,q_elbow,q_wrist1,q_wrist2,q_wrist3," +
  "qd_base,qd_shoulder,qd_elbow,qd_wrist1,qd_wrist2,qd_wrist3";

/** A log of our own making: label by time, the bow going to and fro along x. */
function madeLog(
  labels: readonly (readonly [untilS: number, label: string])[],
  xAt: (timeS: number) => number,
): string {
  const rows: string[] = [];
  for (let k = 0; k * 0.008 < labels.at(-1)![0]; k++) {
    const timeS = 0.008 * k;
    const label = labels.find(([untilS]) => timeS < untilS)![1];
    const pose = [xAt(timeS), 0, 0, 0, 0, 0].join(",");
    rows.push(`${(100 + timeS).toFixed(3)},${timeS},${label},Note,0,A,0.5,${pose},${"0,".repeat(11)}0`);
  }
  return [HEADER, ...rows].join("\n");
}

describe("labels of a log", () => {
  // Four notes of 0.5 s on D; the logger lost the end of the second and the start of the third.
  const text = madeLog(
    [
      [0.4, "START a_bow"],
      [0.6, "END a_bow"],
      [1.1, "START d_bow"],
      [1.126, "END d_bow"],
      [2.152, "START d_bow"],
      [2.176, "END d_bow"],
      [2.6, "START d_to_a"],
      [3.1, "START a_bow"],
      [3.3, "END a_bow"],
    ],
    (t) => Math.abs(t - 1.639), // turns where the second note ends
  );
  const log = readCelloLog(text, "made");
  const music = ["D", "D", "D", "A"].map((string) => ({ string: string as "D" | "A", durationS: 0.5 }));

  it("drops the one left over from the run before, and keeps what follows it", () => {
    const { notes, crossings, repairs } = repairLabels(log);
    expect(notes.map(({ string }) => string)).toEqual(["D", "D", "A"]);
    expect(repairs).toEqual(['the first label, "START a_bow", was left over from the run before']);
    expect(crossings).toEqual([{ from: "D", to: "A", startS: expect.closeTo(102.176, 2) as number }]);
  });

  it("cuts two notes that look like one where the bow turns, by the music", () => {
    const { notes, repairs } = repairLabels(log, music);
    expect(notes.map(({ noteIndex, recovered }) => [noteIndex, recovered])).toEqual([
      [0, false],
      [1, true],
      [2, true],
      [3, false],
    ]);
    expect((notes[1]!.endS + notes[2]!.startS) / 2).toBeCloseTo(101.639, 2);
    expect(repairs[1]).toMatch(
      /^notes 2 and 3 of the music look like one of 1\.0\d\d s; cut at 101\.6\d\d s$/,
    );
  });

  it("says which note of the music is not there", () => {
    const { repairs } = repairLabels(log, [{ string: "C", durationS: 0.5 }, ...music]);
    expect(repairs[1]).toBe("note 1 of the music (C string) is not in the log");
  });

  it("refuses a file that is no such log, and a broken line by its number", () => {
    expect(() => readCelloLog("a,b\n1,2", "x.csv")).toThrow(
      "x.csv has none of the three headers of a cello log",
    );
    const [head, first, ...rest] = text.split("\n");
    const broken = [head, first, rest[0]!.replace(/100\.\d+/, "100.x"), ...rest.slice(1)].join("\n");
    expect(() => readCelloLog(broken, "x.csv")).toThrow("x.csv, line 3: a number is missing");
  });
});

const REAL = new URL("../../../shared/real-robot/", import.meta.url).pathname;

/** Measured on the public logs by others; see shared/facts/robot-cello.md, sections 4.1 to 4.4. Milliseconds and millimetres. */
const FACTS = {
  "allegro-125hz.csv.gz": {
    piece: "allegro",
    notes: 72,
    gaps: [61, 1.18, 88],
    duration: [1.0, 7.0],
    drift: 10.57,
    stretch: 1.341,
    same: 26.5,
    crossing: [816, 764, 916],
    lateral: [0.135, 0.256, 0.396],
    chord: [0.096, 0.41],
    peak: 0.173,
  },
  "twinkle-125hz.csv.gz": {
    piece: "twinkle_twinkle",
    notes: 42,
    gaps: [70, 3.12, 128],
    duration: [1.0, 8],
    durationDigit: 1,
    drift: 7.56,
    stretch: 1.329,
    same: 28,
    crossing: [834, 772, 920],
    lateral: [0.137, 0.246, 0.379],
    peak: 0.173,
  },
  "paganini-125hz.csv.gz": {
    piece: "paganini_variations",
    notes: 32,
    gaps: [29, 0.66, 88],
    duration: [2.2, 6.0],
    drift: 0.06,
    stretch: 1.004,
    same: 26.6,
    lateral: [0.103, 0.211, 0.344],
    chord: [0.078, 0.31],
    peak: 0.189,
  },
  "string-crossings-125hz.csv.gz": {
    piece: "string_crossings",
    notes: 14,
    gaps: [49, 1.17, 88],
    duration: [1.0, 19.5],
    drift: 12.58,
    stretch: 1.968,
    crossing: [968, 768, 1376],
    lateral: [0.087, 0.18, 0.445],
    chord: [0.113, 0.58],
    peak: 0.179,
  },
  "allegro-fast-log.csv": {
    piece: "allegro",
    notes: 72,
    duration: [1.6, 8.6],
    drift: 61.7,
    stretch: 2.99,
    crossing: [1225, 972, 1630],
  },
  "twinkle-fast-log.csv": {
    piece: "twinkle_twinkle",
    notes: 42,
    duration: [0.6, 9.4],
    drift: 45.7,
    stretch: 2.99,
    crossing: [1270, 958, 1622],
  },
} as const;

async function imported(name: string, piece: string) {
  const bytes = readFileSync(`${REAL}logs/${name}`);
  const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const bag = join(folder, `${name}.mcap`);
  const to = await openPerformanceLog(bag);
  const { score } = await loadPiece(`${REAL}midi/${piece}.mid`);
  importCelloLog(readCelloLog(text, name), to, { source: basename(name), calibration: "paper" }, score);
  await to.close();
  return readTake(bag);
}

/** Within 2 %, or half of the last digit that the facts give. */
const near = (value: number, wanted: number, digit: number, what: string): void =>
  expect(Math.abs(value - wanted), `${what}: ${value} for ${wanted}`).toBeLessThanOrEqual(
    Math.max(0.02 * Math.abs(wanted), digit / 2 + 1e-9),
  );

// The folder is outside the repository (data of others, without a licence): where it is not, this is skipped.
describe.skipIf(!existsSync(REAL))(
  "the public logs, imported (skipped where ../shared/real-robot is not)",
  () => {
    for (const [name, facts] of Object.entries(FACTS) as [
      string,
      Partial<(typeof FACTS)["allegro-125hz.csv.gz"]> & { readonly durationDigit?: number },
    ][])
      it(`reproduces what is known of ${name} within 2 %`, async () => {
        const { calibration } = await loadInstrument("paper");
        const { sampling, notes, timing, strokes } = takeFacts(
          await imported(name, facts.piece!),
          calibration.taught,
        );
        expect(notes).toBe(facts.notes);
        if (facts.gaps) {
          expect(sampling.gaps).toBe(facts.gaps[0]);
          near(sampling.lostS, facts.gaps[1], 0.01, "time lost");
          near(1e3 * sampling.longestGapS, facts.gaps[2], 1, "longest gap");
        }
        near(timing!.driftS, facts.drift!, 0.1, "drift");
        near(timing!.onsetStretch, facts.stretch!, 0.01, "stretch");
        if (facts.duration) {
          near(1e3 * timing!.durationErrorS.median, facts.duration[0], 0.1, "note length, median error");
          const p95Ms = 1e3 * timing!.durationErrorSizeS.p95;
          near(p95Ms, facts.duration[1], facts.durationDigit ?? 0.1, "note length, 95 %");
        }
        if (facts.same) near(1e3 * timing!.sameStringExcessS.mean, facts.same, 1, "excess on one string");
        if (facts.crossing) {
          const { mean, min, max } = timing!.crossingExcessS;
          [mean, min, max].forEach((value, k) => near(1e3 * value, facts.crossing![k]!, 1, `crossing ${k}`));
        }
        if (!facts.lateral) return;
        const { mean, p95, max } = strokes!.lateralM;
        [mean, p95, max].forEach((value, k) => near(1e3 * value, facts.lateral![k]!, 0.001, `lateral ${k}`));
        if (facts.chord) {
          near(1e3 * strokes!.chordRmsM, facts.chord[0], 0.001, "chord rms");
          near(1e3 * strokes!.chordMaxM, facts.chord[1], 0.01, "chord max");
        }
        near(strokes!.peakSpeedMps, facts.peak!, 0.001, "peak speed");
      });

    it("counts Twinkle's note that began in an 80 ms hole of the log by itself", async () => {
      const { calibration } = await loadInstrument("paper");
      const take = await readTake(join(folder, "twinkle-125hz.csv.gz.mcap"));
      const { misshapenS, durationErrorS } = takeFacts(take, calibration.taught).timing!;
      // 42 notes, 4 of them cut apart by the music, 1 in the hole.
      expect([misshapenS.length, durationErrorS.n]).toEqual([1, 37]);
      near(1e3 * misshapenS[0]!, -67, 1, "the note in the hole");
    });

    it("gives the crossing times of A-D, D-A and G-A over all 125 Hz logs that have them", async () => {
      const { calibration } = await loadInstrument("paper");
      const found = new Map<string, { n: number; sumS: number; sumM: number }>();
      for (const name of [
        "allegro-125hz.csv.gz",
        "twinkle-125hz.csv.gz",
        "string-crossings-125hz.csv.gz",
      ] as const) {
        const take = await readTake(join(folder, `${name}.mcap`));
        for (const { pair, timeS, pathM } of takeFacts(take, calibration.taught).crossings) {
          const { n, sumS, sumM } = found.get(pair) ?? { n: 0, sumS: 0, sumM: 0 };
          found.set(pair, {
            n: n + timeS.n,
            sumS: sumS + timeS.n * timeS.mean,
            sumM: sumM + timeS.n * pathM,
          });
        }
      }
      const wanted = { "A-D": [12, 0.827, 105], "D-A": [10, 0.768, 92], "G-A": [2, 1.06, 164] } as const;
      for (const [pair, [n, meanS, pathMm]] of Object.entries(wanted)) {
        const { n: count, sumS, sumM } = found.get(pair)!;
        expect(count, pair).toBe(n);
        near(sumS / count, meanS, 0.001, `${pair} time`);
        near((1e3 * sumM) / count, pathMm, 1, `${pair} path`);
      }
    });
  },
);
