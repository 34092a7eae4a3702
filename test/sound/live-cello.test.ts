import { expect, it } from "vitest";
import { LiveCello } from "../../src/sound/live-cello.ts";
import { renderSound, type SoundInput } from "../../src/sound/render.ts";
import { DEFAULT_SOUND } from "../../src/sound/sound-settings.ts";
import { stopCurve, type FingerStop } from "../../src/sound/string/left-hand.ts";
import { openPeriodS, stoppedPeriodS } from "../../src/sound/string/tuning.ts";
import { STRINGS } from "./steady-note.ts";

const PERIOD_S = 0.002;
const ROWS = 500;
const STEP_S = 0.0005;
const fingers: FingerStop[] = [{ string: 2, startS: 0.3, endS: 0.9, midi: 54 }];

/** The bow on D, then on A, then on D again, elsewhere and the other way; a row lies on no grid of its own. */
function played(): SoundInput {
  const [forceN, bowSpeedMps, contactM] = [0, 0, 0].map(() => new Float64Array(4 * ROWS)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let row = 0; row < ROWS; row++) {
    const string = row < 200 || row > 330 ? 2 : 3;
    const way = row > 330 ? -1 : 1;
    for (let s = 0; s < 4; s++) {
      const at = 4 * row + s;
      forceN[at] = s === string && row > 20 ? 1 + 0.1 * Math.sin(row / 7) : 0;
      bowSpeedMps[at] = way * Math.min(0.25, 0.004 * (row % 331));
      contactM[at] = row > 330 ? 0.085 : 0.075;
    }
  }
  return { periodS: PERIOD_S, contacts: { forceN, bowSpeedMps, contactM }, fingers, strings: STRINGS };
}

function live({ contacts }: SoundInput): { readonly left: Float32Array; readonly right: Float32Array } {
  const grid = { count: (ROWS * PERIOD_S) / STEP_S + 1, stepS: STEP_S, moveS: DEFAULT_SOUND.fingerMoveS, shiftSPerSemitone: DEFAULT_SOUND.shiftSPerSemitone }; // prettier-ignore
  const stops = STRINGS.map((string, s) =>
    stopCurve(fingers, s, grid, (midi) =>
      midi === "open" ? openPeriodS(string, DEFAULT_SOUND) : stoppedPeriodS(string, midi, DEFAULT_SOUND),
    ),
  );
  const cello = new LiveCello(STRINGS, { stepS: STEP_S, stops }, PERIOD_S, DEFAULT_SOUND);
  const pieces = Array.from({ length: ROWS }, (_, row) => {
    const of = (values: Float64Array): Float64Array => values.subarray(4 * row, 4 * row + 4);
    const { forceN, bowSpeedMps, contactM } = contacts;
    return cello.push({ forceN: of(forceN), bowSpeedMps: of(bowSpeedMps), contactM: of(contactM), handS: row * PERIOD_S }); // prettier-ignore
  }).filter((piece) => piece !== undefined);
  const joined = (side: "left" | "right"): Float32Array =>
    Float32Array.from(pieces.flatMap((piece) => [...piece[side]]));
  return { left: joined("left"), right: joined("right") };
}

it("sounds the same live, row by row, as rendered afterwards, sample for sample", () => {
  const input = played();
  const heard = live(input);
  const { cello, room } = renderSound(input, DEFAULT_SOUND).stems;
  expect(heard.left.length).toBe((ROWS - LiveCello.rowsLate) * 96);
  let loudest = 0;
  for (const side of ["left", "right"] as const)
    for (let n = 0; n < heard[side].length; n++) {
      const wanted = Math.fround(room[side][n]! + cello[side][n]!);
      loudest = Math.max(loudest, Math.abs(wanted));
      if (heard[side][n] !== wanted) expect(heard[side][n], `${side} sample ${n}`).toBe(wanted);
    }
  expect(loudest).toBeGreaterThan(0.05);
});
