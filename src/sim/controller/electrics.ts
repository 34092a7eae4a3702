/** Torque per motor current at the joint [Nm/A]: gear 101 times torque constant. @assumed from UR5-sized motors */
const TORQUE_PER_AMPERE: readonly number[] = [12.7, 12.7, 12.7, 9.3, 9.3, 9.3];
/** @source UR user manual: joints run on 48 V */
export const [MAIN_VOLTAGE_V, JOINT_VOLTAGE_V] = [48, 48];
/** What the arm draws when it does nothing [A]. @assumed */
const STANDBY_A = 0.6;

/** Motor currents [A] for joint torques [Nm]. */
export function jointCurrents(torqueNm: ArrayLike<number>): Float64Array {
  const current = new Float64Array(6);
  for (let i = 0; i < 6; i++) current[i] = torqueNm[i]! / TORQUE_PER_AMPERE[i]!;
  return current;
}

/** What the whole arm draws [A]. */
export const robotCurrent = (torqueNm: ArrayLike<number>): number =>
  jointCurrents(torqueNm).reduce((sum, current) => sum + 0.1 * Math.abs(current), STANDBY_A);

/** Joint temperatures [°C]: from a room's towards a warm arm's within the hour. @assumed */
export function jointTemperatures(timeS: number): Float64Array {
  const warm = 1 - Math.exp(-timeS / 1800);
  return Float64Array.of(28.5, 29, 29.5, 31, 31.5, 32).map((start, i) => start + (5 + 0.4 * i) * warm);
}
