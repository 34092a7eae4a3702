import { expect, it } from "vitest";
import type { BowedNote } from "../../src/bowing/bow-plan.ts";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import { strokeProgressM, strokeTravelM } from "../../src/bowing/stroke-travel.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { bowMotion } from "../../src/trajectory/bow-motion.ts";
import { speakingRampS } from "../../src/trajectory/speaking-ramp.ts";
import { scoreOf, type Written } from "../bowing/fixture/scores.ts";

const { instrument, profile } = await loadWorkcell({
  ...{ profile: "simulation", set: [], cell: "", calibration: "reference" },
});
const settings = { ...profile.trajectory, rampS: profile.bowing.rampS };
const planned = (...pitches: readonly number[]): readonly BowedNote[] => planOf(pitches).notes;
function planOf(pitches: readonly number[]) {
  const plan = planBowing(
    scoreOf(pitches.map((midi) => ({ midi, quarters: 1, dynamic: "f" }))),
    instrument,
    profile.bowing,
  );
  if (!plan.ok) throw new Error("cannot be bowed");
  return plan.value;
}

it("gives a heavy low string more time to speak than a light high one", () => {
  const [c, a] = planned(36, 57) as [BowedNote, BowedNote];
  expect(speakingRampS(a, instrument, 1, settings)).toBe(settings.rampS);
  // worked: a = 0.7 · (contact / 0.69 m)² · F · 65.4 Hz / Z of C
  const { lengthM, physics } = instrument.strings.C;
  const most = (0.7 * (c.contactM / lengthM) ** 2 * c.forceN * 65.406) / physics.impedanceKgps;
  const long = speakingRampS(c, instrument, 10, settings);
  expect(long).toBeCloseTo(c.bowSpeedMps / most, 4);
  expect(long).toBeGreaterThan(2 * settings.rampS);
});

it("never makes the rest of a stroke more than 8 percent faster for it, nor takes other hair", () => {
  const [c] = planned(36) as [BowedNote];
  for (const durationS of [0.2, 0.4, 0.8, 1.6, 3]) {
    const startRampS = speakingRampS(c, instrument, durationS, settings);
    const usual = strokeTravelM(1, durationS, settings.rampS);
    const profileOf = { speedMps: 1, durationS, rampS: settings.rampS, startRampS };
    const withIt = strokeProgressM(profileOf, durationS);
    expect(usual / withIt).toBeLessThan(1.0801);
    expect(usual / withIt).toBeGreaterThanOrEqual(1);
  }
});

it("leaves a short note at the start of a slur some steady bow, however slowly its string speaks", () => {
  const [c] = planned(36) as [BowedNote];
  const short = { ...c, endS: c.startS + 0.27 };
  expect(speakingRampS(c, instrument, 10, settings)).toBeGreaterThan(0.37 * 0.27);
  expect(speakingRampS(short, instrument, 10, settings)).toBeCloseTo(0.37 * 0.27, 12);
  const shortest = { ...c, endS: c.startS + 0.12 };
  expect(speakingRampS(shortest, instrument, 10, settings)).toBe(settings.rampS);
});

it("leaves a short note at the end of a slur some steady bow before the bow turns round", () => {
  const slur = [
    { quarters: 1, midi: 55 },
    { quarters: 1 / 6, midi: 57, slurredFromPrevious: true },
    { quarters: 1, midi: 55 },
  ];
  const plan = planBowing(scoreOf(slur), instrument, profile.bowing);
  if (!plan.ok) throw new Error("cannot be bowed");
  const [, last] = plan.value.notes as [BowedNote, BowedNote];
  const motion = bowMotion(plan.value, instrument, settings);
  const lengthS = last.endS - last.startS;
  const [fromS, toS] = [last.startS + 0.25 * lengthS, last.startS + 0.75 * lengthS];
  const meanMps = Math.abs(motion.at(toS).bowM - motion.at(fromS).bowM) / (toS - fromS);
  expect(lengthS).toBeLessThan(0.17);
  expect(meanMps / last.bowSpeedMps).toBeGreaterThan(0.85);
});

it("turns a bow that stops fast and starts slowly so early that the servo's spread brings it on time", () => {
  const plan = planOf([50, 36, 50]);
  const motion = bowMotion(plan, instrument, settings);
  const spreadS = settings.startFromRestS;
  /** The hair of one string, as a servo follows it that spreads each moment over this long before and after, in the mean. */
  const hairM = (atS: number): number => {
    let [sum, weights] = [0, 0];
    for (let t = -0.1; t <= 0.1; t += 0.0005) {
      const weight = Math.exp(-Math.abs(t) / spreadS);
      sum += weight * handM(atS + t);
      weights += weight;
    }
    return sum / weights;
  };
  // the hand's own coordinate: what the roll adds is taken out at its share of the shift
  const jumpM = plan.notes[1]!.bowStartM - plan.notes[0]!.bowEndM;
  const handM = (atS: number): number => {
    const { bowM, shift, fromLevel, toLevel } = motion.at(atS);
    const crossed = fromLevel === toLevel ? (atS < plan.notes[1]!.startS ? 0 : 1) : shift;
    return bowM - jumpM * crossed;
  };
  const onsetS = plan.notes[1]!.startS;
  expect(plan.notes[0]!.direction).not.toBe(plan.notes[1]!.direction);
  const sign = plan.notes[1]!.direction === "up" ? 1 : -1;
  let turnedS = onsetS - 0.05;
  for (let atS = turnedS; atS < onsetS + 0.05; atS += 0.0005)
    if (sign * hairM(atS) > sign * hairM(turnedS)) turnedS = atS;
  expect(Math.abs(turnedS - onsetS)).toBeLessThan(0.002);
});

it.each<[string, readonly Written[], number]>([
  [
    "a bow swells up to its end, and the next begins softly",
    [
      { quarters: 0.6, midi: 57, dynamic: "p" },
      { quarters: 0.6, midi: 57, dynamic: "f", slurredFromPrevious: true },
      { quarters: 1, midi: 57, dynamic: "p" },
    ],
    2,
  ],
  [
    "a sudden f follows p",
    [
      { quarters: 0.6, midi: 57, dynamic: "p" },
      { quarters: 0.6, midi: 57, dynamic: "f" },
    ],
    1,
  ],
])("does so where %s", (_, written, turn) => {
  const plan = planBowing(scoreOf(written), instrument, profile.bowing);
  if (!plan.ok) throw new Error("cannot be bowed");
  const motion = bowMotion(plan.value, instrument, settings);
  const spreadS = settings.startFromRestS;
  const servoM = (atS: number): number => {
    let [sum, weights] = [0, 0];
    for (let t = -0.1; t <= 0.1; t += 0.0005) {
      const weight = Math.exp(-Math.abs(t) / spreadS);
      sum += weight * motion.at(atS + t).bowM;
      weights += weight;
    }
    return sum / weights;
  };
  const onsetS = plan.value.notes[turn]!.startS;
  const sign = plan.value.notes[turn]!.direction === "up" ? 1 : -1;
  let turnedS = onsetS - 0.05;
  for (let atS = turnedS; atS < onsetS + 0.05; atS += 0.0005)
    if (sign * servoM(atS) > sign * servoM(turnedS)) turnedS = atS;
  expect(Math.abs(turnedS - onsetS)).toBeLessThan(0.003);
});
