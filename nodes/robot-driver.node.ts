import { urdfOf } from "../src/kinematics/urdf.ts";
import { ARM_PARAMETERS } from "../src/performance/arm-of-driver.ts";
import { ArmPlayer } from "../src/performance/arm-player.ts";
import { DriverDesk } from "../src/performance/driver-desk.ts";
import { graphSink } from "../src/performance/graph-sink.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";
import { loadWorkcell, WORKCELL_PARAMETERS } from "../src/shelf/workcell.ts";

const STREAMS = [
  "joint_states",
  "joint_targets",
  "tcp_pose",
  "wrench",
  "player_state",
  "bow_state",
  "note_events",
  "rosout",
] as const;

/** The arm: plays the planned trajectory, pauses, resumes and stops on its path, and tells every state. */
export const node = defineNode({
  name: "robot_driver",
  does: "streams trajectories to the controller and tells what the arm does",
  parameters: { ...WORKCELL_PARAMETERS, ...ARM_PARAMETERS },
  subscribes: ["controller", "bow_plan", "joint_trajectory", "trajectory_details"],
  publishes: [...STREAMS, "robot_description"],
  serves: {
    "~/stop": "std_srvs/srv/Trigger",
    "~/pause": "std_srvs/srv/Trigger",
    "~/resume": "std_srvs/srv/Trigger",
    "~/preflight": "cellist_msgs/srv/Preflight",
  },
  actions: {
    perform: "cellist_msgs/action/Perform",
    follow_joint_trajectory: "control_msgs/action/FollowJointTrajectory",
  },
  make({ node, place }) {
    const player = new ArmPlayer();
    const desk = new DriverDesk(node, place, player, graphSink(node, STREAMS));
    const description = node.publisher("robot_description");
    const trigger = (name: string, why: () => string | undefined): void =>
      void node.serve(`~/${name}`, "std_srvs/srv/Trigger", () => {
        const message = why() ?? "";
        return { success: message === "", message };
      });
    trigger("stop", () => player.stop());
    trigger("pause", () => player.pause());
    trigger("resume", () => player.resume());
    return {
      async configure() {
        desk.workcell = await loadWorkcell(node.parameters.all());
      },
      activate() {
        description.publish({ data: urdfOf(desk.workcell.instrument.dh) });
        desk.listen();
        node.serve("~/preflight", "cellist_msgs/srv/Preflight", () => desk.preflight());
        node.serveAction("perform", "cellist_msgs/action/Perform", desk.performing());
        node.serveAction(
          "follow_joint_trajectory",
          "control_msgs/action/FollowJointTrajectory",
          desk.following(),
        );
      },
      async deactivate() {
        player.stop();
        await player.idle(); // at rest on its path; the controller's own program sees to it when this takes too long
      },
    };
  },
});
