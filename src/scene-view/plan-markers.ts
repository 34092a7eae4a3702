import { soundedStrings, type BowPlan } from "../bowing/bow-plan.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { forwardKinematics } from "../kinematics/forward.ts";
import { transformPoint } from "../math/pose.ts";
import { addScaled } from "../math/vec.ts";
import type { Marker } from "../ros/interfaces/generated/visualization_msgs.ts";
import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";
import { noteAt } from "../trajectory/note-at.ts";
import { marker, MARKER, point, rgba } from "./marker.ts";
import { STRING_COLOURS } from "./string-colours.ts";

/** More points than this make viewers slow; the path is thinned evenly. */
const MOST_POINTS = 4000;
const [PATH_WIDTH_M, ONSET_M] = [0.0015, 0.006];
const OFF_STRING = rgba(0.6, 0.6, 0.6, 0.6);

/** What is going to be played: the way of the frog, in the colour of the string being played, and where notes begin. */
export function planMarkers(
  instrument: Instrument,
  trajectory: JointTrajectory,
  plan: BowPlan | undefined,
  timeNs: bigint,
): Marker[] {
  const knots = trajectory.timeS.length;
  const every = Math.max(1, Math.ceil(knots / MOST_POINTS));
  const rows = Array.from({ length: Math.ceil(knots / every) }, (_, i) => i * every);
  const frogs = rows.map((row) => {
    const X_BF = forwardKinematics(instrument.dh, trajectory.q_rad.subarray(6 * row, 6 * row + 6));
    return point(transformPoint(X_BF, instrument.hair.frog_F_m));
  });
  const colours = rows.map((row) => colourAt(plan, trajectory.timeS[row]! - trajectory.scoreStartS));
  const place = { frame: "base", group: "plan", timeNs };
  const path = marker(
    { ...place, id: 0 },
    { type: MARKER.lineStrip, scale: { x: PATH_WIDTH_M, y: 0, z: 0 }, points: frogs, colors: colours },
  );
  if (!plan) return [path];
  const touched = plan.notes.flatMap((note) =>
    soundedStrings(note).map(({ string }) => ({ string, contactM: note.contactM })),
  );
  const onsets = marker(
    { ...place, id: 1 },
    {
      type: MARKER.spheres,
      scale: { x: ONSET_M, y: ONSET_M, z: ONSET_M },
      points: touched.map(({ string, contactM }) => {
        const { bridge_B_m, axis_B } = instrument.strings[string];
        return point(addScaled(bridge_B_m, axis_B, contactM));
      }),
      colors: touched.map(({ string }) => STRING_COLOURS[string]),
    },
  );
  return [path, onsets];
}

/** The string being played at a score time; grey before, between and after notes. */
function colourAt(plan: BowPlan | undefined, scoreS: number) {
  const note = plan?.notes[noteAt(plan, scoreS)];
  return note && scoreS >= note.startS && scoreS <= note.endS ? STRING_COLOURS[note.string] : OFF_STRING;
}
