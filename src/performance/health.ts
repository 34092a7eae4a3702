import type * as cellist from "../cellist_msgs/messages.ts";
import type { DiagnosticStatus } from "../ros/interfaces/generated/diagnostic_msgs.ts";
import { LOG_LEVEL, type LogMessage } from "../ros/messages.ts";

/** Levels of diagnostic_msgs/DiagnosticStatus. */
export const LEVEL = { ok: 0, warn: 1, error: 2, stale: 3 } as const;

/** What a healthy performance keeps to. */
export interface HealthLimits {
  /** Fewer states a second than this are too few [Hz]. */
  readonly leastStatesHz: number;
  /** Less path time than this in the controller's buffer while playing is little [s]. */
  readonly leastAheadS: number;
}

const NORMAL_SAFETY = 1;
/** Reduced mode is slow, and safe. */
const REDUCED_SAFETY = 2;
const RUNNING_MODE = 7;

type Said = Pick<DiagnosticStatus, "level" | "message"> & {
  readonly values?: Readonly<Record<string, string>>;
};

/**
 * The health of a performance, from what its nodes say: one status each for arm, stream, plan, recording and log.
 *
 * Holds only what was heard since the last look, and what stays true until something else is said.
 */
export class Health {
  readonly #limits: HealthLimits;
  #states = 0;
  #leastAheadS = Infinity;
  #latestKnotS = -Infinity;
  #player: cellist.PlayerState | undefined;
  #wasTold = false;
  #plan: cellist.TrajectoryDetails | undefined;
  #refusal: cellist.Refusal | undefined;
  #recording: cellist.Recording | undefined;
  #warnings = 0;
  #errors = 0;
  #lastComplaint = "";

  constructor(limits: HealthLimits) {
    this.#limits = limits;
  }

  hearState(state: cellist.PlayerState): void {
    this.#states++;
    this.#player = state;
    this.#wasTold = true;
    if (state.phase === "playing") this.#leastAheadS = Math.min(this.#leastAheadS, state.ahead_s);
    if (state.knot_lateness_s > this.#latestKnotS) this.#latestKnotS = state.knot_lateness_s;
  }

  hearPlan(plan: cellist.TrajectoryDetails): void {
    this.#plan = plan;
    this.#refusal = undefined;
  }

  hearRefusal(refusal: cellist.Refusal): void {
    this.#refusal = refusal;
  }

  hearRecording(recording: cellist.Recording): void {
    this.#recording = recording;
  }

  hearLog({ level, name, msg }: LogMessage): void {
    if (level >= LOG_LEVEL.error) this.#errors++;
    else if (level >= LOG_LEVEL.warn) this.#warnings++;
    if (level >= LOG_LEVEL.warn) this.#lastComplaint = `${name}: ${msg}`;
  }

  /** @param spanS since the last look [s] */
  look(spanS: number): DiagnosticStatus[] {
    const statuses = [
      status("cellist: arm", this.#arm()),
      status("cellist: stream", this.#stream(spanS)),
      status("cellist: plan", this.#planned()),
      status("cellist: recording", this.#recorded()),
      status("cellist: log", this.#logged()),
    ];
    this.#states = 0;
    this.#leastAheadS = Infinity;
    this.#latestKnotS = -Infinity;
    return statuses;
  }

  #arm(): Said {
    if (!this.#player) return { level: LEVEL.stale, message: "no arm was heard yet" };
    const { phase, robot_mode, safety_status, speed_scaling, path_time_s } = this.#player;
    const values = {
      phase,
      robot_mode: `${robot_mode}`,
      safety_status: `${safety_status}`,
      speed_scaling: speed_scaling.toFixed(3),
      path_time_s: path_time_s.toFixed(3),
    };
    if (safety_status !== NORMAL_SAFETY && safety_status !== REDUCED_SAFETY)
      return {
        level: LEVEL.error,
        message: `safety status ${safety_status}: it must be cleared at the arm`,
        values,
      };
    if (robot_mode !== RUNNING_MODE)
      return { level: LEVEL.warn, message: `robot mode ${robot_mode}: its brakes are on`, values };
    if (phase === "starved" || phase === "refused") return { level: LEVEL.error, message: phase, values };
    return { level: LEVEL.ok, message: phase, values };
  }

  #stream(spanS: number): Said {
    if (!this.#wasTold) return { level: LEVEL.stale, message: "no states yet" };
    if (this.#states === 0) return { level: LEVEL.stale, message: "no states since the last look" };
    const { leastStatesHz, leastAheadS } = this.#limits;
    const hz = this.#states / spanS;
    const values = {
      states_hz: hz.toFixed(1),
      ...(this.#leastAheadS < Infinity && { least_ahead_s: this.#leastAheadS.toFixed(3) }),
      ...(this.#latestKnotS > -Infinity && { latest_knot_s: this.#latestKnotS.toFixed(4) }),
    };
    if (this.#leastAheadS < leastAheadS)
      return {
        level: LEVEL.warn,
        message: `only ${(this.#leastAheadS * 1e3).toFixed(0)} ms of the path were ahead; ${leastAheadS * 1e3} ms should be`,
        values,
      };
    if (hz < leastStatesHz)
      return {
        level: LEVEL.warn,
        message: `${hz.toFixed(0)} states a second; at least ${leastStatesHz} should come`,
        values,
      };
    return { level: LEVEL.ok, message: `${hz.toFixed(0)} states a second`, values };
  }

  #planned(): Said {
    if (this.#refusal)
      return { level: LEVEL.error, message: this.#refusal.sentence, values: { node: this.#refusal.node } };
    if (!this.#plan) return { level: LEVEL.stale, message: "nothing is planned" };
    const { title, sha256, margins } = this.#plan;
    return {
      level: LEVEL.ok,
      message: title,
      values: {
        sha256,
        joint_speed: share(margins.joint_speed),
        joint_acceleration: share(margins.joint_acceleration),
        tcp_speed: percent(margins.tcp_speed_max_mps / margins.tcp_speed_limit_mps),
        clearance: `${(margins.clearance_min_m * 1e3).toFixed(1)} mm: ${margins.clearance_pair.join(" and ")}`,
      },
    };
  }

  #recorded(): Said {
    if (!this.#recording) return { level: LEVEL.stale, message: "no recorder was heard" };
    const { state, path, sentence } = this.#recording;
    const level = state === "failed" ? LEVEL.error : state === "broken_off" ? LEVEL.warn : LEVEL.ok;
    return { level, message: sentence === "" ? state : `${state}: ${sentence}`, values: { path } };
  }

  #logged(): Said {
    const level = this.#errors > 0 ? LEVEL.error : this.#warnings > 0 ? LEVEL.warn : LEVEL.ok;
    const values = { errors: `${this.#errors}`, warnings: `${this.#warnings}` };
    return {
      level,
      message: this.#lastComplaint === "" ? "nothing to complain of" : this.#lastComplaint,
      values,
    };
  }
}

const status = (name: string, { level, message, values = {} }: Said): DiagnosticStatus => ({
  level,
  name,
  message,
  hardware_id: "cellist",
  values: Object.entries(values).map(([key, value]) => ({ key, value })),
});

const percent = (part: number): string => `${(part * 100).toFixed(0)} % of its limit`;
const share = ({ value, limit }: cellist.LimitUse): string => percent(value / limit);
