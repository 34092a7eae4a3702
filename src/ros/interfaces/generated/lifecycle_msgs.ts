/* Generated from the .msg, .srv and .action texts; do not edit. Again: npm run interfaces */

/** lifecycle_msgs/ChangeState_Request */
export interface ChangeState_Request {
  readonly transition: Transition;
}

/** lifecycle_msgs/ChangeState_Response */
export interface ChangeState_Response {
  readonly success: boolean;
}

/** lifecycle_msgs/GetAvailableStates_Request */
export type GetAvailableStates_Request = Readonly<Record<string, never>>;

/** lifecycle_msgs/GetAvailableStates_Response */
export interface GetAvailableStates_Response {
  readonly available_states: readonly State[];
}

/** lifecycle_msgs/GetAvailableTransitions_Request */
export type GetAvailableTransitions_Request = Readonly<Record<string, never>>;

/** lifecycle_msgs/GetAvailableTransitions_Response */
export interface GetAvailableTransitions_Response {
  readonly available_transitions: readonly TransitionDescription[];
}

/** lifecycle_msgs/GetState_Request */
export type GetState_Request = Readonly<Record<string, never>>;

/** lifecycle_msgs/GetState_Response */
export interface GetState_Response {
  readonly current_state: State;
}

/** lifecycle_msgs/State */
export interface State {
  readonly id: number;
  readonly label: string;
}

/** lifecycle_msgs/Transition */
export interface Transition {
  readonly id: number;
  readonly label: string;
}

/** lifecycle_msgs/TransitionDescription */
export interface TransitionDescription {
  readonly transition: Transition;
  readonly start_state: State;
  readonly goal_state: State;
}

/** lifecycle_msgs/TransitionEvent */
export interface TransitionEvent {
  readonly timestamp: bigint;
  readonly transition: Transition;
  readonly start_state: State;
  readonly goal_state: State;
}
