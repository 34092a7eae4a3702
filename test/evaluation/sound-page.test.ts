import { expect, it } from "vitest";
import { bowStarts } from "../../src/evaluation/bow-starts.ts";
import { judgeTone } from "../../src/evaluation/judge-tone.ts";
import { soundPage } from "../../src/evaluation/sound-page.ts";
import { soundOfPerformance } from "../../src/performance/sound-of-performance.ts";
import { DEFAULT_SOUND } from "../../src/sound/sound-settings.ts";
import { parallelStrings } from "../bowing/fixture/parallel-strings.ts";
import { performanceOf, quarters, type Deviation } from "./ideal-performance.ts";

const pageOf = (deviation: Deviation = {}) => {
  const record = performanceOf(quarters(6), deviation);
  const rendered = soundOfPerformance(record, parallelStrings, DEFAULT_SOUND);
  const tone = judgeTone(record, rendered);
  const samples = rendered.stems.cello.left;
  const html = soundPage(record, { samples, sampleRateHz: 48000, tone, integratedLufs: -23 });
  return { record, tone, html };
};
const good = pageOf();

it("tells how long the strings slipped once per period, and how many starts settled in time", () => {
  const { tone } = good;
  expect(tone.helmholtzShare).toBeGreaterThan(0.9);
  expect(tone.starts).toBe(6);
  expect(tone.acceptedStarts).toBeGreaterThanOrEqual(5);
  // a tenth of a newton at 0.2 m/s is far under what holds the string
  const light = pageOf({ edit: (row) => row.forceN.forEach((n, s) => (row.forceN[s] = 0.1 * n)) });
  expect(light.tone.helmholtzShare!).toBeLessThan(0.7);
});

it("takes acceleration and force of a start from the hair: 4 m/s² until 0.2 m/s, which is all there is in 50 ms", () => {
  const starts = bowStarts(good.record, good.tone);
  expect(starts.length).toBe(6);
  // in 50 ms the speed rises to 0.2 m/s, so 0.2 / 0.05 = 4 m/s²
  for (const { accelerationMps2, forceOnDN } of starts) {
    expect(accelerationMps2).toBeGreaterThan(3.5);
    expect(accelerationMps2).toBeLessThan(4.5);
    expect(forceOnDN).toBeCloseTo(1, 2);
  }
});

it("draws sound, Schelleng's and Guettler's diagrams with every note, on one page that needs nothing else", () => {
  const { html } = good;
  expect(html.match(/<svg /g)).toHaveLength(3);
  expect(html.match(/class="outline"/g)).toHaveLength(6);
  expect(html.match(/<circle class="sD"/g)).toHaveLength(12);
  expect(html).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import|NaN|undefined|Infinity/);
  expect(html).toContain("Study &lt;1&gt; &amp; more");
});
