/* Generated from the .msg, .srv and .action texts; do not edit. Again: npm run interfaces */
import type * as std_msgs from "../ros/interfaces/generated/std_msgs.ts";
import type { RosTime } from "../ros/time.ts";

/** cellist_msgs/BowObjection: A crossing on the strings, or a bow change on one, that the arm cannot follow, or not what it leads to. */
export interface BowObjection {
  /** Note that it leads to, index in Score.notes. */
  readonly note_index: number;
  /** Levels of the bow: C, G, D, A, or two strings at once, lower first, as in CG. */
  readonly from_level: string;
  readonly to_level: string;
  /** "down" or "up", before and after the crossing. */
  readonly before: string;
  readonly after: string;
  /** Hair on the new string as it is reached, from the frog, and how far around it this holds [m]. */
  readonly bow_m: number;
  readonly reach_m: number;
}

/** cellist_msgs/BowObjections: What the arm cannot follow in a bow plan: to be bowed anew without it. */
export interface BowObjections {
  readonly header: std_msgs.Header;
  /** The plan's own sum. */
  readonly plan_sha256: string;
  /** All so far, those to plans before it included. */
  readonly objections: readonly BowObjection[];
  /** Whether to price what crossings will ask of the arm before it is asked. */
  readonly foresight: boolean;
}

/** cellist_msgs/BowPlan: Every note's string, direction, bow, speed, force and contact point. */
export interface BowPlan {
  readonly header: std_msgs.Header;
  readonly title: string;
  /** In order of time. */
  readonly notes: readonly BowedNote[];
  readonly lifts: readonly Lift[];
  /** What the arm could not follow in plans before this one. */
  readonly objections: readonly BowObjection[];
  /** What crossings would ask of the arm was priced before the arm was asked. */
  readonly foresight: boolean;
  /** What the plan was made from. */
  readonly sha256: string;
}

/** cellist_msgs/BowState: The bow hair on each string. Every array goes from low to high: C, G, D, A. */
export interface BowState {
  readonly header: std_msgs.Header;
  /** Normal force of the hair on the string [N]; 0 = not touching. */
  readonly force_n: ArrayLike<number>;
  /** Speed of the hair along itself at the string [m/s]; > 0 is down-bow. */
  readonly bow_speed_mps: ArrayLike<number>;
  /** Hair to bridge along the string [m]. */
  readonly contact_m: ArrayLike<number>;
  /** Hair under the string, measured from the frog [m]. */
  readonly bow_position_m: ArrayLike<number>;
  /** true: the truth of a simulated contact. false: estimated from the joints. */
  readonly simulated: boolean;
}

/** cellist_msgs/BowedNote: One note as it will be bowed. */
export interface BowedNote {
  /** 0-based position in the score. */
  readonly note_index: number;
  /** Sounding pitch, MIDI number. */
  readonly midi: number;
  /** C, G, D or A; of a double stop the upper note's. */
  readonly string_name: string;
  /** A double stop: the lower note, sounding in the same stroke on the string below; 0 = a single note. Force and limits as below. */
  readonly lower_midi: number;
  readonly lower_force_n: number;
  readonly lower_min_force_n: number;
  readonly lower_max_force_n: number;
  /** down or up. */
  readonly direction: string;
  /** Number of the stroke; slurred notes share it. */
  readonly stroke: number;
  /** Score time of onset and end of bowing [s]. */
  readonly start_s: number;
  readonly end_s: number;
  /** Hair under the string at onset and end, of a double stop half-way between its strings, measured from the frog [m]. */
  readonly bow_start_m: number;
  readonly bow_end_m: number;
  /** Steady speed of the hair at the string, > 0 [m/s]. */
  readonly bow_speed_mps: number;
  /** Hair to bridge along the string [m]. */
  readonly contact_m: number;
  /** Hair force along the string's normal, and Schelleng's limits at this speed and place [N]. */
  readonly force_n: number;
  readonly min_force_n: number;
  readonly max_force_n: number;
  /** How force and speed move within the note, from its start to its end; empty = steady. Score time [s], force [N], speed [m/s]. */
  readonly course_at_s: ArrayLike<number>;
  readonly course_force_n: ArrayLike<number>;
  readonly course_speed_mps: ArrayLike<number>;
  /** pp, p, mp, mf, f or ff. */
  readonly dynamic_mark: string;
  /** legato, detache, tenuto, staccato, accent, martele, portato or tremolo. */
  readonly articulation: string;
  /** Why it is bowed so, most weighty first. */
  readonly why: readonly string[];
}

/** cellist_msgs/ControllerAddress: Where a robot's controller listens. */
export interface ControllerAddress {
  /** How the arm is called in messages. */
  readonly name: string;
  /** Host name or address; "memory:NAME" is a controller in this process, in lock-step. */
  readonly host: string;
  readonly rtde_port: number;
  readonly dashboard_port: number;
  readonly script_port: number;
}

/** cellist_msgs/FitCalibration_Request: Fits hair and strings to what was taught so far and tells what is left over. Writes nothing. */
export type FitCalibration_Request = Readonly<Record<string, never>>;

/** cellist_msgs/FitCalibration_Response */
export interface FitCalibration_Response {
  readonly success: boolean;
  /** Why not; or the residuals as a table for people, and what has changed since the last calibration of the same file. */
  readonly message: string;
  /** C, G, D, A. */
  readonly strings: readonly StringResiduals[];
  /** Turn of the bow from string to string: C-G, G-D, D-A [rad]. */
  readonly steps_rad: ArrayLike<number>;
  /** What is odd but not refused, one sentence each. */
  readonly warnings: readonly string[];
  /** By how much the bow would be deeper or higher, led by the last calibration of the same file, at most; 0 where there is none [m]. */
  readonly most_changed_m: number;
}

/** cellist_msgs/FreeArm_Request: Lets a hand move the arm (Freedrive), until ~/hold, the end of the node, or a host that falls silent. */
export interface FreeArm_Request {
  /** The real robot's address, from the person who stands beside it. Empty for a simulated arm. */
  readonly confirm: string;
}

/** cellist_msgs/FreeArm_Response */
export interface FreeArm_Response {
  readonly success: boolean;
  /** That it is free; or why not, with the one thing to do first. */
  readonly message: string;
}

/** cellist_msgs/KeyChange: A key signature from `tick` on. */
export interface KeyChange {
  readonly tick: number;
  /** Sharps > 0, flats < 0. */
  readonly fifths: number;
  readonly is_minor: boolean;
}

/** cellist_msgs/Lift: The bow is off the string between two notes of the plan. */
export interface Lift {
  /** Index in BowPlan.notes of the last note before and the first after. */
  readonly after_note: number;
  readonly before_note: number;
  /** Score time [s]. */
  readonly start_s: number;
  readonly end_s: number;
}

/** cellist_msgs/LimitUse: Largest used share of a joint limit, in the limit's own SI unit. */
export interface LimitUse {
  /** 0-based, base to wrist 3. */
  readonly joint: number;
  /** Score time [s]. */
  readonly at_s: number;
  readonly value: number;
  readonly limit: number;
}

/** cellist_msgs/Margins: The tightest place at each limit over a whole path. Every at_s is score time [s]. */
export interface Margins {
  /** [rad/s], [rad/s^2], [rad/s^3], [rad] */
  readonly joint_speed: LimitUse;
  readonly joint_acceleration: LimitUse;
  readonly joint_jerk: LimitUse;
  readonly joint_position: LimitUse;
  /** Fastest point of flange, frog and bow tip [m/s]. */
  readonly tcp_speed_max_mps: number;
  readonly tcp_speed_limit_mps: number;
  readonly tcp_speed_at_s: number;
  /** Smallest singular value of the Jacobian [m], its limit, and when; smallest bend of the elbow [rad], and when. */
  readonly min_sigma: number;
  readonly limit_sigma: number;
  readonly min_elbow_rad: number;
  readonly singularity_at_s: number;
  readonly elbow_at_s: number;
  /** Smallest distance between any two bodies that may not touch [m], and which two. */
  readonly clearance_min_m: number;
  readonly clearance_required_m: number;
  readonly clearance_pair: readonly string[];
  readonly clearance_at_s: number;
}

/** cellist_msgs/MeterChange: A time signature from `tick` on. */
export interface MeterChange {
  readonly tick: number;
  readonly beats_per_bar: number;
  /** 4 = quarter, 8 = eighth. */
  readonly beat_unit: number;
}

/** cellist_msgs/NoteEvent: A note begins or ends, or the bow begins to change strings. */
export interface NoteEvent {
  readonly header: std_msgs.Header;
  /** 0-based position in the score. */
  readonly note_index: number;
  /** Sounding pitch, MIDI number. */
  readonly midi: number;
  /** C, G, D or A. */
  readonly string_name: string;
  /** down or up. */
  readonly direction: string;
  /** onset, offset, or crossing: the bow leaves for that string (imported logs). */
  readonly event: string;
  /** When the score has it [s]. */
  readonly score_time_s: number;
}

/** cellist_msgs/Perform_Feedback: Path time played and path time in all [s]. */
export interface Perform_Feedback {
  readonly path_time_s: number;
  readonly total_s: number;
  /** Phase of the player on the controller, as in PlayerState. */
  readonly phase: string;
}

/** cellist_msgs/Perform_Goal: Plays the planned trajectory on the arm. */
export interface Perform_Goal {
  /** Of the trajectory to play, as /trajectory_details has it; empty = the one planned last. */
  readonly trajectory_sha256: string;
  /** The robot's address as typed by the person who stands beside it; a real arm does not move without. */
  readonly confirm: string;
}

/** cellist_msgs/Perform_Result: Knots sent and states heard. */
export interface Perform_Result {
  readonly knots: number;
  readonly states: number;
  /** Least path time buffered on the controller while it played [s]. */
  readonly least_ahead_s: number;
  /** Longest time on the robot clock between two states [s]. */
  readonly longest_gap_s: number;
  /** Why it did not come to its end; empty when it did. */
  readonly code: string;
  readonly message: string;
}

/** cellist_msgs/PlayerState: The arm's controller and our program on it, once per control period. */
export interface PlayerState {
  readonly header: std_msgs.Header;
  /** The controller's own clock [s], bit for bit; header.stamp is the log time made from it. */
  readonly robot_time_s: number;
  /** absent, waiting, playing, pausing, paused, resuming, stopping, stopped, starved, finished or refused. */
  readonly phase: string;
  /** Number of the last knot the program took into its buffer; -1 = none yet. */
  readonly accepted_knot: number;
  /** Path time being commanded [s], and how fast it runs [-]: 1 playing, 0 at rest. */
  readonly path_time_s: number;
  readonly rate: number;
  /** Path time still in the program's buffer [s]. */
  readonly ahead_s: number;
  /** How much later than planned the host handed over its last knot [s]; NaN = not known. */
  readonly knot_lateness_s: number;
  /** As the controller reports them: RTDE robot_mode and safety_status, and speed scaling 0..1 [-]. */
  readonly robot_mode: number;
  readonly safety_status: number;
  readonly speed_scaling: number;
}

/** cellist_msgs/Preflight_Request: Reads the controller's state and says whether the arm may play on it now. Moves nothing. */
export type Preflight_Request = Readonly<Record<string, never>>;

/** cellist_msgs/Preflight_Response */
export interface Preflight_Response {
  readonly ready: boolean;
  /** Why not, with the one thing to do first; or how the arm is, for the person who confirms. */
  readonly message: string;
  /** What a person must confirm before it moves: the robot's address. Empty for a simulated arm. */
  readonly confirm: string;
}

/** cellist_msgs/Record_Request: Starts a recording. Latched topics come first, then everything from now on. */
export interface Record_Request {
  /** The bag to write; it must not be there yet. */
  readonly path: string;
  /** Log time of what was published before now: nanoseconds as ROS time. */
  readonly start: RosTime;
}

/** cellist_msgs/Record_Response */
export interface Record_Response {
  readonly success: boolean;
  /** Why not. */
  readonly message: string;
}

/** cellist_msgs/Recording: What the recorder is doing. */
export interface Recording {
  readonly header: std_msgs.Header;
  /** idle, recording, complete, broken_off (readable, but the performance did not come to its end) or failed. */
  readonly state: string;
  /** The bag. */
  readonly path: string;
  /** Why it failed; empty otherwise. */
  readonly sentence: string;
}

/** cellist_msgs/Refusal: Why something will not be played. */
export interface Refusal {
  readonly header: std_msgs.Header;
  /** Fully qualified name of the node that refuses. */
  readonly node: string;
  /** Stable, greppable name of the kind of refusal, as in src/errors.ts. */
  readonly code: string;
  /** One sentence: what, where, how much, which limit, what to do. */
  readonly sentence: string;
  /** The numbers, one JSON object. */
  readonly detail_json: string;
}

/** cellist_msgs/Report: A judged performance. */
export interface Report {
  readonly header: std_msgs.Header;
  /** The bag it was made from, and the page for people. */
  readonly bag: string;
  readonly html_path: string;
  readonly json_path: string;
  /** What a terminal shows, line by line. */
  readonly summary: readonly string[];
  /** The report's figures, one JSON object. */
  readonly json: string;
}

/** cellist_msgs/Score: A monophonic piece for cello, as read. */
export interface Score {
  readonly header: std_msgs.Header;
  readonly title: string;
  readonly composer: string;
  readonly ticks_per_quarter: number;
  /** Sorted by tick. */
  readonly tempos: readonly TempoChange[];
  readonly meters: readonly MeterChange[];
  readonly keys: readonly KeyChange[];
  /** Sorted by start. */
  readonly notes: readonly ScoreNote[];
  readonly end_tick: number;
  /** What the file held that is not played, one sentence each. */
  readonly ignored: readonly string[];
  /** What the score was made from. */
  readonly sha256: string;
}

/** cellist_msgs/ScoreNote: One note as written. Ticks are the truth; seconds follow from the tempo map. */
export interface ScoreNote {
  /** 0-based position in the score. */
  readonly index: number;
  readonly start_tick: number;
  readonly end_tick: number;
  /** Sounding pitch, MIDI number. */
  readonly midi: number;
  /** A double stop: the lower note that sounds with it; 0 = a single note. */
  readonly lower_midi: number;
  /** MIDI velocity 1..127. */
  readonly velocity: number;
  /** pp, p, mp, mf, f or ff. */
  readonly dynamic_mark: string;
  /** Under a hairpin: loudness at start and end in steps from pp (0) to ff (5); -1 = no hairpin. */
  readonly swell_from_level: number;
  readonly swell_to_level: number;
  /** Where it turns in between, and the loudness there; empty = straight on. Parts of the written note that are over, in (0, 1). */
  readonly swell_turn_share: ArrayLike<number>;
  readonly swell_turn_level: ArrayLike<number>;
  /** legato, detache, tenuto, staccato, accent, martele, portato or tremolo. */
  readonly articulation: string;
  /** Written bow mark: down or up; empty = the planner chooses. */
  readonly bow: string;
  /** Same bow as the note before. */
  readonly slurred_from_previous: boolean;
  /** Written string: C, G, D or A; empty = the planner chooses. */
  readonly string_name: string;
  /** A human left hand chose that string; the score has no mark for it. */
  readonly string_by_hand: boolean;
  /** What a person fixed for this note: speed of its stroke [m/s], force [N], hair to bridge [m]; 0 = the planner chooses. */
  readonly override_speed_mps: number;
  readonly override_force_n: number;
  readonly override_contact_m: number;
}

/** cellist_msgs/Settings: Everything about how a performance was made: profile, calibration, robot, seed, versions. */
export interface Settings {
  /** One JSON object. */
  readonly json: string;
  /** Of the settings, independent of the order of keys. */
  readonly sha256: string;
}

/** cellist_msgs/Sound: A rendered sound. */
export interface Sound {
  readonly header: std_msgs.Header;
  /** The bag it was rendered from, and the WAV file. */
  readonly bag: string;
  readonly path: string;
  /** Loudness of the whole [LUFS, BS.1770]. */
  readonly integrated_lufs: number;
}

/** cellist_msgs/StringResiduals: What a calibration leaves over on one string: how the taught poses lie against the fitted cello. */
export interface StringResiduals {
  /** C, G, D or A. */
  readonly name: string;
  /** Hair pressed into the string at frog and tip; below 0: above it [m]. */
  readonly pressed_frog_m: number;
  readonly pressed_tip_m: number;
  /** Angle between bow and string at frog and tip; pi/2 is square [rad]. */
  readonly angle_frog_rad: number;
  readonly angle_tip_rad: number;
  /** Turn about the string from the middle of its window at frog and tip, and half the window's width [rad]. */
  readonly off_centre_frog_rad: number;
  readonly off_centre_tip_rad: number;
  readonly window_rad: number;
}

/** cellist_msgs/Teach_Request: Takes down where the arm stands now as one of the places of a calibration. */
export interface Teach_Request {
  /** "A frog", "A tip" (or C, G, D): an end of the bow on a string; "A extra": one more point on that string; "parked": where the arm waits. A place that was taught already is taught anew; extra points add up. */
  readonly place: string;
  /** Of an extra point, where somebody held a ruler to it: from bridge to hair, and from frog to string along the hair [m]; 0: not measured. */
  readonly from_bridge_m: number;
  readonly hair_m: number;
}

/** cellist_msgs/Teach_Response */
export interface Teach_Response {
  readonly success: boolean;
  /** What was taken down and what is still to come, or why nothing was. */
  readonly message: string;
}

/** cellist_msgs/TempoChange: A tempo from `tick` on. */
export interface TempoChange {
  readonly tick: number;
  /** Microseconds per quarter note. */
  readonly us_per_quarter: number;
}

/** cellist_msgs/TrajectoryDetails: What trajectory_msgs/JointTrajectory has no field for. One per /joint_trajectory message. */
export interface TrajectoryDetails {
  readonly header: std_msgs.Header;
  readonly title: string;
  /** Path time of each knot [s], exact; time_from_start is the same rounded to nanoseconds. */
  readonly time_s: ArrayLike<number>;
  /** Path time of score second 0 [s]: the approach comes before it. */
  readonly score_start_s: number;
  /** Lag of the controller's servo that the score clock allows for [s]. */
  readonly servo_lag_s: number;
  readonly margins: Margins;
  /** What the trajectory was made from. */
  readonly sha256: string;
}
