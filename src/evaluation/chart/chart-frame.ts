/** A plot area with axes; everything else is drawn into it in data coordinates. */
export interface ChartFrame {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** The finished SVG around what was drawn. */
  readonly svg: (body: string) => string;
}

export interface ChartOptions {
  readonly title: string;
  readonly x: { readonly from: number; readonly to: number; readonly label: string };
  readonly y: AxisOptions;
}

export interface AxisOptions {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** Powers of ten; both ends > 0. */
  readonly log?: boolean;
  /** Own tick marks instead of round numbers. */
  readonly ticks?: readonly { readonly at: number; readonly text: string }[];
}

const WIDTH = 1080;
const HEIGHT = 260;
const LEFT = 66;
const RIGHT = 14;
const TOP = 30;
const BOTTOM = 38;

/** Axes, grid, labels and units of one chart. */
export function chartFrame({ title, x, y }: ChartOptions): ChartFrame {
  const px = (value: number): number =>
    round(LEFT + ((value - x.from) / (x.to - x.from)) * (WIDTH - LEFT - RIGHT));
  const scaled = (value: number): number => (y.log ? Math.log10(Math.max(value, y.from / 10)) : value);
  const [low, high] = [scaled(y.from), scaled(y.to)];
  const py = (value: number): number =>
    round(HEIGHT - BOTTOM - ((scaled(value) - low) / (high - low)) * (HEIGHT - TOP - BOTTOM));
  const yTicks = y.ticks ?? (y.log ? decades(y.from, y.to) : roundTicks(y.from, y.to, 5));
  const grid = [
    ...roundTicks(x.from, x.to, 12).map(
      ({ at, text }) =>
        `<line class="grid" x1="${px(at)}" x2="${px(at)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"/>` +
        `<text x="${px(at)}" y="${HEIGHT - BOTTOM + 15}" text-anchor="middle">${text}</text>`,
    ),
    ...yTicks.map(
      ({ at, text }) =>
        `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${py(at)}" y2="${py(at)}"/>` +
        `<text x="${LEFT - 7}" y="${py(at) + 4}" text-anchor="end">${escapeText(text)}</text>`,
    ),
  ].join("");
  const labels =
    `<text class="title" x="${LEFT}" y="18">${escapeText(title)}</text>` +
    `<text x="${WIDTH - RIGHT}" y="${HEIGHT - 6}" text-anchor="end">${escapeText(x.label)}</text>` +
    `<text transform="translate(13 ${TOP + (HEIGHT - TOP - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${escapeText(y.label)}</text>`;
  return {
    x: px,
    y: py,
    svg: (body) =>
      `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeText(title)}">${grid}${labels}${body}</svg>`,
  };
}

/** About `count` ticks at 1, 2 or 5 times a power of ten. */
export function roundTicks(from: number, to: number, count: number): { at: number; text: string }[] {
  const rough = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((k) => k * power).find((s) => s >= rough)!;
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const [first, last] = [Math.ceil(from / step - 1e-9), Math.floor(to / step + 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const at = (first + i) * step;
    return { at, text: (first + i === 0 ? 0 : at).toFixed(digits) };
  });
}

function decades(from: number, to: number): { at: number; text: string }[] {
  const ticks = [];
  for (let power = Math.ceil(Math.log10(from)); 10 ** power <= to; power++)
    ticks.push({ at: 10 ** power, text: String(10 ** power) });
  return ticks;
}

/** Text that may stand in HTML. */
export const escapeText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const round = (pixels: number): number => Math.round(pixels * 10) / 10;
