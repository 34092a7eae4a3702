import type { Instrument } from "../instrument/instrument.ts";
import { taughtFlange } from "../instrument/load.ts";
import { transformPoint } from "../math/pose.ts";
import { addScaled } from "../math/vec.ts";
import type { Marker } from "../ros/interfaces/generated/visualization_msgs.ts";
import type { StringName } from "../score/score.ts";
import { ACTION, marker, MARKER, point, poseAt, WHITE } from "./marker.ts";
import { STRING_COLOURS } from "./string-colours.ts";

/** A pose of the bow that was taught. */
export interface TaughtBow {
  /** As it is called, as in "A frog". */
  readonly name: string;
  /** The string it lay on; undefined where it lay on none. */
  readonly string: StringName | undefined;
  /** Pose of the TCP in the base, as UR writes it [m, rad]. */
  readonly p: readonly number[];
}

const HAIR_WIDTH_M = 0.004;
const LETTER_M = 0.02;

/**
 * The hair of the bow where it was held at each place, in the string's colour, with its name.
 *
 * @param before how many were drawn before: those that are no longer taught are taken away
 */
export function taughtMarkers(
  { hair, tcp_F }: Pick<Instrument, "hair" | "tcp_F">,
  bows: readonly TaughtBow[],
  before: number,
  timeNs: bigint,
): Marker[] {
  const place = { frame: "base", group: "taught", timeNs };
  const drawn = bows.flatMap(({ name, string, p }, i): Marker[] => {
    const X_BF = taughtFlange(p, tcp_F);
    const ends = [hair.frog_F_m, addScaled(hair.frog_F_m, hair.axis_F, hair.lengthM)];
    const [frog, tip] = ends.map((end) => transformPoint(X_BF, end)) as [
      typeof hair.frog_F_m,
      typeof hair.frog_F_m,
    ];
    const color = string === undefined ? WHITE : STRING_COLOURS[string];
    const label = { scale: { x: 0, y: 0, z: LETTER_M }, color, text: name };
    return [
      marker(
        { ...place, id: 2 * i },
        {
          type: MARKER.lineStrip,
          scale: { x: HAIR_WIDTH_M, y: 0, z: 0 },
          color,
          points: [frog, tip].map(point),
        },
      ),
      marker({ ...place, id: 2 * i + 1 }, { type: MARKER.text, pose: poseAt(frog), ...label }),
    ];
  });
  const gone = Array.from({ length: Math.max(0, 2 * (before - bows.length)) }, (_, i) =>
    marker({ ...place, id: 2 * bows.length + i }, { type: MARKER.lineStrip, action: ACTION.remove }),
  );
  return [...drawn, ...gone];
}
