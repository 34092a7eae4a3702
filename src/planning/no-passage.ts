import { describeCollision } from "../collision/clearance.ts";
import type { JointWall } from "../collision/joint-walls.ts";
import type { ShutOff } from "../collision/upper-arm-turns.ts";
import { JOINT_NAMES, type Joints } from "../math/joints.ts";
import type { NoWay } from "../trajectory/free-way.ts";

/** Why there is no way: the arm would have to turn a joint past something that it cannot pass. */
export interface Unpassable {
  readonly where: "behind";
  readonly wall: JointWall;
  /** Where that joint stands, and where it is to be [rad]. */
  readonly from_rad: number;
  readonly to_rad: number;
  readonly requiredM: number;
}

/** Why there is none: no other joint matters where base and shoulder cannot take the upper arm past something. */
export interface ShutOffFrom {
  readonly where: "shut off";
  readonly shut: ShutOff;
  readonly from: Joints;
  readonly goal: Joints;
  readonly requiredM: number;
}

/** Why there is no way, or none was found. */
export type NoPassage = NoWay | Unpassable | ShutOffFrom;

/** One sentence: what stands where in the way, and what to do. */
export function explainNoWay(why: NoPassage): string {
  if (why.where === "behind") return explainUnpassable(why);
  if (why.where === "shut off") return explainShutOff(why);
  const { where, pair, clearanceM, requiredM } = why;
  const what = describeCollision(clearanceM, pair, requiredM);
  switch (where) {
    case "start":
      return `where the arm stands, ${what}, and no way out makes room; move it away by hand (Freedrive)`;
    case "goal":
      return `where the arm is to go, ${what}; choose another parked pose, or move what is in the way`;
    case "between":
      return `no way was found around what is between: on the straight one, ${what}; move the arm nearer by hand (Freedrive)`;
  }
}

function explainUnpassable({ wall, from_rad, to_rad, requiredM }: Unpassable): string {
  const { joint, at_rad, pair, widestM } = wall;
  const [one, other] = pair;
  const turn = `the ${JOINT_NAMES[joint]!} joint stands at ${deg(from_rad)} and is to turn to ${deg(to_rad)}`;
  if (widestM <= 0)
    return (
      `${turn}, but at ${deg(at_rad)} ${one} and ${other} run into each other wherever the other joints stand: the arm cannot have come ` +
      `here in this room; see whether cell file and calibration tell of this arm and its room, or turn the joint back by hand (Freedrive)`
    );
  return (
    `${turn}, but at ${deg(at_rad)} no more than ${mm(widestM)} is left between ${one} and ${other} wherever the other joints stand ` +
    `(${mm(requiredM)} is required); turn the joint past that by hand (Freedrive)`
  );
}

function explainShutOff({ shut, from, goal, requiredM }: ShutOffFrom): string {
  const [one, other] = shut.pair;
  const stands = (q: Joints): string => `${deg(q[0])} and ${deg(q[1])}`;
  const left =
    shut.widestM <= 0
      ? `${one} and ${other} run into each other`
      : `no more than about ${mm(shut.widestM)} is left between ${one} and ${other}`;
  return (
    `base and shoulder stand at ${stands(from)} and are to turn to ${stands(goal)}, but on every way there ${left} ` +
    `(${mm(requiredM)} is required), at the widest near ${deg(shut.base_rad)} and ${deg(shut.shoulder_rad)}; ` +
    `move what stands there out of the way, then turn base and shoulder by hand (Freedrive)`
  );
}

const deg = (rad: number): string => `${((rad * 180) / Math.PI).toFixed(0)} deg`;
const mm = (metres: number): string => `${(metres * 1e3).toFixed(1)} mm`;
