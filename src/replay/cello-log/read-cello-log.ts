import { CellistError } from "../../errors.ts";
import type { Joints } from "../../math/joints.ts";
import type { UrPose } from "../../math/pose.ts";

/** One row of a log of the published robot cellist. */
export interface LogRow {
  /** Robot clock; in logs of events from the first row [s]. */
  readonly timeS: number;
  /** "START d_bow", "END d_bow", "START d_to_a" */
  readonly label: string;
  readonly tcpPose: UrPose;
  readonly q_rad: Joints;
  readonly qd_radps?: Joints;
  readonly tcpWrench?: UrPose;
}

export interface CelloLog {
  /** "forces": 125 Hz with TCP force; "speeds": 125 Hz with joint speeds; "events": one row for each change of the flag. */
  readonly layout: "forces" | "speeds" | "events";
  readonly rows: readonly LogRow[];
}

const AXES = ["x", "y", "z", "rx", "ry", "rz"] as const;
const JOINTS = ["base", "shoulder", "elbow", "wrist1", "wrist2", "wrist3"] as const;

/**
 * Reads a CSV log of the public robot cellist, in any of its three layouts.
 *
 * The columns of note, string and remaining time are not read: they follow the nominal time of the MIDI file, not the robot.
 *
 * @throws CellistError "file-unreadable" with the line that does not fit
 * @source facts of arXiv 2601.03562's logs
 */
export function readCelloLog(text: string, path: string): CelloLog {
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  const columns = new Map((lines[0] ?? "").split(",").map((name, i) => [name, i]));
  const layout = layoutOf(columns);
  if (!layout)
    throw new CellistError("file-unreadable", `${path} has none of the three headers of a cello log`, {
      path,
    });
  const rows = lines.slice(1).map((line, i) => {
    const row = layout === "events" ? eventRow(fieldsOf(line)) : sampleRow(line.split(","), columns, layout);
    if (![row.timeS, ...row.tcpPose, ...row.q_rad].every(Number.isFinite))
      throw new CellistError("file-unreadable", `${path}, line ${i + 2}: a number is missing`, { path });
    return row;
  });
  const back = rows.findIndex((row, i) => i > 0 && row.timeS <= rows[i - 1]!.timeS);
  if (back > 0 && layout !== "events")
    throw new CellistError("file-unreadable", `${path}, line ${back + 2}: time does not go on`, { path });
  if (rows.length === 0) throw new CellistError("file-unreadable", `${path} has no row`, { path });
  return { layout, rows };
}

function layoutOf(columns: ReadonlyMap<string, number>): CelloLog["layout"] | undefined {
  if (columns.has("event") && columns.has("TCP_pose") && columns.has("joint_angles")) return "events";
  if (!columns.has("timestamp_robot") || !columns.has("event_label") || !columns.has("q_base"))
    return undefined;
  if (columns.has("TCP_force_x")) return "forces";
  return columns.has("qd_base") ? "speeds" : undefined;
}

function sampleRow(
  cells: readonly string[],
  columns: ReadonlyMap<string, number>,
  layout: "forces" | "speeds",
): LogRow {
  const number = (name: string): number => Number(cells[columns.get(name)!] || NaN);
  const six = (prefix: string, names: readonly string[]) =>
    names.map((name) => number(prefix + name)) as unknown as Joints;
  return {
    timeS: number("timestamp_robot"),
    label: cells[columns.get("event_label")!]!,
    tcpPose: six("TCP_pose_", AXES),
    q_rad: six("q_", JOINTS),
    ...(layout === "speeds" && { qd_radps: six("qd_", JOINTS) }),
    ...(layout === "forces" && { tcpWrench: six("TCP_force_", AXES) }),
  };
}

/** timestamp,event,"[pose]","[joints]","[force]" */
function eventRow(cells: readonly string[]): LogRow {
  const six = (text: string | undefined) =>
    (text ?? "")
      .replace(/^\[|\]$/g, "")
      .split(",")
      .map(Number) as unknown as Joints;
  const [timeS, label, tcpPose, q_rad, tcpWrench] = cells;
  return {
    timeS: Number(timeS),
    label: label ?? "",
    tcpPose: six(tcpPose),
    q_rad: six(q_rad),
    tcpWrench: six(tcpWrench),
  };
}

/** Cells of a CSV line, quotes around those with commas. */
const fieldsOf = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|([^,]+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
