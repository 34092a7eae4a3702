import { noteName } from "../score/note-name.ts";
import { escapeText } from "./chart/chart-frame.ts";
import type { PerformanceRecord } from "./performance-record.ts";
import type { Check, CrossingReport, NoteReport, PerformanceReport } from "./performance-report.ts";
import { number, table } from "./html-table.ts";
import { jointTable, limitTable, streamList } from "./report-motion.ts";
import { reportCharts } from "./report-charts.ts";
import { REPORT_STYLE } from "./report-style.ts";
import { summaryLines } from "./summary-lines.ts";

/** One self-contained page: verdict, figures, pictures, every note, every crossing. No scripts, prints well. */
export function reportHtml(report: PerformanceReport, record: PerformanceRecord): string {
  const { verdict } = report;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeText(report.title)} · performance report</title><style>${REPORT_STYLE}</style></head><body>
<header><h1>${escapeText(report.title)}</h1>
<p class="verdict ${verdict.outcome}">${escapeText(verdict.sentence)}</p></header>
<section class="checks">${verdict.checks.map(checkCard).join("")}</section>
<section>${summaryLines(report)
    .slice(1)
    .map((line) => summaryRow(line))
    .join("")}</section>
<section class="key"><span class="sC">C</span><span class="sG">G</span><span class="sD">D</span><span class="sA">A</span> strings</section>
${reportCharts(report, record)
  .map((svg) => `<figure>${svg}</figure>`)
  .join("\n")}
<h2>Limits</h2><div class="text">${limitTable(report)}</div>
<h2>The arm</h2><div class="text">${jointTable(report)}</div>
<h2>The stream</h2><div class="text two">${streamList(report)}</div>
<h2>Crossings</h2>${crossingTable(report.crossings)}
<h2>Notes</h2>${noteTable(report.notes)}
<h2>Made with</h2><p class="hash">bow plan ${escapeText(report.provenance.bowPlanSha256)}<br>trajectory ${escapeText(report.provenance.trajectorySha256)}</p><pre>${escapeText(JSON.stringify(report.settings, undefined, 1))}</pre>
</body></html>
`;
}

/** A summary line begins with what it is about. */
function summaryRow(line: string): string {
  const space = line.indexOf(" ");
  return `<p class="summary"><b>${escapeText(line.slice(0, space))}</b>${escapeText(line.slice(space).trim())}</p>`;
}

const checkCard = ({ name, value, limit, unit, passed }: Check): string =>
  `<div class="check ${passed ? "good" : "bad"}"><b>${value === null ? "–" : trim(value)}<small> ${unit}</small></b>` +
  `<span>${escapeText(name)}</span><small>at most ${trim(limit)} ${unit}</small></div>`;

const trim = (value: number): string => String(Math.round(value * 100) / 100);

function noteTable(notes: readonly NoteReport[]): string {
  const rows = notes.map(
    (n) =>
      `<tr${n.played ? "" : ' class="missed"'}><td>${n.index + 1}</td><td>${n.lower ? `${noteName(n.lower.midi)}+` : ""}${noteName(n.midi)}</td>` +
      `<td class="s${n.string.planned}">${n.string.planned}</td><td>${n.direction.planned === "down" ? "↓" : "↑"}</td>` +
      `<td>${n.onset.plannedS.toFixed(3)}</td><td>${n.onset.commandedS.toFixed(3)}</td><td>${n.startsWith === "left hand" ? "left hand" : number(n.onset.achievedS, 1, 3)}</td>` +
      `<td>${number(n.onset.errorS, 1e3, 1)}</td><td>${n.offset.plannedS.toFixed(3)}</td><td>${number(n.offset.achievedS, 1, 3)}</td>` +
      `<td>${(n.speedMps.planned * 100).toFixed(1)}</td><td>${number(n.speedMps.achieved, 100, 1)}</td>` +
      `<td>${n.forceN.planned.toFixed(2)}</td><td>${number(n.forceN.achieved, 1, 2)}</td>` +
      `<td>${number(n.contactM.achieved, 1e3, 1)}</td><td>${number(n.straightnessM, 1e3, 2)}</td></tr>`,
  );
  return table(
    [
      "",
      "note",
      "string",
      "bow",
      "onset s",
      "commanded",
      "achieved",
      "error ms",
      "offset s",
      "achieved",
      "cm/s",
      "achieved",
      "N",
      "achieved",
      "from bridge mm",
      "off the line mm",
    ],
    rows,
  );
}

function crossingTable(crossings: readonly CrossingReport[]): string {
  if (crossings.length === 0) return "<p>None: the piece stays on one string.</p>";
  const rows = crossings.map(
    (c) =>
      `<tr><td>${c.to + 1}</td><td>${c.from} to ${c.into}</td><td>${c.atS.toFixed(2)}</td><td>${c.lifted ? "in the air" : "rolled"}</td>` +
      `<td>${number(c.exchangeS, 1e3, 0)}</td><td>${number(c.silentS, 1e3, 0)}</td><td>${number(c.bothTouchedS, 1e3, 0)}</td><td>${number(c.leadS, 1e3, 0)}</td><td>${number(c.onsetErrorS, 1e3, 1)}</td></tr>`,
  );
  return table(
    [
      "into note",
      "strings",
      "at s",
      "how",
      "taken ms",
      "silent ms",
      "both touched ms",
      "ahead of bow change ms",
      "onset error ms",
    ],
    rows,
  );
}
