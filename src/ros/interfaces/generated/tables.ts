/* Generated from the .msg, .srv and .action texts; do not edit. Again: npm run interfaces */
import type * as action_msgs from "./action_msgs.ts";
import type * as cellist_msgs from "../../../cellist_msgs/messages.ts";
import type * as control_msgs from "./control_msgs.ts";
import type * as diagnostic_msgs from "./diagnostic_msgs.ts";
import type * as geometry_msgs from "./geometry_msgs.ts";
import type * as lifecycle_msgs from "./lifecycle_msgs.ts";
import type * as rcl_interfaces from "./rcl_interfaces.ts";
import type * as rosbag2_interfaces from "./rosbag2_interfaces.ts";
import type * as rosgraph_msgs from "./rosgraph_msgs.ts";
import type * as sensor_msgs from "./sensor_msgs.ts";
import type * as std_msgs from "./std_msgs.ts";
import type * as std_srvs from "./std_srvs.ts";
import type * as tf2_msgs from "./tf2_msgs.ts";
import type * as trajectory_msgs from "./trajectory_msgs.ts";
import type * as visualization_msgs from "./visualization_msgs.ts";

/** What each message type of this project holds. */
export interface MessageTypes {
  readonly "std_msgs/msg/String": std_msgs.String;
  readonly "std_msgs/msg/Bool": std_msgs.Bool;
  readonly "geometry_msgs/msg/PoseStamped": geometry_msgs.PoseStamped;
  readonly "geometry_msgs/msg/WrenchStamped": geometry_msgs.WrenchStamped;
  readonly "sensor_msgs/msg/JointState": sensor_msgs.JointState;
  readonly "trajectory_msgs/msg/JointTrajectory": trajectory_msgs.JointTrajectory;
  readonly "rcl_interfaces/msg/Log": rcl_interfaces.Log;
  readonly "rcl_interfaces/msg/ParameterEvent": rcl_interfaces.ParameterEvent;
  readonly "lifecycle_msgs/msg/TransitionEvent": lifecycle_msgs.TransitionEvent;
  readonly "rosgraph_msgs/msg/Clock": rosgraph_msgs.Clock;
  readonly "diagnostic_msgs/msg/DiagnosticArray": diagnostic_msgs.DiagnosticArray;
  readonly "tf2_msgs/msg/TFMessage": tf2_msgs.TFMessage;
  readonly "visualization_msgs/msg/MarkerArray": visualization_msgs.MarkerArray;
  readonly "action_msgs/msg/GoalStatusArray": action_msgs.GoalStatusArray;
  readonly "cellist_msgs/msg/BowState": cellist_msgs.BowState;
  readonly "cellist_msgs/msg/PlayerState": cellist_msgs.PlayerState;
  readonly "cellist_msgs/msg/NoteEvent": cellist_msgs.NoteEvent;
  readonly "cellist_msgs/msg/Score": cellist_msgs.Score;
  readonly "cellist_msgs/msg/BowPlan": cellist_msgs.BowPlan;
  readonly "cellist_msgs/msg/BowObjections": cellist_msgs.BowObjections;
  readonly "cellist_msgs/msg/TrajectoryDetails": cellist_msgs.TrajectoryDetails;
  readonly "cellist_msgs/msg/Settings": cellist_msgs.Settings;
  readonly "cellist_msgs/msg/Refusal": cellist_msgs.Refusal;
  readonly "cellist_msgs/msg/ControllerAddress": cellist_msgs.ControllerAddress;
  readonly "cellist_msgs/msg/Recording": cellist_msgs.Recording;
  readonly "cellist_msgs/msg/Sound": cellist_msgs.Sound;
  readonly "cellist_msgs/msg/Report": cellist_msgs.Report;
}

/** What each service type asks and answers. */
export interface ServiceTypes {
  readonly "std_srvs/srv/Trigger": {
    readonly request: std_srvs.Trigger_Request;
    readonly response: std_srvs.Trigger_Response;
  };
  readonly "std_srvs/srv/SetBool": {
    readonly request: std_srvs.SetBool_Request;
    readonly response: std_srvs.SetBool_Response;
  };
  readonly "rosbag2_interfaces/srv/Pause": {
    readonly request: rosbag2_interfaces.Pause_Request;
    readonly response: rosbag2_interfaces.Pause_Response;
  };
  readonly "rosbag2_interfaces/srv/Resume": {
    readonly request: rosbag2_interfaces.Resume_Request;
    readonly response: rosbag2_interfaces.Resume_Response;
  };
  readonly "rosbag2_interfaces/srv/TogglePaused": {
    readonly request: rosbag2_interfaces.TogglePaused_Request;
    readonly response: rosbag2_interfaces.TogglePaused_Response;
  };
  readonly "rosbag2_interfaces/srv/IsPaused": {
    readonly request: rosbag2_interfaces.IsPaused_Request;
    readonly response: rosbag2_interfaces.IsPaused_Response;
  };
  readonly "rosbag2_interfaces/srv/GetRate": {
    readonly request: rosbag2_interfaces.GetRate_Request;
    readonly response: rosbag2_interfaces.GetRate_Response;
  };
  readonly "rosbag2_interfaces/srv/SetRate": {
    readonly request: rosbag2_interfaces.SetRate_Request;
    readonly response: rosbag2_interfaces.SetRate_Response;
  };
  readonly "rosbag2_interfaces/srv/PlayNext": {
    readonly request: rosbag2_interfaces.PlayNext_Request;
    readonly response: rosbag2_interfaces.PlayNext_Response;
  };
  readonly "rosbag2_interfaces/srv/Seek": {
    readonly request: rosbag2_interfaces.Seek_Request;
    readonly response: rosbag2_interfaces.Seek_Response;
  };
  readonly "rcl_interfaces/srv/ListParameters": {
    readonly request: rcl_interfaces.ListParameters_Request;
    readonly response: rcl_interfaces.ListParameters_Response;
  };
  readonly "rcl_interfaces/srv/GetParameters": {
    readonly request: rcl_interfaces.GetParameters_Request;
    readonly response: rcl_interfaces.GetParameters_Response;
  };
  readonly "rcl_interfaces/srv/GetParameterTypes": {
    readonly request: rcl_interfaces.GetParameterTypes_Request;
    readonly response: rcl_interfaces.GetParameterTypes_Response;
  };
  readonly "rcl_interfaces/srv/DescribeParameters": {
    readonly request: rcl_interfaces.DescribeParameters_Request;
    readonly response: rcl_interfaces.DescribeParameters_Response;
  };
  readonly "rcl_interfaces/srv/SetParameters": {
    readonly request: rcl_interfaces.SetParameters_Request;
    readonly response: rcl_interfaces.SetParameters_Response;
  };
  readonly "rcl_interfaces/srv/SetParametersAtomically": {
    readonly request: rcl_interfaces.SetParametersAtomically_Request;
    readonly response: rcl_interfaces.SetParametersAtomically_Response;
  };
  readonly "lifecycle_msgs/srv/ChangeState": {
    readonly request: lifecycle_msgs.ChangeState_Request;
    readonly response: lifecycle_msgs.ChangeState_Response;
  };
  readonly "lifecycle_msgs/srv/GetState": {
    readonly request: lifecycle_msgs.GetState_Request;
    readonly response: lifecycle_msgs.GetState_Response;
  };
  readonly "lifecycle_msgs/srv/GetAvailableStates": {
    readonly request: lifecycle_msgs.GetAvailableStates_Request;
    readonly response: lifecycle_msgs.GetAvailableStates_Response;
  };
  readonly "lifecycle_msgs/srv/GetAvailableTransitions": {
    readonly request: lifecycle_msgs.GetAvailableTransitions_Request;
    readonly response: lifecycle_msgs.GetAvailableTransitions_Response;
  };
  readonly "action_msgs/srv/CancelGoal": {
    readonly request: action_msgs.CancelGoal_Request;
    readonly response: action_msgs.CancelGoal_Response;
  };
  readonly "cellist_msgs/srv/Record": {
    readonly request: cellist_msgs.Record_Request;
    readonly response: cellist_msgs.Record_Response;
  };
  readonly "cellist_msgs/srv/FreeArm": {
    readonly request: cellist_msgs.FreeArm_Request;
    readonly response: cellist_msgs.FreeArm_Response;
  };
  readonly "cellist_msgs/srv/Teach": {
    readonly request: cellist_msgs.Teach_Request;
    readonly response: cellist_msgs.Teach_Response;
  };
  readonly "cellist_msgs/srv/FitCalibration": {
    readonly request: cellist_msgs.FitCalibration_Request;
    readonly response: cellist_msgs.FitCalibration_Response;
  };
  readonly "cellist_msgs/srv/Preflight": {
    readonly request: cellist_msgs.Preflight_Request;
    readonly response: cellist_msgs.Preflight_Response;
  };
}

/** What each action type is asked, ends with and tells on the way. */
export interface ActionTypes {
  readonly "control_msgs/action/FollowJointTrajectory": {
    readonly goal: control_msgs.FollowJointTrajectory_Goal;
    readonly result: control_msgs.FollowJointTrajectory_Result;
    readonly feedback: control_msgs.FollowJointTrajectory_Feedback;
  };
  readonly "cellist_msgs/action/Perform": {
    readonly goal: cellist_msgs.Perform_Goal;
    readonly result: cellist_msgs.Perform_Result;
    readonly feedback: cellist_msgs.Perform_Feedback;
  };
}
