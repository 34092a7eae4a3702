import type { HairLine, StringLine } from "../instrument.ts";
import { add, addScaled, cross, dot, norm, scale, sub, type Vec3 } from "../../math/vec.ts";
import type { HairMotion } from "./hair-motion.ts";
import { sharedForcesN, type PressedString } from "./shared-forces.ts";

/** Damping of hair and string against pressing [N s/m]. @assumed; critical would be about 2√(k m) = 70 */
const DAMPING_NSPM = 2;
/** Sliding friction of rosined hair on steel, the mean over a Helmholtz cycle [-]. @assumed */
const SLIDING_FRICTION = 0.4;
/** Sliding speed at which friction has reached tanh 1 = 76 % of itself [m/s]. @assumed small against bow speeds */
const FRICTION_ONSET_MPS = 0.005;
/**
 * Steepest rise of friction with speed [N s/m]; above 2.5 N it widens the onset instead.
 * @assumed low enough for a friction felt once a cycle: in the plant tests' pose the arm chatters at 350, not at 200
 */
const STEEPEST_FRICTION_NSPM = 200;
/** Deeper than this the hair has come from behind the string, and does not press on it [m]. @assumed */
const DEEPEST_M = 0.05;
/** Hair and string must cross at 30° or more, and the hair lie within 60° of square to the string's outward. */
const LEAST_SINE = 0.5;

/** One string under the hair. All zero where they do not cross. */
export interface HairContact {
  /** Normal force [N], ≥ 0. */
  readonly forceN: number;
  /** Hair across the string [m/s], what the string is driven with; > 0 is down-bow. Sliding along the string is no part of it. */
  readonly bowSpeedMps: number;
  /** From the bridge along the string [m]. */
  readonly contactM: number;
  /** From the frog along the hair [m]. */
  readonly bowPositionM: number;
  /** Force of the string on the bow [N], and where it acts [m], base frame. */
  readonly force_B_N: Vec3;
  readonly point_B_m: Vec3;
}

const NO_CROSSING: HairContact = {
  forceN: 0,
  bowSpeedMps: 0,
  contactM: 0,
  bowPositionM: 0,
  force_B_N: [0, 0, 0],
  point_B_m: [0, 0, 0],
};

/**
 * Forces between the hair and the strings. Hair and strings are straight lines; what gives is in the compliances.
 *
 *     n = the common normal, outwards;  depth δ = (string − hair)·n
 *     elastic forces of all strings together: `sharedForcesN`;  N = max(0, elastic + c δ̇) where it is > 0
 *     F = N n − µ N tanh(|v|/v₀) v/|v|,   v = velocity of the hair there, less its part along n,   v₀ = max(onset, µ N / steepest)
 *
 * The strings are at rest in the mean, so sliding is the hair's own motion. What drives a string is v across it only.
 */
export function hairContacts(
  motion: HairMotion,
  hair: HairLine,
  strings: readonly StringLine[],
): HairContact[] {
  const crossings = strings.map((string) => crossingOn(motion, hair, string));
  const pressed = crossings.filter(
    (c) => c !== undefined && c.depthM > 0 && c.depthM <= DEEPEST_M,
  ) as Crossing[];
  const elasticN = sharedForcesN(pressed, hair.lengthM);
  return crossings.map((c) => (c ? contactOf(c, elasticN[pressed.indexOf(c)] ?? 0) : NO_CROSSING));
}

interface Crossing extends PressedString {
  readonly normal: Vec3;
  /** Unit, across the string in the plane of hair and string, towards the tip. */
  readonly across_B: Vec3;
  readonly point_B_m: Vec3;
  readonly velocity: Vec3;
}

/** Where hair and string cross, if they do so on both. */
function crossingOn(motion: HairMotion, hair: HairLine, string: StringLine): Crossing | undefined {
  const crossing = crossingOf(motion, string);
  if (crossing === undefined) return undefined;
  const { normal, across_B, bowM, alongM } = crossing;
  if (bowM < 0 || bowM > hair.lengthM || alongM < 0 || alongM > string.lengthM) return undefined;
  const a = motion.axis_B;
  const point_B_m = addScaled(motion.frog_B_m, a, bowM);
  const velocity = add(motion.frogVelocity_B_mps, cross(motion.spin_B_radps, scale(a, bowM)));
  const depthM = dot(sub(addScaled(string.bridge_B_m, string.axis_B, alongM), point_B_m), normal);
  return { string, normal, across_B, bowM, alongM, point_B_m, velocity, depthM };
}

function contactOf(crossing: Crossing, elasticN: number): HairContact {
  const { normal, across_B, velocity, bowM, alongM, point_B_m } = crossing;
  const towardsMps = dot(velocity, normal);
  const forceN = elasticN > 0 ? Math.max(0, elasticN - DAMPING_NSPM * towardsMps) : 0;
  return {
    forceN,
    bowSpeedMps: 0 - dot(velocity, across_B), // in a down-bow the string travels to the tip, so the hair goes the other way
    contactM: alongM,
    bowPositionM: bowM,
    force_B_N: add(scale(normal, forceN), frictionOf(addScaled(velocity, normal, -towardsMps), forceN)),
    point_B_m,
  };
}

/** Friction on hair that slides with `slide_B_mps` and is pressed with `forceN` [N], base frame. */
function frictionOf(slide_B_mps: Vec3, forceN: number): Vec3 {
  const speedMps = norm(slide_B_mps);
  if (speedMps === 0) return [0, 0, 0];
  const limitN = SLIDING_FRICTION * forceN;
  const onsetMps = Math.max(FRICTION_ONSET_MPS, limitN / STEEPEST_FRICTION_NSPM);
  return scale(slide_B_mps, (-limitN * Math.tanh(speedMps / onsetMps)) / speedMps);
}

/** Nearest points of hair and string lines: along the hair, along the string, the outward common normal, and across the string. */
function crossingOf(
  motion: HairMotion,
  string: StringLine,
): Pick<Crossing, "normal" | "across_B" | "bowM" | "alongM"> | undefined {
  const [a, t] = [motion.axis_B, string.axis_B];
  const c = dot(a, t);
  const sine = Math.sqrt(1 - c * c);
  if (!(sine >= LEAST_SINE)) return undefined;
  const square = cross(t, a);
  const facing = dot(square, string.outward_B) / sine;
  if (Math.abs(facing) < LEAST_SINE) return undefined;

  const d = sub(motion.frog_B_m, string.bridge_B_m);
  const [ad, td] = [dot(a, d), dot(t, d)];
  const bowM = (c * td - ad) / (sine * sine);
  return {
    normal: scale(square, Math.sign(facing) / sine),
    across_B: scale(addScaled(a, t, -c), 1 / sine),
    bowM,
    alongM: td + c * bowM,
  };
}
