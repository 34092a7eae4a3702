import { expect, it } from "vitest";
import { listenTo } from "../../../src/evaluation/audio/heard-tone.ts";
import { newPitchHz } from "../../../src/evaluation/audio/new-pitch.ts";
import { trackPitch } from "../../../src/evaluation/audio/pitch-track.ts";
import { segmentNotes } from "../../../src/evaluation/audio/segment-notes.ts";
import { shortSpectra } from "../../../src/evaluation/audio/short-spectra.ts";
import { soundChange } from "../../../src/evaluation/audio/sound-change.ts";

const RATE = 16000;
const HOP_S = 0.005;
const G2 = 98;
const D3 = 146.83;
const G3 = 196;

/** Ten partials that fall as 1/n, or some of them. */
const tone = (hz: number, timeS: number, [first, last] = [1, 10]): number => {
  let sum = 0;
  for (let n = first; n <= last; n++) sum += Math.sin(2 * Math.PI * n * hz * timeS + n) / n;
  return 0.1 * sum;
};
const sound = (of: (timeS: number) => number) => ({
  samples: Float64Array.from({ length: 2 * RATE }, (_, n) => of(n / RATE)),
  sampleRateHz: RATE,
});
const rise = (timeS: number, atS: number): number => Math.min(1, Math.max(0, (timeS - atS) / 0.03));
/** An open string that is bowed until 1 s and rings on after: 6 dB down in a second. */
const ringing = (timeS: number): number => (timeS < 1 ? 1 : 0.5 ** (timeS - 1));
const frames = (fromS: number, toS: number) => ({
  first: Math.round(fromS / HOP_S),
  end: Math.round(toS / HOP_S),
});

/** Where the change is heard when a finger damps the old string only 0.12 s after the new note began. */
function changeS(old: number, young: number): number | undefined {
  const damped = (t: number): number => Math.exp(-Math.max(0, t - 1.12) / 0.02);
  const heard = sound((t) => damped(t) * ringing(t) * tone(old, t) + rise(t, 1) * tone(young, t));
  const spectra = shortSpectra(heard, HOP_S);
  const change = soundChange(spectra, frames(0.8, 1.2), frames(0.7, 0.94), frames(1.06, 1.3));
  return change && change.frame * HOP_S;
}

it.each([
  ["a fifth above", G2, D3],
  ["an octave above", G2, G3],
  ["a semitone below", G2, 92.5],
])("finds where a note begins %s a string that rings on as loud as it, within 25 ms", (_what, old, young) => {
  expect(Math.abs(changeS(old, young)! - 1)).toBeLessThan(0.025);
});

it("finds where a note began of which half the partials come a tenth of a second after the first, within 50 ms", () => {
  const grows = (t: number): number => rise(t, 1) * tone(D3, t, [1, 5]) + rise(t, 1.1) * tone(D3, t, [6, 10]);
  const spectra = shortSpectra(
    sound((t) => ringing(t) * tone(G2, t) + grows(t)),
    HOP_S,
  );
  const change = soundChange(spectra, frames(0.8, 1.2), frames(0.7, 0.94), frames(1.1, 1.3))!;
  const [middleS, begunS] = [change.frame * HOP_S - 1, change.begunFrame * HOP_S - 1];
  expect(begunS).toBeGreaterThan(0);
  expect(begunS).toBeLessThan(0.05);
  expect(middleS).toBeGreaterThan(0.08);
});

it("finds no change where there is none", () => {
  const spectra = shortSpectra(sound((t) => tone(G2, t)), HOP_S); // prettier-ignore
  expect(soundChange(spectra, frames(0.8, 1.2), frames(0.7, 0.94), frames(1.06, 1.3))).toBeUndefined();
});

it("tells the new pitch among a ringing string, and a repeated note by the valley of its bow change", () => {
  const crossed = sound((t) => ringing(t) * tone(G2, t) + rise(t, 1) * tone(D3, t));
  const valley = (t: number): number => Math.max(1 - rise(t, 0.95), rise(t, 1));
  const repeated = sound((t) => 0.7 * tone(G2, t) + valley(t) * tone(D3, t));
  for (const heard of [crossed, repeated]) {
    const hz = newPitchHz(heard, shortSpectra(heard, HOP_S), 1, 1.5);
    expect(Math.abs(1200 * Math.log2(hz / D3))).toBeLessThan(10);
  }
});

it("places a bow change at its dip where a double stop goes on as one of its strings, though the other left before", () => {
  const A3 = 220;
  const valley = (t: number): number => Math.max(0.4, Math.min(1, Math.abs(t - 1) / 0.06));
  const leaves = (t: number): number => Math.min(1, Math.max(0.02, (0.93 - t) / 0.08));
  const heard = sound((t) => valley(t) * tone(A3, t) + leaves(t) * tone(D3, t));
  const notes = [
    { index: 0, startS: 0, endS: 1, midi: 57, lowerMidi: 50 },
    { index: 1, startS: 1, endS: 2, midi: 57 },
  ].map((note) => ({ ...note, dynamic: "mf" as const, fromLevel: 4, toLevel: 4, slurred: false }));
  const listened = listenTo(heard.samples, RATE, trackPitch(heard.samples, RATE));
  const [, single] = segmentNotes(listened, notes, (s) => s);
  expect(Math.abs(single!.onsetS - 1)).toBeLessThan(0.03);
});
