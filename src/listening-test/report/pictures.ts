import type { Roc } from "../statistics/roc.ts";
import type { BinaryAnalysis } from "./binary-analysis.ts";

/** Share of right answers of every excerpt and of all, with intervals, chance and margin. */
export function sharePicture(a: BinaryAnalysis): string {
  const rows = [
    {
      name: "all",
      value: a.byListener.value,
      low: a.byListener.interval.low,
      high: a.byListener.interval.high,
    },
    ...a.items.map((r) => ({
      name: r.item,
      value: r.correct / r.trials,
      low: r.interval.low,
      high: r.interval.high,
    })),
  ];
  const height = 30 + 22 * rows.length;
  const x = (share: number): number => 160 + 440 * Math.min(1, Math.max(0, share));
  const { lowMargin, highMargin } = a.equivalence;
  const bars = rows.map((r, i) => {
    const y = 20 + 22 * i;
    return `<text x="150" y="${y + 4}" text-anchor="end">${r.name}</text><line x1="${x(r.low)}" x2="${x(r.high)}" y1="${y}" y2="${y}" stroke="#0b5a8c" stroke-width="${i === 0 ? 4 : 2}"/><circle cx="${x(r.value)}" cy="${y}" r="${i === 0 ? 6 : 4}" fill="#0b5a8c"/>`;
  });
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (s) => `<text x="${x(s)}" y="${height - 2}" text-anchor="middle">${100 * s} %</text>`,
  );
  return `<svg viewBox="0 0 640 ${height}" width="640" role="img" aria-label="Share of right answers, by excerpt"><rect x="${x(lowMargin)}" width="${x(highMargin) - x(lowMargin)}" y="6" height="${height - 22}" fill="#eef4f8"/><line x1="${x(0.5)}" x2="${x(0.5)}" y1="6" y2="${height - 16}" stroke="#8a949b" stroke-dasharray="4 3"/>${bars.join("")}${ticks.join("")}</svg>`;
}

/** Hits against false alarms. */
export function rocPicture(roc: Roc): string {
  const at = (p: { readonly falseAlarmRate: number; readonly hitRate: number }): string =>
    `${(40 + 240 * p.falseAlarmRate).toFixed(1)},${(260 - 240 * p.hitRate).toFixed(1)}`;
  return `<svg viewBox="0 0 320 300" width="320" role="img" aria-label="ROC of confidence ratings"><rect x="40" y="20" width="240" height="240" fill="none" stroke="#8a949b"/><line x1="40" y1="260" x2="280" y2="20" stroke="#8a949b" stroke-dasharray="4 3"/><polyline points="${roc.points.map(at).join(" ")}" fill="none" stroke="#0b5a8c" stroke-width="2"/>${roc.points
    .map((p) => `<circle cx="${at(p).split(",")[0]}" cy="${at(p).split(",")[1]}" r="3" fill="#0b5a8c"/>`)
    .join(
      "",
    )}<text x="160" y="285" text-anchor="middle">“human” said of robot</text><text x="20" y="140" text-anchor="middle" transform="rotate(-90 20 140)">“human” said of human</text></svg>`;
}
