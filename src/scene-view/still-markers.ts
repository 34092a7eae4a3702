import { bowShapes, HAIR, STICK } from "../collision/bow-shapes.ts";
import type { Cell } from "../collision/cell.ts";
import { celloShapes } from "../collision/cello-shapes.ts";
import { shapesOnCello, USUAL_SIZES } from "../collision/collision-scene.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { addScaled } from "../math/vec.ts";
import type { Marker } from "../ros/interfaces/generated/visualization_msgs.ts";
import { marker, MARKER, point, rgba, solid } from "./marker.ts";
import { STRING_COLOURS } from "./string-colours.ts";

const WOOD = rgba(0.55, 0.32, 0.15);
const ROOM = rgba(0.5, 0.5, 0.55, 0.35);
const STRING_WIDTH_M = 0.002;

/**
 * What keeps its shape: the bow on `tool0`, the cello with its strings in `base`, the room. These are the very bodies that
 * clearance is proven for.
 */
export function stillMarkers(instrument: Instrument, cell: Cell, timeNs: bigint): Marker[] {
  const strings = Object.values(instrument.strings);
  const names = new Set(strings.map(({ name }) => `${name} string`));
  const body = celloShapes(instrument, USUAL_SIZES.cello).filter(({ name }) => !names.has(name));
  return [
    ...bowShapes(instrument.hair, USUAL_SIZES.bow).map(({ name, shape }, id) =>
      solid({ frame: "tool0", group: "bow", id, timeNs }, shape, bowColour(name)),
    ),
    ...body.map(({ shape }, id) => solid({ frame: "base", group: "cello", id, timeNs }, shape, WOOD)),
    ...strings.map(({ name, bridge_B_m, axis_B, lengthM }, id) =>
      marker(
        { frame: "base", group: "strings", id, timeNs },
        {
          type: MARKER.lineStrip,
          scale: { x: STRING_WIDTH_M, y: 0, z: 0 },
          color: STRING_COLOURS[name],
          points: [bridge_B_m, addScaled(bridge_B_m, axis_B, lengthM)].map(point),
        },
      ),
    ),
    ...[...cell.obstacles, ...shapesOnCello(instrument, cell)].map(({ shape }, id) =>
      solid({ frame: "base", group: "room", id, timeNs }, shape, ROOM),
    ),
  ];
}

function bowColour(name: string) {
  if (name === HAIR) return rgba(0.95, 0.95, 0.9);
  return name === STICK ? rgba(0.4, 0.2, 0.1) : rgba(0.15, 0.15, 0.15);
}
