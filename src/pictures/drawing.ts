import { escapeText } from "../evaluation/chart/chart-frame.ts";

/** A place on a picture for a drawing to scale: millimetres in, pixels out. */
export interface Panel {
  readonly title: string;
  /** Upper left corner and size on the picture [px]. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** What is seen: from left to right and from bottom to top, in the panel's own units. */
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
}

/** Draws into one panel; everything that leaves it is cut off. */
export interface Pen {
  readonly line: (x1: number, y1: number, x2: number, y2: number, look: string) => string;
  readonly curve: (points: readonly (readonly [number, number])[], look: string) => string;
  readonly dot: (x: number, y: number, radiusPx: number, look: string) => string;
  readonly block: (x1: number, y1: number, x2: number, y2: number, look: string) => string;
  readonly text: (x: number, y: number, text: string, look?: string) => string;
  /** A word at the top of the frame beside a stretch from x1 to x2, on the side that has more room. */
  readonly beside: (x1: number, x2: number, text: string) => string;
  /** Whether a value is on the picture. */
  readonly sees: (y: number) => boolean;
  /** A value written left of the frame, a value written below it. */
  readonly atLeft: (y: number, text: string) => string;
  readonly below: (x: number, text: string) => string;
  /** The panel with what was drawn in it, and what stands around it. */
  readonly panel: (body: readonly string[], around?: readonly string[]) => string;
}

/** Width of a bold letter on average, and what is left free beside a text [px]. @assumed 12 px sans-serif */
const LETTER_PX = 7.3;
const GAP_PX = 5;

/** @param look classes of the style sheet of `picture`: ink, thin, faint, wide, red, A, D, G, C, middle, end */
export function penFor({ title, left, top, width, height, x, y }: Panel): Pen {
  const px = (value: number): number => tenth(left + ((value - x[0]) / (x[1] - x[0])) * width);
  const py = (value: number): number => tenth(top + height - ((value - y[0]) / (y[1] - y[0])) * height);
  const clip = `clip${left}-${top}`;
  return {
    line: (x1, y1, x2, y2, look) =>
      `<line class="${look}" x1="${px(x1)}" y1="${py(y1)}" x2="${px(x2)}" y2="${py(y2)}"/>`,
    curve: (points, look) =>
      `<polyline class="${look}" points="${points.map(([a, b]) => `${px(a)},${py(b)}`).join(" ")}"/>`,
    dot: (a, b, radius, look) => `<circle class="${look}" cx="${px(a)}" cy="${py(b)}" r="${radius}"/>`,
    block: (x1, y1, x2, y2, look) =>
      `<rect class="${look}" x="${px(Math.min(x1, x2))}" y="${py(Math.max(y1, y2))}" ` +
      `width="${tenth(Math.abs(px(x2) - px(x1)))}" height="${tenth(Math.abs(py(y2) - py(y1)))}"/>`,
    text: (a, b, text, look = "") =>
      `<text class="${look}" x="${px(a)}" y="${py(b)}">${escapeText(text)}</text>`,
    beside: (x1, x2, text) => {
      const textPx = LETTER_PX * text.length;
      const [isBefore, right] = [px(x1) - left > left + width - px(x2), left + width];
      // A text that is longer than the room reaches over the stretch rather than out of the frame.
      const at = isBefore
        ? Math.max(px(x1) - GAP_PX, Math.min(left + textPx + GAP_PX, right - GAP_PX))
        : Math.min(px(x2) + GAP_PX, Math.max(right - textPx - GAP_PX, left + GAP_PX));
      return `<text class="${isBefore ? "red end" : "red"}" x="${tenth(at)}" y="${top + 14}">${escapeText(text)}</text>`;
    },
    sees: (b) => b >= y[0] && b <= y[1],
    atLeft: (b, text) =>
      `<text class="end" x="${left - 6}" y="${tenth(py(b) + 4)}">${escapeText(text)}</text>`,
    below: (a, text) =>
      `<text class="middle" x="${px(a)}" y="${top + height + 15}">${escapeText(text)}</text>`,
    panel: (body, around = []) =>
      `<clipPath id="${clip}"><rect x="${left}" y="${top}" width="${width}" height="${height}"/></clipPath>` +
      `<text class="title" x="${left}" y="${top - 8}">${escapeText(title)}</text>` +
      `<rect class="frame" x="${left}" y="${top}" width="${width}" height="${height}"/>` +
      `<g clip-path="url(#${clip})">${body.join("")}</g>${around.join("")}`,
  };
}

const STYLE = `
text { font: 12px system-ui, sans-serif; fill: #222; } .title { font-weight: 600; } .middle { text-anchor: middle; }
.end { text-anchor: end; } polyline.line { fill: none; } .frame { fill: none; stroke: #bbb; } line, polyline { fill: none; stroke: #222; }
.thin { stroke-width: 0.7; } .faint { stroke: #bbb; stroke-width: 0.7; } .wide { stroke-width: 2.5; }
.red { stroke: #c0392b; fill: #c0392b; } polyline.red, line.red { fill: none; }
.A { stroke: #d1602b; fill: #d1602b; } .D { stroke: #1d8a55; fill: #1d8a55; } .G { stroke: #1f6fb2; fill: #1f6fb2; }
.C { stroke: #7a3b9e; fill: #7a3b9e; } polyline.blue { stroke: #1f6fb2; } rect.pale { fill-opacity: 0.25; stroke: none; } text.A, text.D, text.G, text.C { stroke: none; }
text.red { stroke: none; font-weight: 600; } rect.grey { fill: #888; } line.dotted { stroke-dasharray: 1.5 3; }
line.dashed, polyline.dashed { stroke-dasharray: 5 4; } circle.hollow { fill: #fff; }`;

/** A whole picture: a standalone SVG file on white. */
export const picture = (width: number, height: number, title: string, body: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" ` +
  `aria-label="${escapeText(title)}"><style>${STYLE}</style><rect width="${width}" height="${height}" fill="#fff"/>` +
  `${body.join("\n")}</svg>\n`;

const tenth = (pixels: number): number => Math.round(pixels * 10) / 10;
