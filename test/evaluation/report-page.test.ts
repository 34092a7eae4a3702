import { expect, it } from "vitest";
import { chartFrame, roundTicks } from "../../src/evaluation/chart/chart-frame.ts";
import { curve } from "../../src/evaluation/chart/curve.ts";
import { evaluatePerformance } from "../../src/evaluation/evaluate-performance.ts";
import { reportHtml } from "../../src/evaluation/report-html.ts";
import { reportJson } from "../../src/evaluation/report-json.ts";
import type { PerformanceReport } from "../../src/evaluation/performance-report.ts";
import { summaryLines } from "../../src/evaluation/summary-lines.ts";
import { performanceOf, planOf, quarters } from "./ideal-performance.ts";

const count = (text: string, part: string): number => text.split(part).length - 1;
const tagsOf = (html: string): string[] => html.match(/<\/?[a-z][a-z0-9]*(?=[\s>/])[^>]*>/gi) ?? [];

it("writes one page that needs nothing else: no script, no other file, every tag closed", () => {
  const record = performanceOf(quarters(8));
  const html = reportHtml(evaluatePerformance(record), record);
  expect(html).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import/);
  const open: string[] = [];
  for (const tag of tagsOf(html)) {
    const name = /[a-z0-9]+/i.exec(tag)![0];
    if (tag.endsWith("/>") || ["meta", "br"].includes(name)) continue;
    if (tag.startsWith("</")) expect(open.pop(), tag).toBe(name);
    else open.push(name);
  }
  expect(open).toEqual([]);
  expect(html).not.toMatch(/NaN|undefined|Infinity/);
});

it("cannot be broken by a title", () => {
  const record = performanceOf(quarters(2));
  const html = reportHtml(evaluatePerformance(record), record);
  expect(html).toContain("Study &lt;1&gt; &amp; more");
  expect(html).not.toContain("Study <1>");
});

it("draws every note as planned and as played, and an unplayed one as planned only", () => {
  const silent = {
    edit: (row: { forceN: number[] }, s: number) => void (s >= 1 && s < 1.5 && row.forceN.fill(0)),
  };
  const record = performanceOf(quarters(6), silent);
  const html = reportHtml(evaluatePerformance(record), record);
  expect(count(html, 'class="outline')).toBe(6);
  expect(count(html, 'class="outline missed"')).toBe(1);
  expect(html.match(/<rect[^>]* class="sD"\/>/g)).toHaveLength(5);
  expect(html).toContain("Incomplete: 5 of 6 notes");
});

it("goes on in a second line of the score after 30 s", () => {
  const rolls = (notes: number): number => {
    const record = performanceOf(quarters(notes));
    return count(reportHtml(evaluatePerformance(record), record), ">pitch</text>");
  };
  expect([rolls(60), rolls(61)]).toEqual([1, 2]); // 30 s and 30.5 s
});

it("shows a page of figures even where nothing was heard", () => {
  const record = performanceOf(quarters(4), { lengthS: 1 });
  const html = reportHtml(evaluatePerformance(record), record);
  expect(html).toContain("Incomplete: 0 of 4 notes");
  expect(html).not.toMatch(/NaN|undefined|Infinity/);
});

it("gives all of the report back from its JSON", () => {
  const report = evaluatePerformance(performanceOf(quarters(4)));
  const json = JSON.parse(reportJson(report)) as PerformanceReport;
  expect(json).toEqual(report);
  expect(reportJson(report)).not.toMatch(/NaN|Infinity/);
});

it("says it in eight lines or fewer, verdict first", () => {
  const plan = planOf([
    [0, 0.5, "D", "down", 0],
    [0.5, 1, "A", "up", 1],
  ]);
  const lines = summaryLines(evaluatePerformance(performanceOf(plan)));
  expect(lines.length).toBeLessThanOrEqual(8);
  expect(lines[0]).toContain("Played as written");
  expect(lines.join("\n")).toContain("2 of 2");
});

it("marks axes at round numbers", () => {
  expect(roundTicks(0, 10, 5).map(({ text }) => text)).toEqual(["0", "2", "4", "6", "8", "10"]);
  expect(roundTicks(-0.3, 0.3, 6).map(({ text }) => text)).toEqual([
    "-0.3",
    "-0.2",
    "-0.1",
    "0.0",
    "0.1",
    "0.2",
    "0.3",
  ]);
});

it("puts equal ratios at equal distances on a logarithmic axis", () => {
  const x = { from: 0, to: 1, label: "s" };
  const { y } = chartFrame({ title: "", x, y: { from: 0.01, to: 100, label: "N", log: true } });
  expect(y(0.1) - y(1)).toBeCloseTo(y(1) - y(10), 1);
});

it("keeps the one peak of a long curve, and few points", () => {
  const n = 180_000; // six minutes at 500 Hz
  const xs = Float64Array.from({ length: n }, (_, k) => k / n);
  const ys = Float64Array.from({ length: n }, (_, k) => (k === 123_456 ? 9 : 0));
  const frame = chartFrame({
    title: "",
    x: { from: 0, to: 1, label: "" },
    y: { from: 0, to: 10, label: "" },
  });
  const path = curve(frame, xs, ys, "line");
  expect(count(path, "L")).toBeLessThan(2500);
  expect(path).toContain(` ${frame.y(9)}`);
});

it("breaks a curve where nothing was measured", () => {
  const frame = chartFrame({ title: "", x: { from: 0, to: 4, label: "" }, y: { from: 0, to: 1, label: "" } });
  expect(count(curve(frame, [0, 1, 2, 3, 4], [0, 1, NaN, 1, 0], "line"), "M")).toBe(2);
});
