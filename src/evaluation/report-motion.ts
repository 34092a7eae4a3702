import { JOINT_NAMES } from "../math/joints.ts";
import type { LimitUse } from "../trajectory/joint-trajectory.ts";
import { number, row, table } from "./html-table.ts";
import type { PerformanceReport } from "./performance-report.ts";

/** Where the plan comes nearest to each limit. */
export function limitTable({ margins }: PerformanceReport): string {
  const { tcpSpeed, singularity, clearance } = margins;
  const joint = (name: string, use: LimitUse, unit: string): string =>
    row([
      name,
      JOINT_NAMES[use.joint] ?? "",
      `${use.value.toFixed(2)} ${unit}`,
      `at most ${use.limit.toFixed(2)} ${unit}`,
      `${Math.round((100 * Math.abs(use.value)) / use.limit)} %`,
      use.atS.toFixed(2),
    ]);
  return table(
    ["planned", "where", "value", "limit", "used", "at s"],
    [
      joint("joint speed", margins.jointSpeed, "rad/s"),
      joint("joint acceleration", margins.jointAcceleration, "rad/s²"),
      joint("joint jerk", margins.jointJerk, "rad/s³"),
      joint("joint position", margins.jointPosition, "rad"),
      row([
        "speed of the hand",
        "",
        `${tcpSpeed.maxMps.toFixed(2)} m/s`,
        `at most ${tcpSpeed.limitMps.toFixed(2)} m/s`,
        `${Math.round((100 * tcpSpeed.maxMps) / tcpSpeed.limitMps)} %`,
        tcpSpeed.atS.toFixed(2),
      ]),
      row([
        "distance to singularity",
        `elbow bent ${((singularity.minElbow_rad * 180) / Math.PI).toFixed(0)}° or more, least at ${singularity.elbowAtS.toFixed(2)} s`,
        singularity.minSigma.toFixed(3),
        `at least ${singularity.limitSigma.toFixed(3)}`,
        `${Math.round((100 * singularity.limitSigma) / singularity.minSigma)} %`,
        singularity.atS.toFixed(2),
      ]),
      row([
        "clearance",
        clearance.pair.join(" to "),
        `${(1e3 * clearance.minM).toFixed(1)} mm`,
        `at least ${(1e3 * clearance.requiredM).toFixed(1)} mm`,
        `${Math.round((100 * clearance.requiredM) / clearance.minM)} %`,
        clearance.atS.toFixed(2),
      ]),
    ],
  );
}

/** What each joint did: its fastest moment, and how far it was from its targets. */
export function jointTable({ achievedJointSpeed, tracking, clock }: PerformanceReport): string {
  const lagMs = (1e3 * clock.servoLagS).toFixed(0);
  const rows = achievedJointSpeed.map(({ maxRadps, limitRadps, atS }, j) =>
    row([
      JOINT_NAMES[j]!,
      maxRadps.toFixed(2),
      `${Math.round((100 * maxRadps) / limitRadps)} %`,
      atS.toFixed(2),
      number(tracking.rms_rad[j]!, 1e3, 2),
      number(tracking.max_rad[j]!, 1e3, 2),
      number(tracking.pathRms_rad[j]!, 1e3, 2),
      number(tracking.pathMax_rad[j]!, 1e3, 2),
    ]),
  );
  const path = `off the path ${lagMs} ms ago`;
  return table(
    [
      "measured",
      "fastest rad/s",
      "of limit",
      "at s",
      "off the target, rms mrad",
      "at most",
      `${path}, rms mrad`,
      "at most",
    ],
    rows,
  );
}

/** Whether the states came whole and the path in time. */
export function streamList({ streaming, clock }: PerformanceReport): string {
  const { states, periodS, lostSamples, gaps, longestGapS, minAheadS, starvations, host } = streaming;
  const held = `held up ${clock.holdUps} times, ${clock.heldUpS.toFixed(2)} s in all`;
  return table(
    ["", ""],
    [
      row(["states", `${states}, every ${1e3 * periodS} ms`]),
      row(["lost", `${lostSamples} in ${gaps} gaps; longest step ${(1e3 * longestGapS).toFixed(1)} ms`]),
      row(["least path buffered ahead", `${number(minAheadS, 1e3, 0)} ms; ran dry ${starvations} times`]),
      row(["score clock", clock.kind === "robot" ? "the robot's own, never held up" : `path time: ${held}`]),
      ...Object.entries(host).map(([name, value]) => row([name, String(value)])),
    ],
  );
}
