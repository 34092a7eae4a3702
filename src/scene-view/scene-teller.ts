import { bowPlanFromMessage } from "../bag/bow-plan-message.ts";
import { trajectoryFromMessages } from "../bag/trajectory-message.ts";
import type { BowPlan } from "../bowing/bow-plan.ts";
import type { Cell } from "../collision/cell.ts";
import { CLEARANCE_SETTINGS, makeClearanceCheck, type ClearanceCheck } from "../collision/clearance.ts";
import { makeScene, type CollisionScene } from "../collision/collision-scene.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { ROS_JOINT_NAMES, type Joints } from "../math/joints.ts";
import type { JointState, JointTrajectoryMessage } from "../ros/messages.ts";
import type { GraphNode } from "../ros/node/graph-node.ts";
import { nanoseconds } from "../ros/time.ts";
import type { Workcell } from "../shelf/workcell.ts";
import { clearanceMarkers, contactMarkers } from "./live-markers.ts";
import { planMarkers } from "./plan-markers.ts";
import { stillMarkers } from "./still-markers.ts";
import { jointTransforms, staticTransforms } from "./transforms.ts";

/** How often frames and markers are told [s], by the stamps of what is heard. */
export interface SceneRates {
  readonly framesS: number;
  readonly markersS: number;
}

/** Tells a viewer where everything is: frames, bodies, what will be played, what touches, how near things come. */
export class SceneTeller {
  readonly #node: GraphNode;
  readonly #tell;
  readonly #due = new Map<string, bigint>();
  #plan: BowPlan | undefined;
  #knots: JointTrajectoryMessage | undefined;

  constructor(node: GraphNode) {
    this.#node = node;
    this.#tell = {
      frames: node.publisher("tf"),
      stillFrames: node.publisher("tf_static"),
      markers: node.publisher("markers"),
      stillMarkers: node.publisher("markers_static"),
    };
  }

  /** Says what stands still, and from now on what moves. */
  start({ instrument, cell, profile }: Workcell, rates: SceneRates): void {
    const node = this.#node;
    const scene = makeScene(instrument, cell);
    const nowNs = node.clock.nowNs();
    this.#tell.stillFrames.publish({ transforms: staticTransforms(instrument, scene.frames, nowNs) });
    this.#tell.stillMarkers.publish({ markers: stillMarkers(instrument, cell, nowNs) });
    const requiredM = profile.limits.clearanceM;
    this.#tellJoints(
      scene,
      makeClearanceCheck(instrument, cell, { ...CLEARANCE_SETTINGS, requiredM }),
      rates,
    );
    node.subscribe("bow_state", (state) => {
      const timeNs = nanoseconds(state.header.stamp);
      if (this.#isDue("contact", timeNs, rates.markersS))
        this.#tell.markers.publish({ markers: contactMarkers(instrument, state, timeNs) });
    });
    this.#tellPlan(instrument, cell);
  }

  #tellJoints(scene: CollisionScene, clearance: ClearanceCheck, { framesS, markersS }: SceneRates): void {
    this.#node.subscribe("joint_states", (state) => {
      const timeNs = nanoseconds(state.header.stamp);
      const q_rad = jointsOf(state);
      if (!q_rad) return;
      if (this.#isDue("frames", timeNs, framesS))
        this.#tell.frames.publish({ transforms: jointTransforms(scene.frames, q_rad, timeNs) });
      if (!this.#isDue("clearance", timeNs, markersS)) return;
      const nearest = clearance.clearanceAt(q_rad);
      const markers = clearanceMarkers(scene, q_rad, nearest, clearance.requiredM, timeNs);
      this.#tell.markers.publish({ markers });
    });
  }

  #tellPlan(instrument: Instrument, cell: Cell): void {
    const node = this.#node;
    node.subscribe("bow_plan", (message) => void (this.#plan = bowPlanFromMessage(message)));
    node.subscribe("joint_trajectory", (message) => void (this.#knots = message));
    node.subscribe("trajectory_details", (details) => {
      if (!this.#knots) return;
      const trajectory = trajectoryFromMessages(this.#knots, details);
      const timeNs = node.clock.nowNs();
      // One latched message holds everything that stays: whoever comes late gets it whole.
      const planned = planMarkers(instrument, trajectory, this.#plan, timeNs);
      this.#tell.stillMarkers.publish({ markers: [...stillMarkers(instrument, cell, timeNs), ...planned] });
    });
  }

  /** Whether something is to be told again; a clock that went back begins anew. */
  #isDue(what: string, timeNs: bigint, everyS: number): boolean {
    const lastNs = this.#due.get(what);
    if (lastNs !== undefined && timeNs >= lastNs && Number(timeNs - lastNs) < everyS * 1e9) return false;
    this.#due.set(what, timeNs);
    return true;
  }
}

/** Joints in the arm's own order, whatever the order of the message. */
function jointsOf({ name, position }: JointState): Joints | undefined {
  const found = ROS_JOINT_NAMES.map((joint) => position[name.indexOf(joint)]);
  return found.includes(undefined) ? undefined : (found as unknown as Joints);
}
