/** builtin_interfaces/Time and builtin_interfaces/Duration; `nanosec` in [0, 1e9). */
export interface RosTime {
  readonly sec: number;
  readonly nanosec: number;
}

const NS_PER_S = 1_000_000_000n;

/** ROS time or duration of a count of nanoseconds; a negative count borrows a second. */
export function rosTime(timeNs: bigint): RosTime {
  const nanosec = ((timeNs % NS_PER_S) + NS_PER_S) % NS_PER_S;
  return { sec: Number((timeNs - nanosec) / NS_PER_S), nanosec: Number(nanosec) };
}

/** Nanoseconds of a ROS time or duration. */
export const nanoseconds = ({ sec, nanosec }: RosTime): bigint => BigInt(sec) * NS_PER_S + BigInt(nanosec);

/** Whole nanoseconds nearest to a time in seconds. */
export const nanosecondsOf = (timeS: number): bigint => {
  const wholeS = Math.floor(timeS);
  return BigInt(wholeS) * NS_PER_S + BigInt(Math.round((timeS - wholeS) * 1e9));
};
