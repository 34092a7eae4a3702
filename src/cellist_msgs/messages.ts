import type { Float64s, Header } from "../ros/messages.ts";

/** msg/BowState.msg: strings C, G, D, A; [N], [m/s], [m], [m]. */
export interface BowState {
  readonly header: Header;
  readonly force_n: Float64s;
  readonly bow_speed_mps: Float64s;
  readonly contact_m: Float64s;
  readonly bow_position_m: Float64s;
  readonly simulated: boolean;
}

/** msg/PlayerState.msg */
export interface PlayerState {
  readonly header: Header;
  readonly robot_time_s: number;
  readonly phase: string;
  readonly accepted_knot: number;
  readonly path_time_s: number;
  readonly rate: number;
  readonly ahead_s: number;
  readonly knot_lateness_s: number;
  readonly robot_mode: number;
  readonly safety_status: number;
  readonly speed_scaling: number;
}

/** msg/NoteEvent.msg */
export interface NoteEvent {
  readonly header: Header;
  readonly note_index: number;
  readonly midi: number;
  readonly string_name: string;
  readonly direction: string;
  /** "onset" or "offset" */
  readonly event: string;
  readonly score_time_s: number;
}

/** msg/TempoChange.msg */
export interface TempoChange {
  readonly tick: number;
  readonly us_per_quarter: number;
}

/** msg/MeterChange.msg */
export interface MeterChange {
  readonly tick: number;
  readonly beats_per_bar: number;
  readonly beat_unit: number;
}

/** msg/KeyChange.msg */
export interface KeyChange {
  readonly tick: number;
  readonly fifths: number;
  readonly is_minor: boolean;
}

/** msg/ScoreNote.msg */
export interface ScoreNote {
  readonly index: number;
  readonly start_tick: number;
  readonly end_tick: number;
  readonly midi: number;
  readonly velocity: number;
  readonly dynamic_mark: string;
  readonly articulation: string;
  /** Empty = the planner chooses. */
  readonly bow: string;
  readonly slurred_from_previous: boolean;
  /** Empty = the planner chooses. */
  readonly string_name: string;
}

/** msg/Score.msg */
export interface Score {
  readonly header: Header;
  readonly title: string;
  readonly composer: string;
  readonly ticks_per_quarter: number;
  readonly tempos: readonly TempoChange[];
  readonly meters: readonly MeterChange[];
  readonly keys: readonly KeyChange[];
  readonly notes: readonly ScoreNote[];
  readonly end_tick: number;
  readonly ignored: readonly string[];
  readonly sha256: string;
}

/** msg/BowedNote.msg */
export interface BowedNote {
  readonly note_index: number;
  readonly midi: number;
  readonly string_name: string;
  readonly direction: string;
  readonly stroke: number;
  readonly start_s: number;
  readonly end_s: number;
  readonly bow_start_m: number;
  readonly bow_end_m: number;
  readonly bow_speed_mps: number;
  readonly contact_m: number;
  readonly force_n: number;
  readonly min_force_n: number;
  readonly max_force_n: number;
  readonly dynamic_mark: string;
  readonly articulation: string;
  readonly why: readonly string[];
}

/** msg/Lift.msg */
export interface Lift {
  readonly after_note: number;
  readonly before_note: number;
  readonly start_s: number;
  readonly end_s: number;
}

/** msg/BowPlan.msg */
export interface BowPlan {
  readonly header: Header;
  readonly title: string;
  readonly notes: readonly BowedNote[];
  readonly lifts: readonly Lift[];
  readonly sha256: string;
}

/** msg/LimitUse.msg */
export interface LimitUse {
  readonly joint: number;
  readonly at_s: number;
  readonly value: number;
  readonly limit: number;
}

/** msg/Margins.msg */
export interface Margins {
  readonly joint_speed: LimitUse;
  readonly joint_acceleration: LimitUse;
  readonly joint_jerk: LimitUse;
  readonly joint_position: LimitUse;
  readonly tcp_speed_max_mps: number;
  readonly tcp_speed_limit_mps: number;
  readonly tcp_speed_at_s: number;
  readonly min_sigma: number;
  readonly limit_sigma: number;
  readonly min_elbow_rad: number;
  readonly singularity_at_s: number;
  readonly clearance_min_m: number;
  readonly clearance_required_m: number;
  readonly clearance_pair: readonly string[];
  readonly clearance_at_s: number;
}

/** msg/TrajectoryDetails.msg */
export interface TrajectoryDetails {
  readonly header: Header;
  readonly title: string;
  readonly time_s: Float64s;
  readonly score_start_s: number;
  readonly servo_lag_s: number;
  readonly margins: Margins;
  readonly sha256: string;
}

/** msg/Settings.msg */
export interface Settings {
  readonly json: string;
  readonly sha256: string;
}
