import { noteName } from "../score/note-name.ts";
import { escapeText } from "./chart/chart-frame.ts";
import type { PerformanceRecord } from "./performance-record.ts";
import type { Check, CrossingReport, NoteReport, PerformanceReport } from "./performance-report.ts";
import { number, table } from "./html-table.ts";
import { jointTable, limitTable, streamList } from "./report-motion.ts";
import { reportCharts } from "./report-charts.ts";
import { summaryLines } from "./summary-lines.ts";

/** One self-contained page: verdict, figures, pictures, every note, every crossing. No scripts, prints well. */
export function reportHtml(report: PerformanceReport, record: PerformanceRecord): string {
  const { verdict } = report;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeText(report.title)} · performance report</title><style>${STYLE}</style></head><body>
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
      `<tr${n.played ? "" : ' class="missed"'}><td>${n.index + 1}</td><td>${noteName(n.midi)}</td>` +
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
      `<td>${number(c.exchangeS, 1e3, 0)}</td><td>${number(c.silentS, 1e3, 0)}</td><td>${number(c.bothTouchedS, 1e3, 0)}</td><td>${number(c.onsetErrorS, 1e3, 1)}</td></tr>`,
  );
  return table(
    ["into note", "strings", "at s", "how", "taken ms", "silent ms", "both touched ms", "onset error ms"],
    rows,
  );
}

const STYLE = `
:root{--C:#7a3b9e;--G:#1f6fb2;--D:#1d8a55;--A:#d1602b}
body{font:15px/1.45 system-ui,sans-serif;color:#222;background:#fff;max-width:1120px;margin:24px auto;padding:0 16px}
h1{margin:0 0 4px;font-size:26px}h2{font-size:18px;margin:26px 0 8px}
.verdict{font-size:17px;margin:0 0 14px;padding:8px 12px;border-left:5px solid #1d8a55;background:#f1f8f4}
.verdict.with-faults,.verdict.incomplete{border-color:#c0392b;background:#fdf2f0}.verdict.not-judged{border-color:#999;background:#f5f5f5}
.checks{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:8px;margin-bottom:12px}
.check{border:1px solid #ddd;border-top:4px solid #1d8a55;border-radius:6px;padding:6px 10px;display:flex;flex-direction:column}
.check.bad{border-top-color:#c0392b;background:#fdf2f0}.check b{font-size:20px}.check small{color:#777;font-weight:400}
.summary{margin:2px 0;color:#444}.summary b{display:inline-block;width:6.5em;color:#222}.hash{font:11px ui-monospace,monospace;color:#555;overflow-wrap:anywhere}.key{margin:12px 0 0}.key span{color:#fff;padding:1px 9px;border-radius:4px;margin-right:4px;display:inline-block}
.key .sC,td.sC{background:var(--C)}.key .sG,td.sG{background:var(--G)}.key .sD,td.sD{background:var(--D)}.key .sA,td.sA{background:var(--A)}
td.sC,td.sG,td.sD,td.sA{color:#fff;text-align:center}
figure{margin:14px 0}svg{width:100%;height:auto;display:block}svg text{font:11px system-ui,sans-serif;fill:#555}svg .title{font-size:13px;font-weight:600;fill:#222}
.grid{stroke:#e6e6e6}.zero{stroke:#888}.limit{stroke:#c0392b;stroke-dasharray:6 4}.band{fill:#dbe9f4}
.outline{fill:none;stroke:#333;stroke-width:.8}.outline.missed{stroke:#c0392b;stroke-width:2}.planned{fill:none}
svg .sC{fill:var(--C)}svg .sG{fill:var(--G)}svg .sD{fill:var(--D)}svg .sA{fill:var(--A)}
.line{fill:none;stroke:#222;stroke-width:1.2}.line.thin{stroke-width:.9}
.line.j0{stroke:#1f6fb2}.line.j1{stroke:#d1602b}.line.j2{stroke:#1d8a55}.line.j3{stroke:#7a3b9e}.line.j4{stroke:#b8860b}.line.j5{stroke:#c2185b}
svg .legend{font-weight:600}.legend .j0{fill:#1f6fb2}.legend .j1{fill:#d1602b}.legend .j2{fill:#1d8a55}.legend .j3{fill:#7a3b9e}.legend .j4{fill:#b8860b}.legend .j5{fill:#c2185b}
.planned{stroke-width:2.4;stroke-dasharray:2 3}.planned.down{stroke:#1f6fb2}.planned.up{stroke:#d1602b}.error{fill:none;stroke:#c0392b;stroke-width:1.4}
.wide{overflow-x:auto}.text th:first-child,.text td:first-child,.text.two td{text-align:left}.text table{width:auto;min-width:60%}.text.two td:first-child{width:14em;color:#666}table{border-collapse:collapse;font-size:12.5px;width:100%}th{text-align:right;color:#666;font-weight:600;border-bottom:2px solid #ccc}
td{text-align:right;border-bottom:1px solid #eee;padding:2px 6px;font-variant-numeric:tabular-nums}tr.missed td{background:#fdf2f0}
pre{font-size:11px;background:#f7f7f7;padding:10px;overflow:auto;max-height:320px}
@media print{pre{max-height:none}figure{break-inside:avoid}}`;
