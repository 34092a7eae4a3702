import { readFileSync } from "node:fs";
import { expect, it, onTestFinished } from "vitest";
import { type Calibration } from "../../src/instrument/calibration.ts";
import { compareCalibrations } from "../../src/instrument/compare-calibrations.ts";
import { STRING_NAMES } from "../../src/score/score.ts";
import { memoryStreams } from "../../src/performance/lock-step.ts";
import { push } from "../../src/sim/plant/hand.ts";
import { startSimulatedRobot } from "../../src/sim/simulated-robot.ts";
import { dhParameters } from "../../src/teaching/arm-kinematics.ts";
import { openArmDesk } from "../../src/teaching/arm-desk.ts";
import { parseCell } from "../../src/collision/cell.ts";
import { parseProfile } from "../../src/planning/profile.ts";
import type { TaughtCello } from "../../src/teaching/taught-places.ts";
import { unfitToPlay } from "../../src/teaching/unfit.ts";
import { makeCalibration } from "../../src/teaching/make-calibration.ts";
import { teachCello } from "../../src/teaching/teach-cello.ts";
import { during } from "../rtde/arm-in-step.ts";
import { simulatedPerson } from "./simulated-person.ts";
import { always, atTheArm, clumsy, nowhere, reference, scope, truth, whileItLasts } from "./arm-in-hand.ts";

/** What a stranger to this cell would start from: the right tool, a hair that is two centimetres and three degrees off. */
const start: Calibration = {
  ...reference,
  hair: {
    ...reference.hair,
    frog_F_m: reference.hair.frog_F_m.map((v, i) => v + [0.02, -0.015, 0.01][i]!),
    axis_F: reference.hair.axis_F.map((v, i) => v + [0, 0.05, -0.03][i]!),
  },
};

it("makes a calibration of what a person teaches by hand, good enough to play by", async () => {
  const { robot, desk } = await atTheArm();
  const person = simulatedPerson(robot, truth, reference, { clumsy, seed: 3, measures: true });
  const taught = await whileItLasts(robot, teachCello(desk, person, scope, nowhere, always));
  expect(desk.control.mode).toBe("idle");
  const made = makeCalibration(start, dhParameters(desk.kinematics), taught, {
    name: "taught",
    origin: "a simulated person",
    revision: 1,
    takenAt: new Date(0),
  });
  expect(made.calibration.extra[1]).toMatchObject({ string: "D", from_bridge_m: 0.13 });
  const { strings, otherArm } = compareCalibrations(truth, made.instrument);
  for (const name of STRING_NAMES) {
    expect(Math.abs(strings[name].deeper.frogM)).toBeLessThan(0.001);
    expect(Math.abs(strings[name].deeper.tipM)).toBeLessThan(0.001);
    expect(made.report.planes[name]!.offModel_rad).toBeLessThan(0.05);
  }
  expect(otherArm).toBe(false);
  await during(robot, desk.close());
});

it("goes back when it is asked to, takes no place twice, and makes no calibration when it is ended", async () => {
  const { robot, desk } = await atTheArm();
  const answers = { 1: "b", 3: "maybe", 4: "q" };
  const person = simulatedPerson(robot, truth, reference, { clumsy, seed: 3, answers });
  const lazy = {
    ...person,
    ask: (text: string, place: Parameters<typeof person.ask>[1]) =>
      person.ask(text, place?.kind === "corner" ? { ...place, end: "frog" } : place),
  };
  await expect(whileItLasts(robot, teachCello(desk, lazy, scope, nowhere, always))).rejects.toThrow(
    /ended after 1 of 13 poses; they are kept in here\.taught\.json, and the same command goes on from there/,
  );
  // Frog taken, back, frog again; then the tip: "maybe", and then ended.
  expect(person.heard.slice(1)).toEqual([expect.stringMatching(/Not taken: "maybe" means nothing here/)]);
  expect(desk.control.mode).toBe("idle");
  await during(robot, desk.close());
});

it("says of a place that was not taught yet that it comes later, and of the one asked for that it is that one", async () => {
  const { robot, desk } = await atTheArm();
  const heard: string[] = [];
  const typed = ["d tip", "parked", "a frog", "q"];
  const person = { tell: (text: string) => void heard.push(text), ask: () => Promise.resolve(typed.shift()) };
  await expect(whileItLasts(robot, teachCello(desk, person, scope, nowhere, always))).rejects.toThrow(
    /after 0 of 13/,
  );
  expect(heard.slice(1)).toEqual([
    "the tip of the D string comes later, in its turn; first the frog of the A string",
    "the parked pose comes later, in its turn; first the frog of the A string",
    "the frog of the A string is what is asked for now: bring the bow there and press Enter",
  ]);
  await during(robot, desk.close());
});

it("says why no cello fits what was taught, and takes single places again until one does", async () => {
  const { robot, desk } = await atTheArm();
  const room = {
    cell: parseCell(readFileSync("data/cells/reference.yaml", "utf8"), "reference"),
    profile: parseProfile(readFileSync("launch/profiles/robot.yaml", "utf8"), "robot", []),
  };
  const title = { name: "again", origin: "a simulated person", revision: 1, takenAt: new Date(0) };
  // Places 3 and 4 are frog and tip of D. After the 9th the truth comes out: D frog is asked for, but lies where D tip was taken;
  // that one is given up, too, and both are taught again.
  const answers = { 9: "which?", 10: "d frog", 12: "d TIP" };
  const person = simulatedPerson(robot, truth, reference, { clumsy, seed: 3, answers });
  let questions = 0;
  const swapping = {
    ...person,
    ask: (text: string, place?: Parameters<typeof person.ask>[1]) => {
      const isSwapped = place?.kind === "corner" && questions++ < 8 && place.string === "D";
      return person.ask(text, isSwapped ? { ...place, end: place.end === "frog" ? "tip" : "frog" } : place);
    },
  };
  const make = (taught: TaughtCello) => makeCalibration(start, dhParameters(desk.kinematics), taught, title);
  const taught = await whileItLasts(
    robot,
    teachCello(desk, swapping, { ...scope, planes: false }, nowhere, (so) =>
      unfitToPlay(() => make(so), room),
    ),
  );
  expect(person.heard.slice(1)).toEqual([
    expect.stringMatching(/^Not taken: calibration "again": frog and tip of the D string are swapped/),
    expect.stringMatching(/^"which\?" is no place/),
    expect.stringMatching(/^Not taken: this is only \d+ mm from the tip of the D string/),
  ]);
  expect(person.asked.filter((place) => place.kind === "corner" && place.string === "A")).toHaveLength(2);
  const { mostM } = compareCalibrations(truth, make(taught).instrument);
  expect(mostM).toBeLessThan(0.001);
  await during(robot, desk.close());
});

it("keeps what was taught when a stop holds the arm meanwhile, and says so when the robot is lost", async () => {
  const { robot, desk } = await atTheArm();
  const person = simulatedPerson(robot, truth, reference, { clumsy, seed: 3 });
  const { controller } = robot;
  const release = (): void => {
    controller.modes.set("robot-emergency-stop", false);
    controller.modes.releaseBrakes();
  };
  const meanwhile = [undefined, () => controller.emergencyStop(), release, undefined];
  let asked = 0;
  const disturbed = {
    ...person,
    ask: async (text: string, place?: Parameters<typeof person.ask>[1]) => {
      if (asked === meanwhile.length) await desk.control.close().catch(() => undefined);
      const happens = meanwhile[asked++];
      if (!happens) return asked > meanwhile.length ? "" : person.ask(text, place);
      happens();
      for (let turn = 0; turn < 2000; turn++) await new Promise((resolve) => setImmediate(resolve));
      return "";
    },
  };
  await expect(whileItLasts(robot, teachCello(desk, disturbed, scope, nowhere, always))).rejects.toThrow(
    /the connection to the robot is lost; the calibration was ended after 2 of 13 poses; they are kept in here\.taught\.json/,
  );
  expect(person.heard.slice(1)).toEqual([
    expect.stringMatching(/^Not taken: the arm is no longer free: .*emergency stop.*, then press Enter/),
    expect.stringMatching(
      /^Not taken: the arm was held meanwhile and is free again now; bring the bow there once more/,
    ),
  ]);
});

it("says at once that the robot is lost, whether or not somebody presses a key", async () => {
  const { robot, desk } = await atTheArm();
  const silent = {
    tell: () => undefined,
    ask: async () => {
      void desk.control.close();
      return new Promise<never>(() => undefined);
    },
  };
  await expect(whileItLasts(robot, teachCello(desk, silent, scope, nowhere, always))).rejects.toThrow(
    /the connection to the robot is lost; the calibration was ended after 0 of 13 poses; nothing was stored/,
  );
});

it("goes on with the same place after a safeguard has held the arm", async () => {
  const { robot, desk } = await atTheArm();
  const person = simulatedPerson(robot, truth, reference, { clumsy, seed: 3 });
  const { modes } = robot.controller;
  const safeguard = [undefined, true, false, undefined];
  let asked = 0;
  const disturbed = {
    ...person,
    ask: async (text: string, place?: Parameters<typeof person.ask>[1]) => {
      if (asked === safeguard.length) return "q";
      const holds = safeguard[asked++];
      if (holds === undefined) return person.ask(text, place);
      modes.set("safeguard-stop", holds);
      for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
      return "";
    },
  };
  await expect(whileItLasts(robot, teachCello(desk, disturbed, scope, nowhere, always))).rejects.toThrow(
    /ended after 2 of 13 poses/,
  );
  expect(person.heard.slice(1)).toEqual([
    expect.stringMatching(
      /^Not taken: the arm is no longer free: .*: A safeguard stops the arm\. First clear the safeguard and reset it, then press Enter/,
    ),
    expect.stringMatching(/^Not taken: the arm was held meanwhile and is free again now/),
  ]);
  await during(robot, desk.close());
});

it("lets go of no arm that a hand still pulls after a protective stop, and says so and how to unlock it", async () => {
  const { robot, desk } = await atTheArm();
  const { controller } = robot;
  const { plant, modes } = controller;
  const heard: string[] = [];
  const pulls = (): void => plant.setOutside(push([0, 60, 0, 0, 0, 0]));
  const letsGo = (): void => plant.setOutside(push([0, 0, 0, 0, 0, 0]));
  const stopped = (): void => void modes.protectiveStop();
  const meanwhile = [stopped, pulls, () => expect(modes.unlock()).toBe(true), letsGo, letsGo];
  let asked = 0;
  const person = {
    tell: (text: string) => void heard.push(text),
    ask: async () => {
      meanwhile[asked]?.();
      for (let turn = 0; turn < 1000; turn++) await new Promise((resolve) => setImmediate(resolve)); // 5 s and more until it can be unlocked
      return ++asked === meanwhile.length ? "q" : "";
    },
  };
  await expect(whileItLasts(robot, teachCello(desk, person, scope, nowhere, always))).rejects.toThrow(
    /after 0 of 13/,
  );
  const unlock =
    /^Not taken: the arm is no longer free: .*: The controller stopped the arm to protect it\. First see why, and unlock the protective stop on the teach pendant, then press Enter\.$/;
  expect(heard.slice(1)).toEqual([
    expect.stringMatching(unlock),
    expect.stringMatching(unlock),
    expect.stringMatching(
      /^Not taken: the arm is not free yet: it feels 60\.0 N at the bow .*; let go of the arm, then press Enter again\.$/,
    ),
    expect.stringMatching(/^Not taken: the arm was held meanwhile and is free again now/),
  ]);
  expect(Math.hypot(...desk.control.state.actual_TCP_force.slice(0, 3))).toBeLessThan(1);
  await during(robot, desk.close());
});

it("refuses a tip that lies where the frog was, and an arm that still moves", async () => {
  const { robot, desk } = await atTheArm();
  const person = simulatedPerson(robot, truth, reference, { clumsy, seed: 3, answers: { 2: "q" } });
  const same = {
    ...person,
    ask: (text: string, place: Parameters<typeof person.ask>[1]) =>
      person.ask(text, place?.kind === "corner" ? { ...place, end: "frog" } : place),
  };
  await expect(whileItLasts(robot, teachCello(desk, same, scope, nowhere, always))).rejects.toThrow(
    /after 1 of 13/,
  );
  expect(person.heard[1]).toMatch(
    /Not taken: this is only \d+ mm from the frog of the A string \(at least 150 mm\)/,
  );
  const hasty = {
    tell: person.tell,
    ask: () => {
      robot.controller.plant.setOutside(() => [30, 0, 0, 0, 0, 0]);
      return Promise.resolve(person.heard.length > 3 ? "q" : "");
    },
  };
  await expect(whileItLasts(robot, teachCello(desk, hasty, scope, nowhere, always))).rejects.toThrow(
    /after 0 of 13/,
  );
  expect(person.heard.at(-1)).toMatch(/Not taken: the arm still moves .*; hold it still/);
  await during(robot, desk.close());
});

it("lets go of no arm that carries more than it knows of, and of none in local control", async () => {
  const heavy = await startSimulatedRobot({ instrument: truth, realTime: false, seed: 1, poweredOn: true });
  onTestFinished(() => heavy.close());
  heavy.controller.setHiddenMass(1.5);
  const tool = { tcp_F: truth.tcp_F, payload: truth.payload };
  await expect(during(heavy, openArmDesk(memoryStreams(heavy), tool))).rejects.toThrow(
    /the simulator: the arm feels 1[45]\.\d N at the bow .*correct the payload of 0\.26 kg .*if somebody held the arm when .* zeroed, run cellist zero-force with nothing touching the arm/,
  );
  heavy.pendant.remoteControl = false;
  await expect(during(heavy, openArmDesk(memoryStreams(heavy), tool))).rejects.toThrow(/local control/);
});
