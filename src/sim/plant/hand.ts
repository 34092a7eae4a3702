import { type Pose } from "../../math/pose.ts";
import { multiply, toRotvec, transpose } from "../../math/rotation.ts";
import { addScaled, dot, norm, scale, sub, type Vec3 } from "../../math/vec.ts";
import type { OutsideForce } from "./plant.ts";

/** How hard a person pulls at most [N], [Nm]. @assumed one hand, without haste */
const [MOST_N, MOST_NM] = [60, 6];
/** A hand that guides: force per way and per speed [N/m], [N s/m], torque per turn [Nm/rad], [Nm s/rad]. @assumed */
const [PULL_NPM, CALM_NSPM, TWIST_NMPRAD, CALM_NMSPRAD] = [400, 60, 20, 4];

/** A steady push at the TCP, base axes [N, Nm]. */
export const push = (wrench: readonly number[]): OutsideForce => {
  const steady = [...wrench];
  return () => steady;
};

/**
 * A hand that takes the tool to a pose and holds it there, as a person does who teaches it. Ask `goal` anew every cycle
 * to follow a hand that moves.
 */
export const guideTo =
  (goal: () => Pose<"B", "T">): OutsideForce =>
  ({ X_BT, v_mps, w_radps }) => {
    const { p_m, R } = goal();
    const force = addScaled(scale(sub(p_m, X_BT.p_m), PULL_NPM), v_mps, -CALM_NSPM);
    const turn = toRotvec(multiply(R, transpose(X_BT.R)));
    const torque = addScaled(scale(turn, TWIST_NMPRAD), w_radps, -CALM_NMSPRAD);
    return [...atMost(force, MOST_N), ...atMost(torque, MOST_NM)];
  };

/**
 * A springy wall: it pushes back along `normal` whatever has got behind it.
 *
 * @param point_m on its surface, base frame @param normal unit, out of the wall @param stiffnessNpm force per depth
 */
export const wall =
  (point_m: Vec3, normal: Vec3, stiffnessNpm: number): OutsideForce =>
  ({ X_BT }) => {
    const depthM = dot(sub(point_m, X_BT.p_m), normal);
    return depthM > 0 ? [...scale(normal, stiffnessNpm * depthM), 0, 0, 0] : [0, 0, 0, 0, 0, 0];
  };

const atMost = (v: Vec3, most: number): Vec3 => (norm(v) > most ? scale(v, most / norm(v)) : v);
