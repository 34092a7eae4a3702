import type { BowState } from "../cellist_msgs/messages.ts";
import type { Clearance } from "../collision/clearance.ts";
import type { CollisionScene } from "../collision/collision-scene.ts";
import { LINK, writeLinkPoses } from "../collision/link-poses.ts";
import { moveShape } from "../collision/shape.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { Joints } from "../math/joints.ts";
import type { Mat3 } from "../math/rotation.ts";
import { addScaled, type Vec3 } from "../math/vec.ts";
import type { Marker } from "../ros/interfaces/generated/visualization_msgs.ts";
import { STRING_NAMES } from "../score/score.ts";
import { ACTION, marker, MARKER, point, poseAt, rgba, solid, WHITE } from "./marker.ts";
import { STRING_COLOURS } from "./string-colours.ts";

/** A string under a force of 1 N is drawn so much thicker [m/N]. */
const WIDTH_PER_N = 0.004;
const TEXT_M = 0.03;

/** Hair on strings: each touched string, thicker the harder it is pressed, with force and speed beside it. */
export function contactMarkers({ strings }: Instrument, state: BowState, timeNs: bigint): Marker[] {
  return STRING_NAMES.flatMap((name, id) => {
    const forceN = state.force_n[id]!;
    const { bridge_B_m, axis_B, lengthM, outward_B } = strings[name];
    const place = { frame: "base", id, timeNs };
    if (forceN <= 0)
      return ["contact", "contact text"].map((group) =>
        marker({ ...place, group }, { type: MARKER.lineStrip, action: ACTION.remove }),
      );
    const at = addScaled(bridge_B_m, axis_B, state.contact_m[id]!);
    const speedMps = state.bow_speed_mps[id]!;
    const said = `${name}  ${forceN.toFixed(2)} N  ${(Math.abs(speedMps) * 100).toFixed(0)} cm/s ${speedMps > 0 ? "down" : "up"}`;
    return [
      marker(
        { ...place, group: "contact" },
        {
          type: MARKER.lineStrip,
          scale: { x: WIDTH_PER_N * forceN, y: 0, z: 0 },
          color: STRING_COLOURS[name],
          points: [bridge_B_m, at, addScaled(bridge_B_m, axis_B, lengthM)].map(point),
        },
      ),
      label({ ...place, group: "contact text" }, addScaled(at, outward_B, 2 * TEXT_M), said),
    ];
  });
}

/** Green from twice what is asked for, yellow below, red where less is left than is asked for. */
const clearanceColour = (minM: number, requiredM: number) =>
  minM < requiredM
    ? rgba(0.9, 0.1, 0.1, 0.8)
    : minM < 2 * requiredM
      ? rgba(0.95, 0.8, 0.1, 0.6)
      : rgba(0.1, 0.7, 0.2, 0.4);

/** The two bodies that are tightest now, and how far apart they are. */
export function clearanceMarkers(
  scene: CollisionScene,
  q_rad: Joints,
  { minM, pairNumber, pair }: Clearance,
  requiredM: number,
  timeNs: bigint,
): Marker[] {
  const links = new Float64Array(7 * LINK);
  writeLinkPoses(scene.frames, q_rad, links);
  const color = clearanceColour(minM, requiredM);
  const place = { frame: "base", group: "clearance", timeNs };
  const bodies = scene.pairs[pairNumber]!.map((index, id) => {
    const { link, shape } = scene.shapes[index]!;
    return solid({ ...place, id }, moveShape(linkPose(links, link), shape), color);
  });
  const { position } = bodies[0]!.pose;
  const said = `${pair.join(" and ")}: ${(minM * 1e3).toFixed(1)} mm (${(requiredM * 1e3).toFixed(1)} asked for)`;
  return [
    ...bodies,
    label(
      { ...place, group: "clearance text", id: 0 },
      [position.x, position.y, position.z + 2 * TEXT_M],
      said,
    ),
  ];
}

const label = (place: Parameters<typeof marker>[0], at: Vec3, text: string): Marker =>
  marker(place, {
    type: MARKER.text,
    pose: poseAt(at),
    scale: { x: 0, y: 0, z: TEXT_M },
    color: WHITE,
    text,
  });

function linkPose(links: Float64Array, link: number): { readonly p_m: Vec3; readonly R: Mat3 } {
  const row = links.subarray(link * LINK, (link + 1) * LINK);
  return { p_m: [row[0]!, row[1]!, row[2]!], R: Array.from(row.subarray(3)) as unknown as Mat3 };
}
