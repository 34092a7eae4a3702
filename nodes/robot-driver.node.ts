import { bowPlanFromMessage } from "../src/bag/bow-plan-message.ts";
import { trajectoryFromMessages } from "../src/bag/trajectory-message.ts";
import { urdfOf } from "../src/kinematics/urdf.ts";
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
  parameters: {
    ...WORKCELL_PARAMETERS,
    robot: {
      type: "string",
      default: "sim",
      what: "sim, or the address of a real controller",
      readOnly: true,
    },
    port_offset: {
      type: "integer",
      default: 0,
      min: 0,
      max: 30000,
      what: "added to the controller's port numbers",
      readOnly: true,
    },
  },
  subscribes: ["controller", "bow_plan", "joint_trajectory", "trajectory_details"],
  publishes: [...STREAMS, "robot_description"],
  serves: {
    "~/stop": "std_srvs/srv/Trigger",
    "~/pause": "std_srvs/srv/Trigger",
    "~/resume": "std_srvs/srv/Trigger",
    "~/preflight": "cellist_msgs/srv/Preflight",
  },
  actions: { perform: "cellist_msgs/action/Perform" },
  make({ node, place }) {
    const player = new ArmPlayer();
    const sink = graphSink(node, STREAMS);
    const description = node.publisher("robot_description");
    const desk = new DriverDesk(node, place, player, sink);
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
        node.subscribe("controller", (address) => void (desk.controller = address));
        node.subscribe("bow_plan", (message) => void (desk.plan = bowPlanFromMessage(message)));
        node.subscribe("joint_trajectory", (message) => void (desk.knots = message));
        node.subscribe("trajectory_details", (details) => {
          desk.trajectory = trajectoryFromMessages(desk.knots!, details);
          desk.servoLagS = details.servo_lag_s;
        });
        node.serve("~/preflight", "cellist_msgs/srv/Preflight", () => desk.preflight());
        node.serveAction("perform", "cellist_msgs/action/Perform", desk.performing());
      },
      deactivate: () => void player.stop(),
    };
  },
});
