import { JOINT_NAMES } from "../math/joints.ts";
import { noteName } from "../score/note-name.ts";
import { chartFrame, type ChartFrame } from "./chart/chart-frame.ts";
import { curve } from "./chart/curve.ts";
import type { PerformanceRecord } from "./performance-record.ts";
import type { NoteReport, PerformanceReport } from "./performance-report.ts";
import { scoreClock } from "./score-clock.ts";

/** The pictures of a report, as SVG, in the order they are read. */
export function reportCharts(report: PerformanceReport, record: PerformanceRecord): readonly string[] {
  const endS = Math.max(1, ...report.notes.map((n) => n.offset.plannedS));
  const x = { from: -0.5, to: endS + 0.5, label: "score time, s" };
  const clock = scoreClock(record);
  return [
    ...scoreRolls(report.notes, endS),
    onsetErrors(report, x),
    bowPosition(record, clock.scoreS, x),
    forces(report.notes, x),
    jointSpeeds(record, clock.scoreS, x),
  ];
}

type XAxis = { readonly from: number; readonly to: number; readonly label: string };

/** Longest line of the score roll [s]; longer pieces go on below, as in printed music. */
const SYSTEM_S = 30;
/** Onset errors are drawn so many times too long: a millisecond cannot be seen beside a bar. */
const MAGNIFIED = 20;

/** Planned notes as frames, achieved ones filled, coloured by string, in lines of equal length. */
function scoreRolls(notes: readonly NoteReport[], endS: number): readonly string[] {
  const lines = Math.max(1, Math.ceil(endS / SYSTEM_S));
  const lengthS = endS / lines;
  return Array.from({ length: lines }, (_, line) => {
    const [fromS, toS] = [line * lengthS, (line + 1) * lengthS];
    const onLine = notes.filter((n) => n.offset.plannedS > fromS && n.onset.plannedS < toS);
    const x = { from: fromS - 0.02 * lengthS, to: toS + 0.02 * lengthS, label: "score time, s" };
    return scoreRoll(notes, onLine, x, line === 0);
  });
}

function scoreRoll(
  all: readonly NoteReport[],
  notes: readonly NoteReport[],
  x: XAxis,
  first: boolean,
): string {
  const pitches = all.flatMap(eachPitch).map((n) => n.midi);
  const [low, high] = [Math.min(...pitches) - 1.5, Math.max(...pitches) + 1.5];
  const used = [...new Set(pitches)].sort((a, b) => a - b);
  const every = Math.ceil(used.length / 12);
  const ticks = used.filter((_, i) => i % every === 0).map((midi) => ({ at: midi, text: noteName(midi) }));
  const frame = chartFrame({
    title: first
      ? `Score: planned notes (outlined), what the bow did (filled), onset errors (red, ${MAGNIFIED} times too long)`
      : "",
    x,
    y: { from: low, to: high, label: "pitch", ticks },
  });
  const half = Math.min(6, (frame.y(low) - frame.y(low + 1)) * 0.4);
  return frame.svg(
    notes
      .flatMap(eachPitch)
      .map((note) => noteBars(frame, note, x, half))
      .join(""),
  );
}

/** A double stop is drawn as two notes. */
const eachPitch = ({ lower, ...note }: NoteReport): readonly NoteReport[] =>
  lower ? [note, { ...note, midi: lower.midi, string: { ...note.string, planned: lower.string } }] : [note];

function noteBars(frame: ChartFrame, note: NoteReport, x: XAxis, half: number): string {
  const { onset, offset, midi, played, startsWith, string } = note;
  const y = frame.y(midi);
  const inside = (s: number): number => frame.x(Math.min(x.to, Math.max(x.from, s)));
  const bar = (from: number, to: number, attributes: string): string => {
    const [left, right] = [inside(from), inside(to)];
    return `<rect x="${left}" y="${(y - half).toFixed(1)}" width="${Math.max(1, right - left - 1).toFixed(1)}" height="${(2 * half).toFixed(1)}" rx="2" ${attributes}/>`;
  };
  const bowed = played && (onset.achievedS !== null || startsWith === "left hand");
  const done = bowed
    ? bar(
        onset.achievedS ?? onset.plannedS,
        offset.achievedS ?? offset.plannedS,
        `class="s${string.planned}"`,
      )
    : "";
  const tip = inside(onset.plannedS + MAGNIFIED * (onset.errorS ?? 0));
  const error =
    onset.errorS === null
      ? ""
      : `<path class="error" d="M${inside(onset.plannedS)} ${y - half - 3}H${tip}M${tip} ${y - half - 5}v4"/>`;
  return done + bar(onset.plannedS, offset.plannedS, `class="outline${played ? "" : " missed"}"`) + error;
}

function onsetErrors(report: PerformanceReport, x: XAxis): string {
  const errors = report.notes.filter((n) => n.onset.errorS !== null);
  const most = Math.max(20, ...errors.map((n) => Math.abs(1e3 * n.onset.errorS!)));
  const frame = chartFrame({
    title: "Onset errors: achieved contact against the score (band: ± 5 ms; early is below)",
    x,
    y: { from: -most, to: most, label: "ms" },
  });
  const band = `<rect class="band" x="${frame.x(x.from)}" y="${frame.y(5)}" width="${frame.x(x.to) - frame.x(x.from)}" height="${frame.y(-5) - frame.y(5)}"/>`;
  const zero = `<line class="zero" x1="${frame.x(x.from)}" x2="${frame.x(x.to)}" y1="${frame.y(0)}" y2="${frame.y(0)}"/>`;
  const dots = errors.map(
    (n) =>
      `<circle class="s${n.string.planned}" cx="${frame.x(n.onset.plannedS)}" cy="${frame.y(1e3 * n.onset.errorS!)}" r="3.5"/>`,
  );
  return frame.svg(band + zero + dots.join(""));
}

/** Hair under the string that bears most, against the plan. */
function bowPosition(record: PerformanceRecord, scoreS: Float64Array, x: XAxis): string {
  const { contacts, plan } = record;
  const achieved = Float64Array.from(scoreS, (_, k) => {
    let string = 0;
    for (let s = 1; s < 4; s++)
      if (contacts.forceN[k * 4 + s]! > contacts.forceN[k * 4 + string]!) string = s;
    return contacts.forceN[k * 4 + string]! > 0.05 ? 100 * contacts.bowPositionM[k * 4 + string]! : NaN;
  });
  const most = Math.max(10, ...plan.notes.flatMap((n) => [100 * n.bowStartM, 100 * n.bowEndM])) + 3;
  const frame = chartFrame({
    title:
      "Bow: hair under the string, from the frog (planned: dotted, blue down-bow, orange up-bow; achieved: line)",
    x,
    y: { from: 0, to: most, label: "cm from the frog" },
  });
  const planned = plan.notes.map(
    (n) =>
      `<path class="planned ${n.direction}" d="M${frame.x(n.startS)} ${frame.y(100 * n.bowStartM)}L${frame.x(n.endS)} ${frame.y(100 * n.bowEndM)}"/>`,
  );
  return frame.svg(curve(frame, scoreS, achieved, "line thin") + planned.join(""));
}

const FORCE_AXIS_N = { from: 0.01, to: 30 };

/** Mean force of each note inside Schelleng's band. */
function forces(notes: readonly NoteReport[], x: XAxis): string {
  const frame = chartFrame({
    title: "Bow force per note (dot) inside Schelleng's limits at the achieved speed and contact point (bar)",
    x,
    y: { ...FORCE_AXIS_N, label: "N, logarithmic", log: true },
  });
  const body = notes.map((n) => {
    if (!n.band || n.forceN.achieved === null) return "";
    const [from, to] = [frame.x(n.onset.plannedS), frame.x(n.offset.plannedS)];
    const shown = (forceN: number): number => Math.min(Math.max(forceN, FORCE_AXIS_N.from), FORCE_AXIS_N.to);
    const [top, bottom] = [frame.y(shown(n.band.maxForceN)), frame.y(shown(n.band.minForceN))];
    return (
      `<rect class="band" x="${from}" y="${top}" width="${Math.max(1, to - from - 1)}" height="${Math.max(1, bottom - top)}"/>` +
      `<circle class="s${n.string.planned}" cx="${(from + to) / 2}" cy="${frame.y(n.forceN.achieved)}" r="3.5"/>`
    );
  });
  return frame.svg(body.join(""));
}

/** Joint speeds as shares of their limits. */
function jointSpeeds(record: PerformanceRecord, scoreS: Float64Array, x: XAxis): string {
  const { limit } = record.trajectory.margins.jointSpeed;
  const frame = chartFrame({
    title: `Joint speeds, measured (dashed: limit ± ${limit.toFixed(2)} rad/s)`,
    x,
    y: { from: -limit * 1.05, to: limit * 1.05, label: "rad/s" },
  });
  const lines = JOINT_NAMES.map((_, j) =>
    curve(
      frame,
      scoreS,
      Float64Array.from(scoreS, (t, k) => (t < x.from || t > x.to ? NaN : record.qd_radps[k * 6 + j]!)),
      `line j${j}`,
    ),
  );
  const limits = [limit, -limit].map(
    (at) =>
      `<line class="limit" x1="${frame.x(x.from)}" x2="${frame.x(x.to)}" y1="${frame.y(at)}" y2="${frame.y(at)}"/>`,
  );
  const legend = JOINT_NAMES.map(
    (name, j) => `<tspan class="j${j}" dx="${j === 0 ? 0 : 12}">${name}</tspan>`,
  ).join("");
  return frame.svg(lines.join("") + limits.join("") + `<text class="legend" x="600" y="18">${legend}</text>`);
}
