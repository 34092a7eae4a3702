import { CellistError } from "../errors.ts";
import { forwardKinematics } from "../kinematics/forward.ts";
import { inverseKinematics, poseError } from "../kinematics/inverse.ts";
import type { Joints } from "../math/joints.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import type { Calibration } from "./calibration.ts";
import { beyondTheString, upsideDown } from "./impossible-cello.ts";
import type { Instrument } from "./instrument.ts";
import { instrumentOf, taughtFlange } from "./load.ts";
import { strokePlanes, type StrokePlane } from "./stroke-plane.ts";
import { touchAt, type Touch } from "./touch.ts";

/** What a calibration leaves over: the figures an operator reads before trusting it. SI units. */
export interface CalibrationReport {
  readonly strings: Readonly<Record<StringName, StringReport>>;
  /** Turn of the bow about the strings from one string to the next: C-G, G-D, D-A [rad]. */
  readonly steps_rad: readonly [number, number, number];
  /** The points taught beside the eight corners, in the file's order. */
  readonly extra: readonly ExtraReport[];
  /** Planes of the bow strokes as taught, of the strings that have points enough for one. */
  readonly planes: Readonly<Partial<Record<StringName, StrokePlane>>>;
  /** What is odd but not refused, one sentence each. */
  readonly warnings: readonly string[];
}

export interface StringReport {
  /** Angle between bow and string at frog and tip; π/2 is square [rad]. */
  readonly angle_rad: { readonly frog: number; readonly tip: number };
  /** Taught turn about the string against the middle of its window; positive: towards the C side [rad]. */
  readonly offCentre_rad: { readonly frog: number; readonly tip: number };
  /** From the middle of its window to touching a neighbour [rad]. */
  readonly window_rad: number;
  /** Taught pose against the hair touching the string: > 0 pressed in [m]. */
  readonly pressedM: { readonly frog: number; readonly tip: number };
  /** Hair to bridge at the taught poses [m]. */
  readonly contactM: { readonly frog: number; readonly tip: number };
  /** Taught hair in use [m]. */
  readonly bowM: { readonly frog: number; readonly tip: number };
  /** Taught joints against taught pose, the larger of frog and tip. */
  readonly jointsMissM: number;
  readonly jointsMiss_rad: number;
  /** Elbow bend (0 = straight) where it is straightest of frog and tip [rad]. */
  readonly minElbow_rad: number;
}

/** How the hair meets its string at a point taught beside the corners. */
export interface ExtraReport extends Touch {
  readonly string: StringName;
}

/** Outside these a calibration is a mistake, not a cello. @assumed half again what a real cell shows */
const LIMITS = {
  jointsMissM: 0.003,
  jointsMiss_rad: 0.012,
  pressedM: 0.003,
  skew_rad: (20 * Math.PI) / 180,
  minStep_rad: (6 * Math.PI) / 180,
  maxStep_rad: (35 * Math.PI) / 180,
  minBowM: 0.15,
  minWindow_rad: (3 * Math.PI) / 180,
};
const WARN_SKEW_RAD = (8 * Math.PI) / 180;
/** Hair that misses its string by more was perhaps not on it [m]. */
const WARN_PRESSED_M = 0.0015;
const WARN_PLANE_RAD = (4 * Math.PI) / 180;

/**
 * Loads a calibration and measures what it leaves over.
 *
 * @throws CellistError `calibration-invalid` when it is nonsense: frog and tip swapped, strings out of order or mirrored,
 *   joints that do not belong to their pose, a bow far from square, poses out of reach
 */
export function checkCalibration(calibration: Calibration): {
  instrument: Instrument;
  report: CalibrationReport;
} {
  refuseForeignJoints(calibration);
  const instrument = instrumentOf(calibration);
  refuseSwappedEnds(instrument);
  const reports = STRING_NAMES.map((name) => [name, stringReport(calibration, instrument, name)] as const);
  const steps_rad = stepsBetween(instrument);
  const strings = Object.fromEntries(reports) as unknown as Record<StringName, StringReport>;
  refuseNonsense(calibration.name, strings, steps_rad);
  const impossible = upsideDown(instrument) ?? beyondTheString(strings);
  if (impossible !== undefined) throw invalid(calibration.name, impossible);
  const extra = extraReports(calibration, instrument);
  const planes = strokePlanes(calibration, instrument);
  const warnings = [...warningsOf(strings, steps_rad), ...planeWarnings(planes)];
  return { instrument, report: { strings, steps_rad, extra, planes, warnings } };
}

function extraReports(calibration: Calibration, { hair, strings, tcp_F }: Instrument): ExtraReport[] {
  return calibration.extra.map(({ string, p }, i) => {
    const touch = touchAt(taughtFlange(p, tcp_F), hair, strings[string]);
    if (Math.abs(touch.pressedM) > LIMITS.pressedM)
      throw invalid(
        calibration.name,
        `the hair misses the ${string} string by ${mm(Math.abs(touch.pressedM))} at extra point ${i + 1} ` +
          `(at most ${mm(LIMITS.pressedM)}); teach it again, or fit hair and strings again`,
      );
    return { string, ...touch };
  });
}

function refuseForeignJoints(calibration: Calibration): void {
  const { dh, tcp_F } = instrumentOf(calibration);
  for (const name of STRING_NAMES)
    for (const end of ["frog", "tip"] as const) {
      const taught = calibration.taught[name][end];
      const miss = poseError(forwardKinematics(dh, taught.q), taughtFlange(taught.p, tcp_F));
      if (miss.positionErrorM > LIMITS.jointsMissM || miss.angleError_rad > LIMITS.jointsMiss_rad)
        throw invalid(
          calibration.name,
          `the joints taught at the ${end} of the ${name} string put the bow ${mm(miss.positionErrorM)} and ` +
            `${deg(miss.angleError_rad)} from the pose taught there (at most ${mm(LIMITS.jointsMissM)} and ` +
            `${deg(LIMITS.jointsMiss_rad)}); teach that corner again, or give this arm's own factory kinematics`,
        );
    }
}

function refuseSwappedEnds({ name: file, strings, hair }: Instrument): void {
  for (const name of STRING_NAMES) {
    const { frog, tip } = strings[name];
    if (frog.bowM > tip.bowM)
      throw invalid(
        file,
        `frog and tip of the ${name} string are swapped: its frog pose has ${mm(frog.bowM)} of hair before the string, ` +
          `its tip pose ${mm(tip.bowM)}; exchange the two poses`,
      );
    if (tip.bowM - frog.bowM < LIMITS.minBowM)
      throw invalid(
        file,
        `the ${name} string has only ${mm(tip.bowM - frog.bowM)} of bow between its taught poses ` +
          `(at least ${mm(LIMITS.minBowM)}); teach them further apart`,
      );
    if (frog.bowM < 0 || tip.bowM > hair.lengthM)
      throw invalid(
        file,
        `the ${name} string is bowed from ${mm(frog.bowM)} to ${mm(tip.bowM)} of hair, but the hair runs from 0 to ` +
          `${mm(hair.lengthM)}; check the hair line and the taught poses`,
      );
  }
}

function stringReport(calibration: Calibration, instrument: Instrument, name: StringName): StringReport {
  const { dh, tcp_F, hair, strings } = instrument;
  const ends = (["frog", "tip"] as const).map((end) => {
    const taught = calibration.taught[name][end];
    const X_BF = taughtFlange(taught.p, tcp_F);
    const q = taught.q as unknown as Joints;
    if (inverseKinematics(dh, X_BF).length === 0)
      throw invalid(
        calibration.name,
        `the arm cannot reach the pose taught at the ${end} of the ${name} string`,
      );
    return { touch: touchAt(X_BF, hair, strings[name]), miss: poseError(forwardKinematics(dh, q), X_BF), q };
  });
  const [frog, tip] = ends as [(typeof ends)[0], (typeof ends)[0]];
  return {
    angle_rad: { frog: frog.touch.angle_rad, tip: tip.touch.angle_rad },
    offCentre_rad: {
      frog: strings[name].frog.hold.inclination_rad - strings[name].window.centre_rad,
      tip: strings[name].tip.hold.inclination_rad - strings[name].window.centre_rad,
    },
    window_rad: strings[name].window.half_rad,
    pressedM: { frog: frog.touch.pressedM, tip: tip.touch.pressedM },
    contactM: { frog: frog.touch.contactM, tip: tip.touch.contactM },
    bowM: { frog: frog.touch.bowM, tip: tip.touch.bowM },
    jointsMissM: Math.max(frog.miss.positionErrorM, tip.miss.positionErrorM),
    jointsMiss_rad: Math.max(frog.miss.angleError_rad, tip.miss.angleError_rad),
    minElbow_rad: Math.min(Math.abs(frog.q[2]), Math.abs(tip.q[2])),
  };
}

/** Turn about the strings between the middles of neighbouring strokes; positive from C towards A on a real cello. */
function stepsBetween({ strings }: Instrument): [number, number, number] {
  const [C, G, D, A] = STRING_NAMES.map(
    (name) => (strings[name].frog.hold.inclination_rad + strings[name].tip.hold.inclination_rad) / 2,
  ) as [number, number, number, number];
  return [C - G, G - D, D - A];
}

function refuseNonsense(
  file: string,
  strings: Readonly<Record<StringName, StringReport>>,
  steps_rad: readonly number[],
): void {
  for (const name of STRING_NAMES)
    for (const end of ["frog", "tip"] as const) {
      const { angle_rad, pressedM } = strings[name];
      if (Math.abs(angle_rad[end] - Math.PI / 2) > LIMITS.skew_rad)
        throw invalid(
          file,
          `the bow stands at ${deg(angle_rad[end])} to the ${name} string at the ${end} (90 deg ± ${deg(LIMITS.skew_rad)}); ` +
            "teach that corner again with the bow square to the string",
        );
      if (Math.abs(pressedM[end]) > LIMITS.pressedM)
        throw invalid(
          file,
          `the hair misses the ${name} string by ${mm(Math.abs(pressedM[end]))} at the taught ${end} ` +
            `(at most ${mm(LIMITS.pressedM)}); fit hair and strings again`,
        );
    }
  for (const name of STRING_NAMES)
    if (strings[name].window_rad < LIMITS.minWindow_rad)
      throw invalid(
        file,
        `a bow on the ${name} string touches a neighbour ${deg(strings[name].window_rad)} to either side (at least ` +
          `${deg(LIMITS.minWindow_rad)}); the strings are mirrored, out of order, or badly fitted: cellist calibration fit`,
      );
  steps_rad.forEach((step, i) => {
    if (step < LIMITS.minStep_rad || step > LIMITS.maxStep_rad)
      throw invalid(
        file,
        `the bow turns ${deg(step)} from the ${STRING_NAMES[i]!} to the ${STRING_NAMES[i + 1]!} string ` +
          `(${deg(LIMITS.minStep_rad)} to ${deg(LIMITS.maxStep_rad)}); the strings are out of order, mirrored or badly taught`,
      );
  });
}

function warningsOf(
  strings: Readonly<Record<StringName, StringReport>>,
  steps_rad: readonly number[],
): string[] {
  const skewed = STRING_NAMES.filter((name) =>
    Object.values(strings[name].angle_rad).some((a) => Math.abs(a - Math.PI / 2) > WARN_SKEW_RAD),
  ).map((name) => `the bow is more than ${deg(WARN_SKEW_RAD)} from square on the ${name} string`);
  const aside = STRING_NAMES.filter((name) =>
    Object.values(strings[name].offCentre_rad).some((off) => Math.abs(off) > strings[name].window_rad / 2),
  ).map((name) => `the bow was taught nearer to a neighbour of the ${name} string than to its middle`);
  const straight = STRING_NAMES.filter((name) => strings[name].minElbow_rad < (25 * Math.PI) / 180).map(
    (name) =>
      `the elbow is only ${deg(strings[name].minElbow_rad)} from straight at one end of the ${name} string: ` +
      "move the cello nearer to the arm",
  );
  const missed = STRING_NAMES.flatMap((name) =>
    (["frog", "tip"] as const)
      .filter((end) => Math.abs(strings[name].pressedM[end]) > WARN_PRESSED_M)
      .map((end) => `the ${end} of the ${name} string by ${mm(Math.abs(strings[name].pressedM[end]))}`),
  );
  const off =
    missed.length > 0
      ? [
          `hair and strings miss what was taught at ${missed.join(", ")}: the bow may have been off a string at one of the corners; ` +
            "teach them again, best with extra points",
        ]
      : [];
  const uneven =
    Math.max(...steps_rad) > 1.6 * Math.min(...steps_rad) ? ["the steps between strings are uneven"] : [];
  return [...skewed, ...aside, ...straight, ...off, ...uneven];
}

const planeWarnings = (planes: CalibrationReport["planes"]): string[] =>
  STRING_NAMES.filter((name) => (planes[name]?.offModel_rad ?? 0) > WARN_PLANE_RAD).map(
    (name) =>
      `the plane of the strokes taught on the ${name} string leans ${deg(planes[name]!.offModel_rad)} from the fitted one`,
  );

const invalid = (file: string, what: string): CellistError =>
  new CellistError("calibration-invalid", `calibration "${file}": ${what}`);
const mm = (m: number): string => `${(m * 1e3).toFixed(1)} mm`;
const deg = (rad: number): string => `${((rad * 180) / Math.PI).toFixed(1)} deg`;
