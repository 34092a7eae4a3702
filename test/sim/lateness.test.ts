import { expect, it } from "vitest";
import { seededRandom } from "../../src/math/random.ts";
import { LatenessRecord } from "../../src/sim/lateness.ts";

it("tells percentiles as sorting does, to a tenth, and the worst exactly", () => {
  const random = seededRandom(3);
  const record = new LatenessRecord();
  const all = Array.from({ length: 20_000 }, () => 10 ** (-6 + 5 * random()));
  for (const late of all) record.add(late);
  all.sort((a, b) => a - b);
  const told = record.summary();
  expect(told.worstLateS).toBe(all.at(-1));
  expect(told.medianLateS / all[9_999]!).toBeGreaterThan(0.99);
  expect(told.medianLateS / all[9_999]!).toBeLessThan(1.11);
  expect(told.p99LateS / all[19_799]!).toBeGreaterThan(0.99);
  expect(told.p99LateS / all[19_799]!).toBeLessThan(1.11);
});

it("knows nothing before the first event, and one event is everything", () => {
  const record = new LatenessRecord();
  expect(record.summary()).toEqual({ medianLateS: 0, p99LateS: 0, worstLateS: 0 });
  record.add(0.004);
  expect(record.summary()).toEqual({ medianLateS: 0.004, p99LateS: 0.004, worstLateS: 0.004 });
});
