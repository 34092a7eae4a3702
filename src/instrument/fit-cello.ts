import { CellistError } from "../errors.ts";
import { leastSquares } from "../math/least-squares.ts";
import type { Pose, UrPose } from "../math/pose.ts";
import { transformPoint } from "../math/pose.ts";
import { column, fromColumns, fromRotvec, multiply, rotate, type Mat3 } from "../math/rotation.ts";
import { add, addScaled, cross, dot, lerp, norm, scale, sub, unit, type Vec3 } from "../math/vec.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import type { Calibration } from "./calibration.ts";
import { taughtFlange } from "./load.ts";
import { touchAt } from "./touch.ts";

/** Hair and strings as a calibration file has them, fitted to its taught poses. */
export interface FittedCello {
  readonly hair: Calibration["hair"];
  readonly strings: Calibration["strings"];
  /** Radius of the bridge's curve, and the strings' spacing along it [m]. */
  readonly bridgeRadiusM: number;
  readonly spacingM: number;
}

/**
 * What a taught pose tells, as standard deviations: how well a person teaches, and how cellos are built.
 *
 * Eight poses alone do not hold hair and four strings: strings bent to meet every pose exactly make a bridge that no cello
 * has, on which neighbours are grazed. The cello's own shape decides what the poses leave open.
 *
 * @source spacing and curve: facts on cello sound, section 1.1 (16 mm; circle through the published robot's model strings:
 *   43-47 mm, luthiers' templates 58-66 mm)
 * @assumed the rest: a person sees a bow that lies a millimetre off, some 3° askew, some 2° from the middle of its string,
 *   and reads a ruler to a millimetre and a half
 */
const SPREAD = {
  pressedM: 0.001,
  square_rad: (3 * Math.PI) / 180,
  inclination_rad: (2 * Math.PI) / 180,
  slideM: 0.006,
  contactM: 0.02,
  spacingM: 0.0007,
  radiusM: 0.008,
  unevenM: 0.0003,
  hairM: 0.03,
  hairAxis_rad: (8 * Math.PI) / 180,
  rulerM: 0.0015,
};
/**
 * Taught by hand the hair lies on the string, a little pressed; as far from the bridge as one plays mezzo forte [m].
 *
 * @assumed the distance from the bridge is anybody's until a ruler tells it at an extra point
 */
export const TAUGHT = { pressedM: 0.0005, contactM: 0.085, frogM: 0.05 };
const USUAL = { spacingM: 0.016, radiusM: 0.05, stringM: 0.69 };

interface PoseOnString {
  readonly string: number;
  readonly X_BF: Pose<"B", "F">;
  /** Measured with a ruler: hair to bridge, frog to string [m]. */
  readonly fromBridgeM?: number | undefined;
  readonly hairM?: number | undefined;
}

/** The cello and the bow that one list of fit parameters describes. */
interface Model {
  readonly frog_F_m: Vec3;
  readonly axis_F: Vec3;
  readonly R_BC: Mat3;
  readonly bridge_B_m: readonly Vec3[];
  /** Turn of the bow about each string with the string in the middle of its window; positive on the C side [rad]. */
  readonly centre_rad: readonly number[];
}

/**
 * Fits hair and strings to the eight taught poses of a calibration, and to its extra points where it has any.
 *
 * Unknown are the hair's line in the flange and where along it the frog is, the cello's place and turn, its bridge's curve and spacing, and a little
 * unevenness of each string; strings are parallel. Wanted at each taught pose: hair on its string, square to it, in the
 * middle between its neighbours, and the same contact point at frog and tip. How far along hair and strings it
 * all lies is told by ruler measures alone; without any it stays as `hair` says and as one usually bows.
 *
 * @param calibration `hair` is the start: measured with a ruler to a few centimetres and degrees is enough
 * @throws CellistError `calibration-invalid` where the poses are no four strings side by side
 */
export function fitCello(calibration: Calibration): FittedCello {
  const poses = posesOf(calibration);
  const modelOf = parametrisation(calibration, poses);
  // Only a ruler on the hair tells where along it the frog is.
  const isRuled = poses.some(({ hairM }) => hairM !== undefined);
  const start = Array.from({ length: isRuled ? P.count : P.along }, () => 0);
  const { parameters, converged } = leastSquares((p) => residuals(modelOf(p), p, poses), start, {
    step: start.map(() => 1e-6),
  });
  if (!converged)
    throw new CellistError(
      "calibration-invalid",
      `calibration "${calibration.name}": no hair line and strings fit its taught poses; teach the corners again, or ` +
        "measure where the hair begins at the flange and which way it points",
    );
  return asFile(modelOf(parameters), parameters, calibration);
}

/** The eight corners, frog and tip of C, G, D, A in turn, and what was taught beside them. */
function posesOf({ taught, extra, tcp_in_flange }: Calibration): PoseOnString[] {
  const flange = (p: readonly number[]) => taughtFlange(p, tcp_in_flange as unknown as UrPose);
  const corners = STRING_NAMES.flatMap((name, string) =>
    (["frog", "tip"] as const).map((end): PoseOnString => ({ string, X_BF: flange(taught[name][end].p) })),
  );
  const more = extra.map(({ string, p, from_bridge_m, hair_m }): PoseOnString => {
    return {
      string: STRING_NAMES.indexOf(string),
      X_BF: flange(p),
      fromBridgeM: from_bridge_m,
      hairM: hair_m,
    };
  });
  return [...corners, ...more];
}

/** Names for the parameters: all are 0 at the start and small changes after. */
const P = {
  axis: 0,
  frog: 2,
  turn: 4,
  move: 7,
  radius: 10,
  spacing: 11,
  uneven: 12,
  along: 20,
  count: 21,
} as const;

function parametrisation(
  { hair }: Calibration,
  poses: readonly PoseOnString[],
): (parameters: readonly number[]) => Model {
  const axis0 = unit(hair.axis_F as unknown as Vec3);
  const frog0 = hair.frog_F_m as unknown as Vec3;
  const [e1, e2] = across(axis0);
  const { R_BC, origin_B_m } = firstGuess(poses, frog0, axis0);
  return (p) => {
    const R = multiply(R_BC, fromRotvec([p[P.turn]!, p[P.turn + 1]!, p[P.turn + 2]!]));
    const origin = add(origin_B_m, [p[P.move]!, p[P.move + 1]!, p[P.move + 2]!]);
    const radiusM = USUAL.radiusM + p[P.radius]!;
    const half = Math.asin((USUAL.spacingM + p[P.spacing]!) / 2 / radiusM);
    const centre_rad = [3, 1, -1, -3].map((k) => k * half);
    const bridge_B_m = centre_rad.map((angle, i) => {
      const [dx, dz] = [p[P.uneven + 2 * i]!, p[P.uneven + 2 * i + 1]!];
      const [x, z] = [-radiusM * Math.sin(angle), radiusM * (Math.cos(angle) - Math.cos(half))];
      return add(origin, rotate(R, [x + dx, 0, z + dz]));
    });
    const moved = add(axis0, add(scale(e1, p[P.axis]!), scale(e2, p[P.axis + 1]!)));
    const aside = add(scale(e1, p[P.frog]!), scale(e2, p[P.frog + 1]!));
    const frog_F_m = addScaled(add(frog0, aside), axis0, p[P.along] ?? 0);
    return { frog_F_m, axis_F: unit(moved), R_BC: R, bridge_B_m, centre_rad };
  };
}

/** Two unit vectors square to a third and to each other. */
function across(v: Vec3): readonly [Vec3, Vec3] {
  const e1 = unit(cross(v, Math.abs(v[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0]));
  return [e1, cross(v, e1)];
}

/** Strings square to all the bows, where the hair `TAUGHT.frogM` from the frog lies at the frog poses. */
function firstGuess(poses: readonly PoseOnString[], frog_F_m: Vec3, axis_F: Vec3) {
  const bows = poses.map(({ X_BF }) => rotate(X_BF.R, axis_F));
  const contacts = STRING_NAMES.map((_, i) =>
    transformPoint(poses[2 * i]!.X_BF, addScaled(frog_F_m, axis_F, TAUGHT.frogM)),
  );
  // From the C to the A string the bow turns towards the cello on the A side: C × A points from the bridge to the nut.
  const y = unit(cross(add(bows[0]!, bows[1]!), add(bows[6]!, bows[7]!)));
  const mean = bows.reduce(add);
  const x = unit(addScaled(mean, y, -dot(mean, y)));
  const middle = lerp(contacts[1]!, contacts[2]!, 0.5);
  return { R_BC: fromColumns(x, y, cross(x, y)), origin_B_m: addScaled(middle, y, -TAUGHT.contactM) };
}

function residuals(model: Model, p: readonly number[], poses: readonly PoseOnString[]): number[] {
  const [x, axis_B, outward] = [0, 1, 2].map((i) => column(model.R_BC, i as 0 | 1 | 2)) as [Vec3, Vec3, Vec3];
  const touches = poses.map(({ string, X_BF }) => {
    const u = rotate(X_BF.R, model.axis_F);
    const normal = unit(cross(u, axis_B));
    const outward_B = dot(normal, outward) < 0 ? scale(normal, -1) : normal;
    const line = { bridge_B_m: model.bridge_B_m[string]!, axis_B, outward_B };
    const touch = touchAt(X_BF, model, line);
    const inclination_rad = Math.atan2(dot(u, outward), dot(u, x));
    return { ...touch, offCentre_rad: inclination_rad - model.centre_rad[string]! };
  });
  const ruled = poses.flatMap(({ fromBridgeM, hairM }, i) => [
    fromBridgeM === undefined ? 0 : (touches[i]!.contactM - fromBridgeM) / SPREAD.rulerM,
    hairM === undefined ? 0 : (touches[i]!.bowM - hairM) / SPREAD.rulerM,
  ]);
  const perString = STRING_NAMES.flatMap((_, i) => {
    const [frogM, tipM] = [touches[2 * i]!.contactM, touches[2 * i + 1]!.contactM];
    return [(frogM - tipM) / SPREAD.slideM, ((frogM + tipM) / 2 - TAUGHT.contactM) / SPREAD.contactM];
  });
  return [
    ...touches.flatMap(({ pressedM, angle_rad, offCentre_rad }) => [
      (pressedM - TAUGHT.pressedM) / SPREAD.pressedM,
      (angle_rad - Math.PI / 2) / SPREAD.square_rad,
      offCentre_rad / SPREAD.inclination_rad,
    ]),
    ...perString,
    ...ruled,
    p[P.radius]! / SPREAD.radiusM,
    p[P.spacing]! / SPREAD.spacingM,
    ...p.slice(P.uneven, P.along).map((dev) => dev / SPREAD.unevenM),
    ...p.slice(P.axis, P.axis + 2).map((turn) => turn / SPREAD.hairAxis_rad),
    ...p.slice(P.frog, P.frog + 2).map((off) => off / SPREAD.hairM),
    (p[P.along] ?? 0) / SPREAD.hairM,
  ];
}

function asFile(model: Model, p: readonly number[], { hair, name }: Calibration): FittedCello {
  const [x, axis_B] = [column(model.R_BC, 0), column(model.R_BC, 1)];
  const acrossM = dot(sub(model.bridge_B_m[3]!, model.bridge_B_m[0]!), x);
  const radiusM = USUAL.radiusM + p[P.radius]!;
  if (!(acrossM > 0) || !(norm(axis_B) > 0) || !(radiusM > 0.02))
    throw new CellistError(
      "calibration-invalid",
      `calibration "${name}": its taught poses fit no convex bridge`,
    );
  const ends = model.bridge_B_m.map((bridge) => ({
    bridge_B_m: bridge.map(round6),
    nut_B_m: addScaled(bridge, axis_B, USUAL.stringM).map(round6),
  }));
  return {
    hair: { ...hair, frog_F_m: model.frog_F_m.map(round6), axis_F: model.axis_F.map(round8) },
    strings: Object.fromEntries(STRING_NAMES.map((s, i) => [s, ends[i]])) as Record<
      StringName,
      (typeof ends)[0]
    >,
    bridgeRadiusM: radiusM,
    spacingM: USUAL.spacingM + p[P.spacing]!,
  };
}

/** A micrometre is finer than any of this is known, and reads better in a file. */
const round6 = (v: number): number => Math.round(v * 1e6) / 1e6;
const round8 = (v: number): number => Math.round(v * 1e8) / 1e8;
