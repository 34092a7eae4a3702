import type { BowPlan } from "../bowing/bow-plan.ts";
import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";

/** One performance as it was planned and as it happened, read back from its bag. Arrays have one row per state. */
export interface PerformanceRecord {
  readonly plan: BowPlan;
  readonly trajectory: JointTrajectory;
  /** Everything about how it was made: profile, calibration name and hash, robot, seed, versions. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Robot clock [s]; length n. */
  readonly robotTimeS: Float64Array;
  /** [n × 6] */
  readonly q_rad: Float64Array;
  readonly qd_radps: Float64Array;
  readonly targetQ_rad: Float64Array;
  /** Commanded path time and its rate; length n. */
  readonly pathTimeS: Float64Array;
  readonly rate: Float64Array;
  /** Path time still buffered on the controller [s]; length n. */
  readonly aheadS: Float64Array;
  /** Hair on each string C, G, D, A; [n × 4] each. `source` says whether simulated truth or estimated from joints. */
  readonly contacts: {
    readonly source: "simulated" | "estimated";
    readonly forceN: Float64Array;
    readonly bowSpeedMps: Float64Array;
    readonly contactM: Float64Array;
    readonly bowPositionM: Float64Array;
  };
  /** Servo lag of the controller that the score clock allows for [s]. */
  readonly servoLagS: number;
}
