import { escapeText } from "./chart/chart-frame.ts";

/** A table from finished rows; wide ones scroll within the page. */
export const table = (head: readonly string[], rows: readonly string[]): string =>
  `<div class="wide"><table><thead><tr>${head.map((h) => `<th>${escapeText(h)}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;

/** A row of text cells. */
export const row = (cells: readonly string[]): string =>
  `<tr>${cells.map((cell) => `<td>${escapeText(cell)}</td>`).join("")}</tr>`;

/** A figure in another unit, or a dash where it was not measured. */
export const number = (value: number | null, factor: number, digits: number): string =>
  value === null ? "–" : (value * factor).toFixed(digits);
