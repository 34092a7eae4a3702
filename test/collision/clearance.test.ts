import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { describeCollision, makeClearanceCheck, CLEARANCE_SETTINGS } from "../../src/collision/clearance.ts";
import { parseCell, type Cell } from "../../src/collision/cell.ts";
import { celloShapes } from "../../src/collision/cello-shapes.ts";
import { bowShapes } from "../../src/collision/bow-shapes.ts";
import { distanceBetween } from "../../src/collision/distance.ts";
import { box, capsule, moveShape } from "../../src/collision/shape.ts";
import { parseCalibration } from "../../src/instrument/calibration.ts";
import { instrumentOf } from "../../src/instrument/load.ts";
import { forwardKinematics } from "../../src/kinematics/forward.ts";
import type { Joints } from "../../src/math/joints.ts";
import { fromRotvec, multiply, rotate } from "../../src/math/rotation.ts";
import { add, sub } from "../../src/math/vec.ts";
import { ALONE, bowing, CELL, INSTRUMENT, STRING_ANGLE, X_BC } from "./reference-place.ts";

const check = makeClearanceCheck(INSTRUMENT, CELL);
const STRINGS = ["A", "D", "G", "C"] as const;
/** A short bow pointing out of the flange: out of the way. */
const STUB = { frog_F_m: [0, 0, 0.1], axis_F: [0, 0, 1], towardString_F: [1, 0, 0], lengthM: 0.1 } as const;

const cellOf = (yaml: string): Cell => parseCell(yaml, "cell");
const EMPTY = cellOf("{cell: empty, floor: {heightM: -5}, obstacles: []}");

it("finds the stick nearest to the bowed string: 22 mm less stick and string radius", () => {
  for (const s of STRINGS)
    for (const bowM of [0.06, 0.2, 0.4]) {
      const { minM, pair } = check.clearanceAt(bowing(s, bowM, 0.08));
      expect(pair, s).toEqual(["bow stick", `${s} string`]);
      expect(minM, s).toBeCloseTo(0.022 - 0.005 - 0.0009, 9);
    }
});

it("lets the hair lie on its string: the hair on a string is never in the clearance", () => {
  const pressed = bowing("D", 0.2, 0.08, -0.003);
  expect(check.clearanceAt(pressed).minM).toBeCloseTo(0.0161 - 0.003, 4);
});

it("sees the frog come to the neighbouring strings when the bow is played at its very frog", () => {
  // 30 mm from the frog on A, D is 15 mm on the frog's side and G 30 mm, right under the frog
  expect(check.clearanceAt(bowing("A", 0.03, 0.08)).pair).toEqual(["frog", "G string"]);
});

it("tells of what is nearer than asked about as without the question, of what is farther nothing", () => {
  const q = bowing("D", 0.2, 0.08);
  const { minM } = check.clearanceAt(q);
  expect(check.clearanceAt(q, minM + 1e-6)).toEqual(check.clearanceAt(q));
  expect(check.clearanceAt(q, 0.012)).toEqual({ minM: 0.012, pair: ["", ""], pairNumber: -1, allowanceM: 0 });
});

it("calls a bow pushed through the instrument an overlap", () => {
  const { minM, pair } = check.clearanceAt(bowing("D", 0.2, 0.08, -0.13));
  expect(minM).toBeLessThan(0);
  expect(pair[0]).toMatch(/bow stick|hair|frog/);
});

it("leaves the hair at least 15 mm from the C-bouts on the outer strings, at 15° and at 22° from string to string", () => {
  const body = celloShapes(INSTRUMENT).filter((s) => /bout|waist|belly/.test(s.name));
  const hair = bowShapes(INSTRUMENT.hair).find((s) => s.name === "hair")!.shape;
  for (const s of ["A", "C"] as const)
    for (const contactM of [0.06, 0.085, 0.11])
      for (const bowM of [0.05, 0.2, 0.4]) {
        const X_BF = forwardKinematics(INSTRUMENT.dh, bowing(s, bowM, contactM));
        const contact = add(INSTRUMENT.strings[s].bridge_B_m, rotate(X_BC.R, [0, contactM, 0]));
        const steeper = fromRotvec(rotate(X_BC.R, [0, Math.sign(STRING_ANGLE[s]) * 0.175, 0])); // 10° more: 33°
        const tilted = {
          p_m: add(contact, rotate(steeper, sub(X_BF.p_m, contact))),
          R: multiply(steeper, X_BF.R),
        };
        for (const part of body) {
          expect(distanceBetween(moveShape(X_BF, hair), part.shape), part.name).toBeGreaterThan(0.015);
          expect(distanceBetween(moveShape(tilted, hair), part.shape), part.name).toBeGreaterThan(0.015);
        }
      }
});

it("knows how far the stretched-out arm is from the floor", () => {
  // All joints zero: wrist 2 is the lowest, its joint at 0.1625 − 0.0997 = 0.0628 m; its casing reaches 45 mm below
  const onFloor = makeClearanceCheck(
    { ...ALONE, hair: STUB },
    cellOf("{cell: x, floor: {heightM: 0}, obstacles: []}"),
  );
  const { minM, pair } = onFloor.clearanceAt([0, 0, 0, 0, 0, 0]);
  expect(pair).toEqual(["wrist 2", "floor"]);
  expect(minM).toBeCloseTo(0.0628 - 0.045, 9);
});

it("finds the arm run into itself when the elbow folds shut", () => {
  const folded: Joints = [0, -1.57, 3.0, 0, 0, 0];
  const { minM, pair } = makeClearanceCheck({ ...ALONE, hair: STUB }, EMPTY).clearanceAt(folded);
  expect(minM).toBeLessThan(0);
  expect(pair.join()).toMatch(/(wrist|forearm).*(upper arm|shoulder)/);
});

it("finds the bow swung into the forearm", () => {
  const long = {
    ...STUB,
    frog_F_m: [0.03, 0, 0.06],
    axis_F: [1, 0, 0],
    towardString_F: [0, 0, 1],
    lengthM: 0.62,
  } as const;
  const alone = makeClearanceCheck({ ...ALONE, hair: long }, EMPTY);
  const hits = new Set<string>();
  for (let w2 = -3; w2 <= 3; w2 += 0.25)
    for (let w3 = -3; w3 <= 3; w3 += 0.25) {
      const { minM, pair } = alone.clearanceAt([0, -1.2, 1.5, -1.9, w2, w3]);
      if (minM < 0) hits.add(pair.join("/"));
    }
  expect([...hits].some((p) => /(bow stick|hair|bow tip)\/(forearm|wrist 1|upper arm)/.test(p))).toBe(true);
});

it("refuses to look at joints that are not numbers", () => {
  expect(() => check.clearanceAt([0, 0, NaN, 0, 0, 0])).toThrow(/finite/);
  expect(() => check.sweepClearance([0, 0, 0, 0, 0, 0], [0, 0, 0, Infinity, 0, 0])).toThrow(/finite/);
});

it("refuses a cello frame that would put the body in front of the strings", () => {
  const flipped = { ...X_BC, R: multiply(X_BC.R, fromRotvec([0, Math.PI, 0])) };
  expect(() => makeClearanceCheck({ ...INSTRUMENT, X_BC: flipped }, CELL)).toThrow(/away from the body/);
});

it("names the obstacle of the room that is hit", () => {
  const q = bowing("D", 0.2, 0.08);
  const flange = forwardKinematics(INSTRUMENT.dh, q).p_m;
  const lamp = cellOf(
    `{cell: x, floor: {heightM: -1}, obstacles: [{name: lamp, sphere: {centre_m: [${flange.join()}], radiusM: 0.05}}]}`,
  );
  const { minM, pair } = makeClearanceCheck(INSTRUMENT, lamp).clearanceAt(q);
  expect(pair).toContain("lamp");
  expect(describeCollision(minM, pair, 0.01)).toMatch(
    /^.+ and lamp run into each other; 10.0 mm between them is/,
  );
});

it("says in one sentence what comes how near", () => {
  expect(describeCollision(0.0032, ["frog", "waist"], CLEARANCE_SETTINGS.requiredM)).toBe(
    "frog and waist come within 3.2 mm; 5.0 mm is required",
  );
  expect(describeCollision(0.00997, ["frog", "waist"], 0.01)).toBe(
    "frog and waist come within 9.970 mm; 10.0 mm is required",
  );
});

it("reports the unintended string nearest to the hair apart from the clearance", () => {
  // Tangent to a 60 mm circle at one string, the next 15.3° on lies 60·(1 − cos 15.3°) = 2.127 mm below the hair
  const q = bowing("A", 0.2, 0.08);
  const near = check.hairGapAt(q, new Set(["A"]));
  expect(near!.string).toBe("D");
  expect(near!.gapM).toBeCloseTo(0.06 * (1 - Math.cos((15.3 * Math.PI) / 180)), 9);
  // … and the bowed string itself, when it is not expected to be touched; pressed in by 3 mm it counts negative
  expect(check.hairGapAt(bowing("A", 0.2, 0.08, -0.003), new Set())).toMatchObject({ string: "A" });
  expect(check.hairGapAt(bowing("A", 0.2, 0.08, -0.003), new Set())!.gapM).toBeCloseTo(-0.003, 9);
  expect(check.hairGapAt(q, new Set(STRINGS))).toBeUndefined();
});

it("keeps shapes and distances of the bow where the hair line says", () => {
  const stick = bowShapes(INSTRUMENT.hair).find((s) => s.name === "bow stick")!.shape;
  // hair along +x at z = 60 mm, string side +z: the stick lies at z = 38 mm, radius 5 mm
  expect(distanceBetween(stick, capsule([0.1, 0, 0], [0.3, 0, 0], 0))).toBeCloseTo(0.038 - 0.005, 12);
  expect(distanceBetween(stick, box([0.2, 0, 0.07], [0.1, 0.1, 0.02]))).toBeCloseTo(0.022 - 0.005, 12);
});

it("finds every taught pose and the parked pose of the shipped places clear, as a robot has stood in them", () => {
  for (const place of ["reference", "paper"]) {
    const calibration = parseCalibration(readFileSync(`data/calibration/${place}.yaml`, "utf8"), place);
    const cell = parseCell(readFileSync(`data/cells/${place}.yaml`, "utf8"), place);
    const taught = makeClearanceCheck(instrumentOf(calibration), cell);
    const poses = STRINGS.flatMap((s) => [calibration.taught[s].frog.q, calibration.taught[s].tip.q]);
    for (const q of [...poses, calibration.parked_q_rad]) {
      const { minM, pair } = taught.clearanceAt(q as unknown as Joints);
      // The paper's strings are fitted, not measured: its wrist is only known not to touch the G string at a C pose.
      const fitted = place === "paper" && pair.join(" and ") === "wrist 3 and G string";
      const least = fitted ? 0 : CLEARANCE_SETTINGS.requiredM;
      expect(minM, `${place}: ${pair.join(" and ")}`).toBeGreaterThan(least);
    }
  }
});
