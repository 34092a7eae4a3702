import { expect, it } from "vitest";
import { forwardKinematics } from "../../../src/kinematics/forward.ts";
import { column } from "../../../src/math/rotation.ts";
import { dot, norm, type Vec3 } from "../../../src/math/vec.ts";
import type { Joints } from "../../../src/math/joints.ts";
import type { Plant } from "../../../src/sim/plant/plant.ts";
import { createPlant } from "../../../src/sim/plant/mujoco-plant.ts";
import { bowOn, celloInFront, type BowPlace } from "./cello-in-front.ts";
import { hold, targetAt } from "./drive.ts";

const instrument = celloInFront();
const [C, G, D, A] = [0, 1, 2, 3] as const;
const forceOn = (plant: Plant): Vec3 => [plant.tcpWrench[0]!, plant.tcpWrench[1]!, plant.tcpWrench[2]!];

it.each([
  ["C", C, 1.5],
  ["G", G, 0.5],
  ["D", D, -0.5],
  ["A", A, -1.5],
])("presses 0.35 to 0.8 N per millimetre on the %s string, near the frog", async (_, index, place) => {
  const plant = await createPlant(instrument);
  const q = bowOn(instrument, { place, bowM: 0.1, contactM: 0.07, depthM: 0.001 });
  plant.reset(q);
  hold(plant, q, 250);
  expect(plant.contacts.forceN[index]).toBeGreaterThan(0.35);
  expect(plant.contacts.forceN[index]).toBeLessThan(0.8);
  plant.contacts.forceN.forEach((forceN, i) => i !== index && expect(forceN).toBe(0));
  expect(norm(forceOn(plant))).toBeCloseTo(plant.contacts.forceN[index], 4);
  plant.dispose();
});

it("presses a millimetre at mid-bow on D with the force of string, hair and stick in series", async () => {
  const plant = await createPlant(instrument);
  plant.reset(bowOn(instrument, { place: -0.5, bowM: 0.31, contactM: 0.069, depthM: 0.001 }));
  // β = 0.1: string 100/(0.1·0.9·0.69) = 1610.3; hair 65·0.62/0.31² = 419.35; stick 2500 N/m.
  // 1/(1/1610.3 + 1/419.35 + 1/2500) = 293.64 N/m
  expect(plant.contacts.forceN[D]).toBeCloseTo(0.29364, 4);
  expect(plant.contacts.contactM[D]).toBeCloseTo(0.069, 9);
  expect(plant.contacts.bowPositionM[D]).toBeCloseTo(0.31, 9);
  const { outward_B } = instrument.strings.D;
  expect(dot(forceOn(plant), outward_B)).toBeCloseTo(0.29364, 4); // pushes the bow away
  plant.dispose();
});

it("feels nothing a tenth of a millimetre above the string, off the hair, or from behind", async () => {
  const plant = await createPlant(instrument);
  const silent: BowPlace[] = [
    { place: -0.5, bowM: 0.31, contactM: 0.07, depthM: -0.0001 },
    { place: -1.5, bowM: -0.01, contactM: 0.07, depthM: 0.001 },
    { place: -1.5, bowM: 0.31, contactM: -0.01, depthM: 0.001 },
    { place: -0.5, bowM: 0.31, contactM: 0.07, depthM: 0.06 },
  ];
  for (const place of silent) {
    plant.reset(bowOn(instrument, place));
    expect(plant.contacts.forceN, JSON.stringify(place)).toEqual([0, 0, 0, 0]);
    expect(norm(forceOn(plant))).toBe(0);
  }
  plant.dispose();
});

it("touches D and G alike at the double-stop angle, and no other string", async () => {
  const plant = await createPlant(instrument);
  const q = bowOn(instrument, { place: 0, bowM: 0.3, contactM: 0.07, depthM: 0.002 });
  plant.reset(q);
  hold(plant, q, 250);
  const { forceN } = plant.contacts;
  // Hair 2 mm past the chord through both. What both share of the hair's give presses neither against the other, so
  // only the rest decides who bears more: c_ii − c_GD. G lies at 0.292 m, D at 0.308 m of the hair, the string sinks
  // 0.07·0.62/0.69/T: G 0.5376 + 0.292·0.016/(65·0.62)·1e3 = 0.6535, D 0.6290 + 0.016·0.312/40.3·1e3 = 0.7529 mm/N.
  // G/D = 0.7529/0.6535 = 1.152 (judged alone it would be 1.04), and F_D = 2 mm/(3.406 + 1.152·2.661) = 0.309 N.
  expect(forceN[G] / forceN[D]).toBeGreaterThan(1.14);
  expect(forceN[G] / forceN[D]).toBeLessThan(1.17); // the arm gives a little under the load
  expect(forceN[D]).toBeGreaterThan(0.29);
  expect(forceN[D]).toBeLessThan(0.315);
  expect(forceN[C] + forceN[A]).toBe(0);
  plant.dispose();
});

/** Bow drawn along D at `speedMps`, starting 0.25 m from the frog, two millimetres deep. */
function strokeOnD(speedMps: number): (tS: number) => Joints {
  const start = bowOn(instrument, { place: -0.5, bowM: 0.25, contactM: 0.07, depthM: 0.002 });
  return (tS) =>
    bowOn(instrument, { place: -0.5, bowM: 0.25 + speedMps * tS, contactM: 0.07, depthM: 0.002 }, start);
}

it.each([
  ["down", 0.25],
  ["up", -0.25],
])("reports the speed of a %s-bow within 1 %, and drags the bow against it", async (_, speedMps) => {
  const plant = await createPlant(instrument);
  const path = strokeOnD(speedMps);
  plant.reset(path(0));
  for (let cycle = 1; cycle <= 200; cycle++) plant.step(targetAt(path, cycle * plant.periodS));
  expect(plant.contacts.bowSpeedMps[D] / speedMps).toBeGreaterThan(0.99);
  expect(plant.contacts.bowSpeedMps[D] / speedMps).toBeLessThan(1.01);
  expect(plant.contacts.bowPositionM[D]).toBeCloseTo(0.25 + speedMps * 0.4, 4);
  // A down-bow moves the hair from tip to frog under the string; friction pulls it back towards the tip.
  const R = forwardKinematics(instrument.dh, [...plant.q_rad]).R;
  const along = dot(forceOn(plant), column(R, 0)); // the fixture's hair lies along the flange's x
  expect(along).toBeCloseTo(Math.sign(speedMps) * 0.4 * plant.contacts.forceN[D], 6);
  plant.dispose();
});

it("lies still on a string under 20 N, without chatter", async () => {
  const plant = await createPlant(instrument);
  const q = bowOn(instrument, { place: -0.5, bowM: 0.05, contactM: 0.07, depthM: 0.036 });
  plant.reset(q);
  hold(plant, q, 400);
  for (let cycle = 0; cycle < 100; cycle++) {
    hold(plant, q, 1);
    expect(Math.abs(plant.contacts.bowSpeedMps[D])).toBeLessThan(1e-3);
  }
  // The bent hair lies on its neighbours too: together they carry the 20 N.
  expect(plant.contacts.forceN.reduce((sum, force) => sum + force)).toBeGreaterThan(18);
  plant.dispose();
});

it("gives the same bytes for the same strokes, two arms, 2000 cycles", async () => {
  const noisy = { forceNoiseN: 0.5, forceBiasN: [0.3, -1, 1.7], seed: 9 } as const;
  const path = strokeOnD(0.1);
  const heard: Uint8Array[] = [];
  const targets = Array.from({ length: 500 }, (_, i) => targetAt(path, i * 0.002));
  for (let round = 0; round < 2; round++) {
    const plant = await createPlant(instrument, noisy);
    plant.reset(path(0));
    const rows: number[] = [];
    for (let cycle = 0; cycle < 2_000; cycle++) {
      plant.step(targets[Math.min(cycle, 499)]!);
      rows.push(...plant.q_rad, ...plant.qd_radps, ...plant.torqueNm, ...plant.tcpWrench);
      rows.push(...plant.contacts.forceN, ...plant.contacts.bowSpeedMps, ...plant.contacts.bowPositionM);
    }
    heard.push(new Uint8Array(Float64Array.from(rows).buffer));
    plant.dispose();
  }
  expect(Buffer.compare(heard[0]!, heard[1]!)).toBe(0);
});

it("adds the sensor's bias to the force it reports, not to the arm", async () => {
  const plant = await createPlant(instrument, { forceBiasN: [0, 0, 2] });
  expect(forceOn(plant)).toEqual([0, 0, 2]);
  hold(plant, instrument.parked_rad, 100);
  expect(forceOn(plant)).toEqual([0, 0, 2]);
  expect(plant.contacts.forceN).toEqual([0, 0, 0, 0]);
  plant.dispose();
});
