import type { CalibrationChange } from "../instrument/compare-calibrations.ts";
import type { Calibration } from "../instrument/calibration.ts";
import type { CalibrationReport } from "../instrument/check.ts";
import type { Drift } from "../instrument/drift.ts";
import { TAUGHT } from "../instrument/fit-cello.ts";
import type { CalibrationDrawn } from "../pictures/calibration-picture.ts";
import { STRING_NAMES } from "../score/score.ts";

/** What a calibration leaves over, as a table for people. */
export function calibrationTable({ calibration, instrument, report }: CalibrationDrawn): string[] {
  const deg = (rad: number): string => ((rad * 180) / Math.PI).toFixed(1).padStart(6);
  const mm = (m: number, digits = 0): string => (m * 1e3).toFixed(digits).padStart(6);
  const rows = STRING_NAMES.map((name) => {
    const s = report.strings[name];
    const { playable } = instrument.strings[name];
    return (
      `${name}      ${deg(s.angle_rad.frog)} ${deg(s.angle_rad.tip)}  ${deg(s.offCentre_rad.frog)} ${deg(s.offCentre_rad.tip)} ±${deg(s.window_rad).trim()}  ${mm(s.pressedM.frog, 3)} ${mm(s.pressedM.tip, 3)}  ` +
      `${mm(s.contactM.frog)} ${mm(s.contactM.tip)}   ${mm(s.bowM.frog)}-${mm(s.bowM.tip).trim()}  ${mm(playable.fromM)}-${mm(playable.toM).trim()}  ` +
      `${deg(s.minElbow_rad)}   ${mm(s.jointsMissM, 4)}`
    );
  });
  return [
    `calibration "${calibration.name}": ${calibration.origin}`,
    "string  bow-string deg   off the middle deg   hair pressed mm   from bridge mm   taught mm    playable mm  elbow   joints miss mm",
    "         frog    tip       frog    tip   of      frog    tip       frog    tip    of the hair  of the hair  deg",
    ...rows,
    `turn of the bow from string to string: C-G ${deg(report.steps_rad[0]).trim()}, G-D ${deg(report.steps_rad[1]).trim()}, D-A ${deg(report.steps_rad[2]).trim()} deg`,
    ...report.warnings.map((warning) => `warning: ${warning}`),
  ];
}

/** Extra points and planes, one line each; nothing where nothing was taught. */
export function planeLines({ extra, planes }: CalibrationReport): string[] {
  const points = extra.map(
    ({ string, pressedM, contactM, bowM }, i) =>
      `extra point ${i + 1}: ${string} string, hair pressed ${(1e3 * pressedM).toFixed(2)} mm, ${(1e3 * contactM).toFixed(0)} mm from the bridge, ` +
      `${(1e3 * bowM).toFixed(0)} mm from the frog`,
  );
  const lines = STRING_NAMES.flatMap((name) => {
    const plane = planes[name];
    if (!plane) return [];
    return [
      `plane of the strokes on ${name}: hair ${(1e3 * plane.rmsM).toFixed(2)} mm beside it (rms), ` +
        `${((plane.offModel_rad * 180) / Math.PI).toFixed(1)} deg from the fitted one`,
    ];
  });
  return [...points, ...lines];
}

/**
 * What no ruler has told of the cello, and how to measure it; nothing where rulers have told it all. Without them the table shows
 * the bow where the fit was told that it lies.
 */
export function assumedLines({ extra }: Calibration): string[] {
  const isRuled = (what: "from_bridge_m" | "hair_m"): boolean =>
    extra.some((point) => point[what] !== undefined);
  const unruled = [
    {
      what: `how far from the bridge the bow lay (${1e3 * TAUGHT.contactM} mm)`,
      is: isRuled("from_bridge_m"),
    },
    {
      what: "where along the hair the frog is (as in the calibration it started from)",
      is: isRuled("hair_m"),
    },
  ].filter(({ is }) => !is);
  if (unruled.length === 0) return [];
  return [
    `(assumed, as no ruler told it: ${unruled.map(({ what }) => what).join(", and ")}; to measure it, teach with --extra 1 and type ` +
      "the millimetres from bridge to hair and from frog to string at an extra point)",
  ];
}

/** What changed from one calibration to the next, as a bow led by the earlier one would feel it. */
export function changeLines({ strings, mostM, otherArm }: CalibrationChange): string[] {
  const mm = (m: number): string => `${m < 0 ? "-" : "+"}${Math.abs(1e3 * m).toFixed(2)}`.padStart(7);
  const rows = STRING_NAMES.map((name) => {
    const { deeper, farther, offCentre_rad } = strings[name];
    return (
      `${name}      ${mm(deeper.frogM)} ${mm(deeper.tipM)}   ${mm(farther.frogM)} ${mm(farther.tipM)}   ` +
      `${((offCentre_rad * 180) / Math.PI).toFixed(2).padStart(6)}`
    );
  });
  return [
    "played by the earlier calibration, the bow would now be",
    "string  deeper in the string mm   farther from the bridge mm   off the middle deg",
    "        frog    tip       frog    tip",
    ...rows,
    `at most ${(1e3 * mostM).toFixed(2)} mm deeper or higher`,
    ...(otherArm ? ["warning: the arm's kinematics are those of another arm"] : []),
  ];
}

/** What a re-check has found. */
export function driftLines({ acrossM, outwardM, roll_rad, pitch_rad, foundM, rmsM }: Drift): string[] {
  const [mm, deg] = [
    (m: number): string => (1e3 * m).toFixed(2),
    (rad: number): string => ((rad * 180) / Math.PI).toFixed(2),
  ];
  return [
    `strings found ${mm(Math.min(...foundM))} to ${mm(Math.max(...foundM))} mm from where they should be`,
    `the cello has moved ${mm(acrossM)} mm across towards A and ${mm(outwardM)} mm outwards, ${deg(roll_rad)} deg about the strings, ` +
      `${deg(pitch_rad)} deg with the nut outwards; ${mm(rmsM)} mm are left over (rms)`,
    "(along the strings, and turned like the hands of a clock, it may have moved unseen)",
  ];
}
