/**
 * Standard interfaces that this project uses and no npm package carries, as field lists.
 *
 * Key: "package/Name" for messages, "package/srv/Name" and "package/action/Name" for the others.
 *
 * @source ROS 2 Jazzy: rcl_interfaces, rosbag2_interfaces, lifecycle_msgs, action_msgs, std_srvs, control_msgs 5
 */
export const STANDARD_TEXTS: Readonly<Record<string, string>> = {
  "std_srvs/srv/Empty": "---\n",
  "std_srvs/srv/Trigger": "---\nbool success\nstring message\n",
  "std_srvs/srv/SetBool": "bool data\n---\nbool success\nstring message\n",

  "rosbag2_interfaces/srv/Pause": "---\n",
  "rosbag2_interfaces/srv/Resume": "---\n",
  "rosbag2_interfaces/srv/TogglePaused": "---\n",
  "rosbag2_interfaces/srv/IsPaused": "---\nbool paused\n",
  "rosbag2_interfaces/srv/GetRate": "---\nfloat64 rate\n",
  "rosbag2_interfaces/srv/SetRate": "float64 rate\n---\nbool success\n",
  "rosbag2_interfaces/srv/PlayNext": "---\nbool success\n",
  "rosbag2_interfaces/srv/Seek": "builtin_interfaces/Time time\n---\nbool success\n",

  "rcl_interfaces/srv/ListParameters":
    "uint64 DEPTH_RECURSIVE=0\nstring[] prefixes\nuint64 depth\n---\nrcl_interfaces/ListParametersResult result\n",
  "rcl_interfaces/srv/GetParameters": "string[] names\n---\nrcl_interfaces/ParameterValue[] values\n",
  "rcl_interfaces/srv/GetParameterTypes": "string[] names\n---\nuint8[] types\n",
  "rcl_interfaces/srv/DescribeParameters":
    "string[] names\n---\nrcl_interfaces/ParameterDescriptor[] descriptors\n",
  "rcl_interfaces/srv/SetParameters":
    "rcl_interfaces/Parameter[] parameters\n---\nrcl_interfaces/SetParametersResult[] results\n",
  "rcl_interfaces/srv/SetParametersAtomically":
    "rcl_interfaces/Parameter[] parameters\n---\nrcl_interfaces/SetParametersResult result\n",

  "lifecycle_msgs/srv/ChangeState": "lifecycle_msgs/Transition transition\n---\nbool success\n",
  "lifecycle_msgs/srv/GetState": "---\nlifecycle_msgs/State current_state\n",
  "lifecycle_msgs/srv/GetAvailableStates": "---\nlifecycle_msgs/State[] available_states\n",
  "lifecycle_msgs/srv/GetAvailableTransitions":
    "---\nlifecycle_msgs/TransitionDescription[] available_transitions\n",

  "action_msgs/srv/CancelGoal":
    "action_msgs/GoalInfo goal_info\n---\n" +
    "int8 ERROR_NONE=0\nint8 ERROR_REJECTED=1\nint8 ERROR_UNKNOWN_GOAL_ID=2\nint8 ERROR_GOAL_TERMINATED=3\n" +
    "int8 return_code\naction_msgs/GoalInfo[] goals_canceling\n",

  "control_msgs/JointTolerance": "string name\nfloat64 position\nfloat64 velocity\nfloat64 acceleration\n",
  "control_msgs/JointComponentTolerance":
    "uint16 X_AXIS=1\nuint16 Y_AXIS=2\nuint16 Z_AXIS=3\nuint16 TRANSLATION=4\nuint16 ROTATION=5\n" +
    "string joint_name\nuint16 component\nfloat64 position\nfloat64 velocity\nfloat64 acceleration\n",
  "control_msgs/action/FollowJointTrajectory":
    "trajectory_msgs/JointTrajectory trajectory\n" +
    "trajectory_msgs/MultiDOFJointTrajectory multi_dof_trajectory\n" +
    "control_msgs/JointTolerance[] path_tolerance\n" +
    "control_msgs/JointComponentTolerance[] component_path_tolerance\n" +
    "control_msgs/JointTolerance[] goal_tolerance\n" +
    "control_msgs/JointComponentTolerance[] component_goal_tolerance\n" +
    "builtin_interfaces/Duration goal_time_tolerance\n" +
    "---\n" +
    "int32 SUCCESSFUL=0\nint32 INVALID_GOAL=-1\nint32 INVALID_JOINTS=-2\nint32 OLD_HEADER_TIMESTAMP=-3\n" +
    "int32 PATH_TOLERANCE_VIOLATED=-4\nint32 GOAL_TOLERANCE_VIOLATED=-5\n" +
    "int32 error_code\nstring error_string\n" +
    "---\n" +
    "std_msgs/Header header\nstring[] joint_names\n" +
    "trajectory_msgs/JointTrajectoryPoint desired\ntrajectory_msgs/JointTrajectoryPoint actual\n" +
    "trajectory_msgs/JointTrajectoryPoint error\nstring[] multi_dof_joint_names\n" +
    "trajectory_msgs/MultiDOFJointTrajectoryPoint multi_dof_desired\n" +
    "trajectory_msgs/MultiDOFJointTrajectoryPoint multi_dof_actual\n" +
    "trajectory_msgs/MultiDOFJointTrajectoryPoint multi_dof_error\n",
};
