import { SceneTeller } from "../src/scene-view/scene-teller.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";
import { loadWorkcell, WORKCELL_PARAMETERS, type Workcell } from "../src/shelf/workcell.ts";

/** Joints, bow and plan → /tf, /tf_static and markers, as RViz and Foxglove show them. */
export const node = defineNode({
  name: "scene",
  does: "tells viewers where arm, bow, cello and room are, what will be played, what touches and how near things come",
  parameters: {
    ...WORKCELL_PARAMETERS,
    frames_hz: {
      type: "double",
      default: 50,
      min: 1,
      max: 500,
      what: "how often /tf is told [Hz]",
      readOnly: true,
    },
    markers_hz: {
      type: "double",
      default: 10,
      min: 0.1,
      max: 100,
      what: "how often moving markers are told [Hz]",
      readOnly: true,
    },
  },
  subscribes: ["joint_states", "bow_state", "bow_plan", "joint_trajectory", "trajectory_details"],
  publishes: ["tf", "tf_static", "markers", "markers_static"],
  make({ node }) {
    const teller = new SceneTeller(node);
    let workcell: Workcell;
    return {
      async configure() {
        workcell = await loadWorkcell(node.parameters.all());
      },
      activate() {
        const { frames_hz, markers_hz } = node.parameters.all();
        teller.start(workcell, { framesS: 1 / frames_hz, markersS: 1 / markers_hz });
      },
    };
  },
});
