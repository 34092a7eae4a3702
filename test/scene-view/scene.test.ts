import { expect, it } from "vitest";
import { makeClearanceCheck } from "../../src/collision/clearance.ts";
import { makeScene } from "../../src/collision/collision-scene.ts";
import { hostAlone, loneSpec } from "../../src/launch/lone-node.ts";
import { ROS_JOINT_NAMES } from "../../src/math/joints.ts";
import { decodeCdr } from "../../src/ros/graph/message-codec.ts";
import { EmbeddedGraph } from "../../src/ros/graph/embedded-graph.ts";
import type { Marker } from "../../src/ros/interfaces/generated/visualization_msgs.ts";
import { GraphNode } from "../../src/ros/node/graph-node.ts";
import { rosTime } from "../../src/ros/time.ts";
import { clearanceMarkers, contactMarkers } from "../../src/scene-view/live-markers.ts";
import { stillMarkers } from "../../src/scene-view/still-markers.ts";
import { loadCell, loadInstrument } from "../../src/shelf/load-instrument.ts";

const { instrument } = await loadInstrument("reference");
const cell = await loadCell("reference");
const spec = loneSpec("scene", { parameters: { frames_hz: 50, markers_hz: 10 } });

it("tells where the arm is 50 times a second and what is near ten times, of 500 joint states", async () => {
  const graph = new EmbeddedGraph();
  const heard = new Map<string, Marker[][] | unknown[]>();
  const arm = new GraphNode(graph, { name: "arm" });
  const joints = arm.publisher("joint_states");
  for (const topic of ["tf", "tf_static", "markers", "markers_static"] as const)
    arm.subscribe(topic, (message) => heard.set(topic, [...(heard.get(topic) ?? []), message]));
  const hosted = await hostAlone(graph, spec);
  await hosted.moveOn("configure");
  await hosted.moveOn("activate");
  for (let i = 0; i < 500; i++)
    joints.publish({
      header: { stamp: rosTime(BigInt(i) * 2_000_000n), frame_id: "" },
      // Whatever the order of the message, every joint is found by its name.
      name: [...ROS_JOINT_NAMES].reverse(),
      position: [...instrument.parked_rad].reverse(),
      velocity: [],
      effort: [],
    });
  expect(heard.get("tf")).toHaveLength(50);
  expect(heard.get("markers")).toHaveLength(10);
  expect(heard.get("tf_static")).toHaveLength(1);
  const [still] = heard.get("markers_static") as { markers: Marker[] }[];
  const groups = new Set(still!.markers.map(({ ns }) => ns));
  expect([...groups].sort()).toEqual(["bow", "cello", "room", "strings"]);
  hosted.destroy();
});

it("marks the tightest pair with the distance that the clearance check finds", () => {
  const check = makeClearanceCheck(instrument, cell);
  const nearest = check.clearanceAt(instrument.parked_rad);
  const scene = makeScene(instrument, cell);
  const [first, second, text] = clearanceMarkers(scene, instrument.parked_rad, nearest, check.requiredM, 0n);
  expect([first!.ns, second!.ns]).toEqual(["clearance", "clearance"]);
  expect(text!.text).toContain(`${nearest.pair.join(" and ")}: ${(nearest.minM * 1e3).toFixed(1)} mm`);
});

it("shows a touched string and takes the mark away when the hair leaves it", () => {
  const state = {
    header: { stamp: { sec: 0, nanosec: 0 }, frame_id: "" },
    force_n: [0, 0, 0.8, 0],
    bow_speed_mps: [0, 0, -0.25, 0],
    contact_m: [0.05, 0.05, 0.06, 0.05],
    bow_position_m: [0, 0, 0.3, 0],
    simulated: true,
  };
  const markers = contactMarkers(instrument, state, 0n);
  expect(markers.filter(({ action }) => action === 0).map(({ ns, id }) => `${ns} ${id}`)).toEqual([
    "contact 2",
    "contact text 2",
  ]);
  expect(markers.find(({ text }) => text !== "")!.text).toBe("D  0.80 N  25 cm/s up");
  expect(markers.filter(({ action }) => action === 2)).toHaveLength(6);
});

it("makes markers that are messages: they encode, and no two share a group and number", () => {
  const graph = new EmbeddedGraph();
  const node = new GraphNode(graph, { name: "n" });
  let decoded: { markers: Marker[] } | undefined;
  node.subscribe("markers_static", (_, { cdr, type }) => {
    decoded = decodeCdr(type, cdr) as { markers: Marker[] };
  });
  const markers = stillMarkers(instrument, cell, 5n);
  node.publisher("markers_static").publish({ markers });
  expect(decoded!.markers).toHaveLength(markers.length);
  const names = markers.map(({ ns, id }) => `${ns} ${id}`);
  expect(new Set(names).size).toBe(names.length);
});
