import type * as cellist from "../cellist_msgs/messages.ts";
import { CellistError } from "../errors.ts";
import { compareCalibrations } from "../instrument/compare-calibrations.ts";
import type { GraphNode, ServiceType } from "../ros/node/graph-node.ts";
import { taughtMarkers } from "../scene-view/taught-markers.ts";
import { STRING_NAMES } from "../score/score.ts";
import type { LoadedInstrument } from "../shelf/load-instrument.ts";
import type { HandTeaching } from "./hand-teaching.ts";
import type { MadeCalibration } from "./make-calibration.ts";
import { parkedInTheWay } from "./parked-in-the-way.ts";
import { placeNamed, shortName } from "./place-named.ts";
import { residualLines, storeCalibration } from "./store-calibration.ts";
import { refuseUnconfirmed, titleOf, type TeachingWork } from "./teaching-work.ts";

/** Services by which an operator teaches. */
export const TEACHING_SERVICES = {
  "~/free": "cellist_msgs/srv/FreeArm",
  "~/hold": "std_srvs/srv/Trigger",
  "~/teach": "cellist_msgs/srv/Teach",
  "~/drop": "std_srvs/srv/Trigger",
  "~/fit": "cellist_msgs/srv/FitCalibration",
  "~/save": "std_srvs/srv/Trigger",
} as const satisfies Readonly<Record<string, ServiceType>>;

/** Answers an operator who teaches, and shows the places that were taught. */
export function serveTeaching(node: GraphNode, work: TeachingWork): void {
  const { teaching, start, last, out } = work;
  const { places } = teaching;
  const show = markersOf(node, work);
  const make = () => teaching.make(titleOf(work, new Date(Number(node.clock.nowNs() / 1_000_000n))));
  const trigger = (name: "hold" | "drop" | "save", answer: () => Promise<string> | string): void =>
    void node.serve(`~/${name}`, "std_srvs/srv/Trigger", () => answered(async () => answer()));

  node.serve("~/free", TEACHING_SERVICES["~/free"], ({ confirm }) =>
    answered(async () => {
      refuseUnconfirmed(work, confirm);
      await teaching.free();
      node.log("info", "the arm is free: a hand may move it");
      return "the arm is free: take it by the wrist and move it gently; it holds itself again with ~/hold";
    }),
  );
  trigger("hold", async () =>
    (await teaching.hold()) ? "the arm holds itself where it is" : "the arm was not free from here",
  );
  node.serve("~/teach", TEACHING_SERVICES["~/teach"], ({ place: name, from_bridge_m, hair_m }) =>
    answered(async () => {
      const place = placeNamed(name, (string) => places.extraOf(string));
      const ruler = { ...(from_bridge_m > 0 && { from_bridge_m }), ...(hair_m > 0 && { hair_m }) };
      const { p } = await teaching.take(place, ruler);
      show();
      const mm = p.slice(0, 3).map((metres) => (1e3 * metres).toFixed(1));
      return `${shortName(place)}: tool at ${mm.join(", ")} mm; ${stillToCome(teaching)}`;
    }),
  );
  trigger("drop", () => {
    const dropped = places.drop();
    show();
    return dropped ? `${shortName(dropped)} is forgotten; ${stillToCome(teaching)}` : "nothing is taught";
  });
  node.serve("~/fit", TEACHING_SERVICES["~/fit"], () => fitted(work, make));
  trigger("save", async () => {
    const made = await make();
    const inTheWay = parkedInTheWay(made.instrument, work.room);
    if (inTheWay !== undefined)
      throw new CellistError(
        "calibration-invalid",
        `nothing was written: parked there, ${inTheWay}; teach parked anew`,
      );
    const written = await storeCalibration(out, made, last);
    made.report.warnings.forEach((warning) => node.log("warn", warning));
    written.forEach((line) => node.log("info", line));
    work.onSaved();
    return [...written, ...keptFrom(teaching, start), `${made.report.warnings.length} warnings`].join("\n");
  });
}

/** Nobody calls this who does not want to see it: refusals are answers, too. */
async function answered(work: () => Promise<string>): Promise<{ success: boolean; message: string }> {
  try {
    return { success: true, message: await work() };
  } catch (error) {
    if (error instanceof CellistError) return { success: false, message: error.message };
    throw error;
  }
}

async function fitted(
  work: TeachingWork,
  make: () => Promise<MadeCalibration>,
): Promise<cellist.FitCalibration_Response> {
  const { teaching, start, last } = work;
  let made: MadeCalibration | undefined;
  const said = await answered(async () => {
    made = await make();
    const inTheWay = parkedInTheWay(made.instrument, work.room);
    return [
      ...residualLines(made, last),
      ...keptFrom(teaching, start),
      ...(inTheWay === undefined ? [] : [`warning: parked there, ${inTheWay}; teach parked anew`]),
    ].join("\n");
  });
  if (!made) return { ...said, strings: [], steps_rad: [], warnings: [], most_changed_m: 0 };
  const { report, instrument } = made;
  return {
    ...said,
    strings: STRING_NAMES.map((name) => residualsMessage(name, report.strings[name])),
    steps_rad: report.steps_rad,
    warnings: report.warnings,
    most_changed_m: last ? compareCalibrations(last.instrument, instrument).mostM : 0,
  };
}

const residualsMessage = (
  name: string,
  { pressedM, angle_rad, offCentre_rad, window_rad }: MadeCalibration["report"]["strings"]["C"],
): cellist.StringResiduals => ({
  name,
  pressed_frog_m: pressedM.frog,
  pressed_tip_m: pressedM.tip,
  angle_frog_rad: angle_rad.frog,
  angle_tip_rad: angle_rad.tip,
  off_centre_frog_rad: offCentre_rad.frog,
  off_centre_tip_rad: offCentre_rad.tip,
  window_rad,
});

function stillToCome({ places }: HandTeaching): string {
  const missing = places.missing().map(shortName);
  return missing.length === 0 ? "everything is taught" : `still to come: ${missing.join(", ")}`;
}

/** Poses that were not taught anew, by name. */
function keptFrom({ places }: HandTeaching, { calibration }: LoadedInstrument): string[] {
  const missing = places.missing().map(shortName);
  return missing.length === 0 ? [] : [`not taught, kept from "${calibration.name}": ${missing.join(", ")}`];
}

function markersOf(node: GraphNode, { teaching, start, markers }: TeachingWork): () => void {
  let before = 0;
  return () => {
    const bows = teaching.places.taken.map(({ place, pose }) => ({
      name: shortName(place),
      string: place.kind === "parked" ? undefined : place.string,
      p: pose.p,
    }));
    markers.publish({ markers: taughtMarkers(start.instrument, bows, before, node.clock.nowNs()) });
    before = bows.length;
  };
}
