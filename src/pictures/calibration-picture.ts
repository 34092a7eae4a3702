import type { Calibration } from "../instrument/calibration.ts";
import type { CalibrationReport } from "../instrument/check.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { taughtFlange } from "../instrument/load.ts";
import { touchAt } from "../instrument/touch.ts";
import { transformPoint, untransformPoint } from "../math/pose.ts";
import { rotate, rotateInverse } from "../math/rotation.ts";
import { addScaled } from "../math/vec.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import { penFor, picture } from "./drawing.ts";

/** A calibration with what was made of it. */
export interface CalibrationDrawn {
  readonly calibration: Calibration;
  readonly instrument: Instrument;
  readonly report: CalibrationReport;
}

/** Where the strings are cut for the view along them, from the bridge [m]. */
const CUT_M = 0.085;
const SIZE = { width: 1080, height: 640 };

/**
 * A calibration at one look: the strings from the nut with every taught bow and each string's window, the hair used on
 * every string, and the contact points.
 *
 * @param last an earlier calibration of the same cell; its strings are drawn as rings
 * @returns an SVG file
 */
export function calibrationPicture(drawn: CalibrationDrawn, last?: Instrument): string {
  const title = `calibration "${drawn.calibration.name}", revision ${drawn.calibration.revision}`;
  return picture(SIZE.width, SIZE.height, title, [
    alongStrings(drawn, last),
    hairUsed(drawn),
    contactPoints(drawn),
  ]);
}

function alongStrings({ calibration, instrument, report }: CalibrationDrawn, last?: Instrument): string {
  const pen = penFor({
    title:
      "Seen from the nut, 85 mm from the bridge [mm]: strings, their windows (dashed), the bows as taught",
    left: 20,
    top: 40,
    width: 680,
    height: 580,
    x: [68, -68], // from the nut, the A string is on the left
    y: [-56, 60],
  });
  const { X_BC, strings, hair, tcp_F } = instrument;
  const cut = (of: Instrument, name: StringName): readonly [number, number] => {
    const { bridge_B_m, axis_B } = of.strings[name];
    const [x, , z] = untransformPoint(X_BC, addScaled(bridge_B_m, axis_B, CUT_M));
    return [1e3 * x, 1e3 * z];
  };
  const window = (name: StringName): string => {
    const { centre_rad, half_rad } = strings[name].window;
    const [x, z] = cut(instrument, name);
    return [-half_rad, half_rad]
      .map((off) => {
        const [c, s] = [Math.cos(centre_rad + off), Math.sin(centre_rad + off)];
        return pen.line(x - 60 * c, z - 60 * s, x + 60 * c, z + 60 * s, "faint dashed");
      })
      .join("");
  };
  const bow = (name: StringName, p: readonly number[], look: string): string => {
    const X_BF = taughtFlange(p, tcp_F);
    const { bowM } = touchAt(X_BF, hair, strings[name]);
    const [x, , z] = untransformPoint(
      X_BC,
      transformPoint(X_BF, addScaled(hair.frog_F_m, hair.axis_F, bowM)),
    );
    const [ux, , uz] = rotateInverse(X_BC.R, rotate(X_BF.R, hair.axis_F));
    const half = 45 / Math.hypot(ux, uz);
    return pen.line(1e3 * x - half * ux, 1e3 * z - half * uz, 1e3 * x + half * ux, 1e3 * z + half * uz, look);
  };
  const taught = STRING_NAMES.flatMap((name) => [
    window(name),
    bow(name, calibration.taught[name].frog.p, `${name} thin`),
    bow(name, calibration.taught[name].tip.p, `${name} thin dashed`),
  ]);
  const extra = calibration.extra.map(({ string, p }) => bow(string, p, `${string} thin`));
  const dots = STRING_NAMES.flatMap((name) => {
    const [x, z] = cut(instrument, name);
    const before = last === undefined ? "" : pen.dot(...cut(last, name), 7, `${name} hollow`);
    return [before, pen.dot(x, z, 4, name), pen.text(x, z - 7, name, `middle ${name}`)];
  });
  const steps = report.steps_rad.map((step) => degrees(step)).join(", ");
  const rings = last ? " Rings: the strings as they were before." : "";
  const line = `full: frog, dashed: tip.${rings} Turn from string to string C-G, G-D, D-A: ${steps} deg`;
  return pen.panel([...taught, ...extra, ...dots, pen.text(64, -52, line)]);
}

function hairUsed({ instrument, report }: CalibrationDrawn): string {
  const most = 1e3 * instrument.hair.lengthM;
  const pen = penFor({
    title: "Hair [mm from the frog]: taught (pale), playable",
    left: 730,
    top: 40,
    width: 330,
    height: 250,
    x: [-60, most * 1.05],
    y: [0, 4],
  });
  const rows = STRING_NAMES.flatMap((name, row) => {
    const { bowM, pressedM } = report.strings[name];
    const { fromM, toM } = instrument.strings[name].playable;
    const y = row + 0.3;
    const gaps = `off the fit: ${millimetres(-pressedM.frog)} and ${millimetres(-pressedM.tip)} mm`;
    return [
      pen.text(-50, y + 0.1, name, name),
      pen.block(1e3 * bowM.frog, y, 1e3 * bowM.tip, y + 0.3, `${name} pale`),
      pen.block(1e3 * fromM, y + 0.1, 1e3 * toM, y + 0.2, name),
      pen.text(1e3 * bowM.frog, y + 0.42, gaps),
    ];
  });
  return pen.panel([pen.line(0, 0, 0, 4, "faint"), pen.line(most, 0, most, 4, "faint"), ...rows]);
}

function contactPoints({ report }: CalibrationDrawn): string {
  const pen = penFor({
    title: "Contact [mm from the bridge], nut upwards",
    left: 730,
    top: 330,
    width: 330,
    height: 290,
    x: [-0.5, 3.5],
    y: [0, 240],
  });
  const strings = STRING_NAMES.flatMap((name, i) => {
    const { contactM } = report.strings[name];
    const extra = report.extra.filter(({ string }) => string === name);
    return [
      pen.line(i, 0, i, 240, `${name} thin`),
      pen.dot(i, 1e3 * contactM.frog, 4, name),
      pen.dot(i, 1e3 * contactM.tip, 4, `${name} hollow`),
      ...extra.map((point) => pen.dot(i, 1e3 * point.contactM, 2.5, name)),
      pen.text(i, 226, name, `middle ${name}`),
    ];
  });
  const rulers = [50, 100, 150, 200].flatMap((mm) => [
    pen.line(-0.5, mm, 3.5, mm, "faint"),
    pen.text(-0.46, mm + 3, String(mm)),
  ]);
  return pen.panel([...rulers, ...strings, pen.text(-0.46, 8, "dot: frog, ring: tip, small: extra points")]);
}

const degrees = (rad: number): string => ((rad * 180) / Math.PI).toFixed(1);
const millimetres = (m: number): string => (1e3 * m).toFixed(1);
