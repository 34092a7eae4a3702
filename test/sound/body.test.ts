import { expect, it } from "vitest";
import { bodyModes, bridgeAdmittance } from "../../src/sound/body/body-modes.ts";
import { BLOCK_SAMPLES, Bridge } from "../../src/sound/body/bridge.ts";
import { DEFAULT_SOUND } from "../../src/sound/sound-settings.ts";
import { play, RATE, STEADY } from "./steady-note.ts";

const modes = bodyModes(DEFAULT_SOUND.body);

it("has 42 modes: an air mode, the wolf between E3 and F#3, and a hill of the bridge", () => {
  expect(modes.length).toBe(42);
  expect(modes.some(({ hz }) => hz > 90 && hz < 105)).toBe(true);
  const strongest = [...modes].filter(({ hz }) => hz < 250).sort((a, b) => peak(b) - peak(a))[0]!;
  expect(strongest.hz).toBeGreaterThan(164.8);
  expect(strongest.hz).toBeLessThan(185);
  const conductance = (fromHz: number, toHz: number): number => {
    const at = Array.from(
      { length: 50 },
      (_, i) => bridgeAdmittance(modes, fromHz + ((toHz - fromHz) * i) / 50)[0],
    );
    return at.reduce((sum, g) => sum + g / 50, 0);
  };
  expect(conductance(1300, 2200)).toBeGreaterThan(1.5 * conductance(650, 900));
  expect(conductance(1300, 2200)).toBeGreaterThan(3 * conductance(5000, 7000));
});
const peak = ({ hz, q, massKg }: (typeof modes)[number]): number => q / (2 * Math.PI * hz * massKg);

it("gives way under a sine as its admittance says", () => {
  const impedanceKgps = 2;
  for (const hz of [97, 176, 400, 1200]) {
    const bridge = new Bridge(modes, impedanceKgps, RATE);
    const blocked = new Float64Array(BLOCK_SAMPLES);
    let [vr, vi, fr, fi] = [0, 0, 0, 0];
    const [first, last] = [RATE, Math.round(RATE * (1 + 60 / hz))];
    for (let now = 0; now < last; now += BLOCK_SAMPLES) {
      for (let n = 0; n < BLOCK_SAMPLES; n++) blocked[n] = Math.cos((2 * Math.PI * hz * (now + n)) / RATE);
      bridge.move(blocked);
      for (let n = 0; n < BLOCK_SAMPLES && now >= first; n++) {
        const phase = (2 * Math.PI * hz * (now + n)) / RATE;
        vr += bridge.speedMps[n]! * Math.cos(phase);
        vi -= bridge.speedMps[n]! * Math.sin(phase);
        fr += bridge.forceN[n + 2]! * Math.cos(phase);
        fi -= bridge.forceN[n + 2]! * Math.sin(phase);
      }
    }
    const f2 = fr * fr + fi * fi;
    const [re, im] = [(vr * fr + vi * fi) / f2, (vi * fr - vr * fi) / f2];
    const [wantedRe, wantedIm] = bridgeAdmittance(modes, hz);
    const size = Math.hypot(wantedRe, wantedIm);
    expect(Math.hypot(re - wantedRe, im - wantedIm) / size, `${hz} Hz`).toBeLessThan(0.02);
  }
});

it("howls at the wolf, F3 on a lively body: the string leaves Helmholtz motion and beats, a semitone away it does not", () => {
  const bowed = (semitones: number, wolfQ: number) => {
    const settings = { ...DEFAULT_SOUND, body: { ...DEFAULT_SOUND.body, mobility: 2, wolfQ } };
    const note = {
      ...STEADY,
      string: "C",
      semitones,
      bowSpeedMps: 0.15,
      contactM: 0.05,
      lengthS: 1.6,
    } as const;
    const { bridgeN, periodS, tone } = play(note, settings);
    const step = Math.round(2 * periodS * RATE);
    const levels: number[] = [];
    for (let at = 0.5 * RATE; at + step < bridgeN.length; at += step) {
      const piece = bridgeN.subarray(at, at + step);
      levels.push(Math.sqrt(piece.reduce((sum, x) => sum + x * x, 0) / step));
    }
    return { beating: Math.max(...levels) / Math.min(...levels), share: tone.helmholtzShare! };
  };
  // F3 is 17 semitones above the open C
  const wolf = bowed(17, 30);
  expect(wolf.beating).toBeGreaterThan(1.3);
  expect(wolf.share).toBeLessThan(0.8);
  for (const tame of [bowed(16, 30), bowed(18, 30), bowed(17, 8)]) {
    expect(tame.beating).toBeLessThan(1.1);
    expect(tame.share).toBeGreaterThan(0.85);
  }
});
