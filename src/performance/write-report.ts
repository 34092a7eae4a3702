import { join } from "node:path";
import { evaluatePerformance } from "../evaluation/evaluate-performance.ts";
import type { PerformanceRecord } from "../evaluation/performance-record.ts";
import { reportHtml } from "../evaluation/report-html.ts";
import { reportJson } from "../evaluation/report-json.ts";
import { summaryLines } from "../evaluation/summary-lines.ts";
import { writeResult } from "./write-result.ts";

/** Where a report lies, and what it says. */
export interface WrittenReport {
  readonly htmlPath: string;
  readonly jsonPath: string;
  /** The figures, as in the JSON file. */
  readonly json: string;
  /** For a terminal, line by line. */
  readonly summary: readonly string[];
}

/** Judges a recorded performance into `report.html` and `report.json` in a folder. @throws CellistError `file-unwritable` */
export async function writeReport(folder: string, record: PerformanceRecord): Promise<WrittenReport> {
  const report = evaluatePerformance(record);
  const [htmlPath, jsonPath] = [join(folder, "report.html"), join(folder, "report.json")];
  const json = reportJson(report);
  await writeResult(jsonPath, json);
  await writeResult(htmlPath, reportHtml(report, record));
  return { htmlPath, jsonPath, json, summary: summaryLines(report) };
}
