import { CLEARANCE_SETTINGS, makeClearanceCheck } from "../src/collision/clearance.ts";
import type { Joints } from "../src/math/joints.ts";
import { bowing, CELL, INSTRUMENT } from "../test/collision/reference-place.ts";

/** Time of one clearance check and of one sweep over 3 mrad per joint. Run: `npx tsx bench/clearance.ts`. */
const check = makeClearanceCheck(INSTRUMENT, CELL, CLEARANCE_SETTINGS);
const poses = Array.from({ length: 64 }, (_, i) =>
  bowing((["A", "D", "G", "C"] as const)[i % 4]!, 0.05 + (0.35 * i) / 64, 0.08),
);
const next = poses.map((q) => q.map((v) => v + 0.003) as unknown as Joints);

function microseconds(one: (i: number) => void): string {
  const rounds = 500;
  for (let i = 0; i < 64; i++) one(i);
  const start = process.cpuUsage();
  for (let r = 0; r < rounds; r++) for (let i = 0; i < 64; i++) one(i);
  return (process.cpuUsage(start).user / rounds / 64).toFixed(1);
}

console.log(`clearanceAt      ${microseconds((i) => check.clearanceAt(poses[i]!))} µs`);
console.log(`sweepClearance   ${microseconds((i) => check.sweepClearance(poses[i]!, next[i]!))} µs`);
