import { expect, it } from "vitest";
import { baseTurnedOn } from "../../src/instrument/base-turns.ts";
import { jointsAt, type Joints } from "../../src/math/joints.ts";
import { freeClearance } from "../../src/planning/clearance-checks.ts";
import { explainNoWay } from "../../src/planning/no-passage.ts";
import { planParking } from "../../src/planning/plan-parking.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";

const place = await loadWorkcell({
  profile: "robot",
  set: [],
  calibration: "reference",
  cell: "reference",
});
const { parked_rad } = place.instrument;
const clear = freeClearance(place);

it("parks an arm from the far side of the scroll the other way around its base, clear of everything", () => {
  const starts: Joints[] = [
    [0, -1.57, 0, -1.57, 0, 0],
    [1.5, -2.5, 2, -1, 3, 5],
  ];
  for (const from of starts) {
    const planned = planParking(from, place);
    if (!planned.ok) throw new Error(explainNoWay(planned.why));
    const { parts } = planned.value;
    expect(planned.value.parked_rad).toEqual(baseTurnedOn(parked_rad, 2 * Math.PI));
    expect(jointsAt(parts[0]!, 0)).toEqual(from);
    const end = jointsAt(parts.at(-1)!, parts.at(-1)!.length / 6 - 1);
    end.forEach((q, j) => expect(q).toBeCloseTo(planned.value.parked_rad[j]!, 12));
    for (const part of parts)
      for (let k = 0; k < part.length / 6; k += 5)
        expect(clear.clearanceAt(jointsAt(part, k)).minM).toBeGreaterThanOrEqual(clear.requiredM);
  }
});

it("parks as the calibration has it wherever that can be, and says what no turn of the base helps against", () => {
  const near = parked_rad.map((q, j) => (j === 5 ? q + 1 : q)) as unknown as Joints;
  const planned = planParking(near, place);
  expect(planned.ok && planned.value.parked_rad).toEqual(parked_rad);
  const behind = parked_rad.map((q, j) => (j === 1 ? q + 2 * Math.PI : q)) as unknown as Joints;
  const refused = planParking(behind, place);
  expect(refused.ok ? "a way" : explainNoWay(refused.why)).toMatch(/^the shoulder joint stands at 305 deg/);
});

it("does not go around to where the base has no room left to play", () => {
  const { profile } = place;
  const jointMax_rad = profile.limits.jointMax_rad.map((q, j) => (j === 0 ? 3.6 : q)) as unknown as Joints; // it would wait at 3.485
  const tight = { ...place, profile: { ...profile, limits: { ...profile.limits, jointMax_rad } } };
  const refused = planParking([0, -1.57, 0, -1.57, 0, 0], tight);
  expect(refused.ok ? "a way" : explainNoWay(refused.why)).toMatch(/^base and shoulder stand at 0 deg/);
});

it("says what the base would have to pass on its least turn, where neither way around leads there", () => {
  const refused = planParking([5, -1.57, 0, -1.57, 0, 0], place); // 286 deg: 200 deg is nearer than -160
  expect(refused.ok ? "a way" : explainNoWay(refused.why)).toMatch(
    /^base and shoulder stand at 286 deg and -90 deg and are to turn to 200 deg and -55 deg, but on every way there .* between upper arm and scroll .*, at the widest near 21\d deg/,
  );
});
