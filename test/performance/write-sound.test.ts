import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadInstrument } from "../../src/shelf/load-instrument.ts";
import { writeSound } from "../../src/performance/write-sound.ts";
import { performanceOf, quarters } from "../evaluation/ideal-performance.ts";

it("renders a recorded performance with the hair that its settings name", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hair-"));
  const { instrument } = await loadInstrument("reference");
  const record = performanceOf(quarters(1));
  const wide = { ...record, settings: { profile: { simulation: { hairWidthM: 0.01 } } } };
  const rendered = async (of: typeof record, hairWidthM?: number): Promise<Buffer> => {
    await writeSound(folder, of, instrument, hairWidthM === undefined ? {} : { hairWidthM });
    return readFileSync(join(folder, "performance.wav"));
  };
  try {
    const asRecorded = await rendered(wide);
    expect(asRecorded.equals(await rendered(record, 0.01))).toBe(true);
    expect(asRecorded.equals(await rendered(record))).toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
