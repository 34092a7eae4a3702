import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { parseCalibration } from "../../src/instrument/calibration.ts";
import { importWaypoints, parseWaypointMap } from "../../src/teaching/import-waypoints.ts";
import { makeCalibration } from "../../src/teaching/make-calibration.ts";

const paper = parseCalibration(readFileSync("data/calibration/paper.yaml", "utf8"), "paper");
const { kinematics } = paper.arm;

/** A program with the published robot's poses, as PolyScope 5 writes one. */
function program(names: Readonly<Record<string, string>>, tcp = paper.tcp_in_flange): Uint8Array {
  const list = (values: readonly number[]): string => values.join(", ");
  const arm = (tag: string): string =>
    `<${tag} status="LINEARIZED" validChecksum="true"><deltaTheta value="${list(kinematics.delta_theta_rad)}"/>` +
    `<a value="${list(kinematics.a_m)}"/><d value="${list(kinematics.d_m)}"/><alpha value="${list(kinematics.alpha_rad)}"/>` +
    `<jointChecksum value="1, 2, 3, 4, 5, 6"/></${tag}>`;
  const waypoint = ([place, name]: [string, string], i: number): string => {
    const [string, end] = place.split(".") as ["A", "frog"];
    const offset = i === 7 ? tcp : paper.tcp_in_flange;
    return (
      `<Waypoint type="Fixed" name="${name}" kinematicsFlags="3"><motionParameters/><position>` +
      `<JointAngles angles="${list(paper.taught[string][end].q)}"/><TCPOffset pose="${list(offset)}"/>${arm("Kinematics")}` +
      `</position><BaseToFeature pose="0.0, 0.0, 0.0, 0.0, 0.0, 0.0"/></Waypoint>`
    );
  };
  const body = Object.entries(names).map(waypoint).join("");
  return gzipSync(`<URProgram name="song">${arm("kinematics")}<children>${body}</children></URProgram>`);
}

const places = ["A", "D", "G", "C"].flatMap((string) => [`${string}.frog`, `${string}.tip`]);
const called = (name: (place: string, i: number) => string) =>
  Object.fromEntries(places.map((place, i) => [place, name(place, i)]));

it("makes the published robot's calibration of a program with its waypoints, whatever they are called", async () => {
  const numbered = called((_, i) => `Waypoint_${i + 1}`);
  for (const [names, map] of [
    [called((place) => place.replace(".", "_")), {}],
    [called((place) => place.split(".").reverse().join(" ")), {}],
    [numbered, numbered],
  ] as const) {
    const { dh, cello, tcp_F } = await importWaypoints(program(names), "song.urp", map, paper.parked_q_rad);
    for (const string of ["A", "C"] as const)
      cello.taught[string].tip.p.forEach((v, i) => expect(v).toBeCloseTo(paper.taught[string].tip.p[i]!, 6));
    const title = { name: "imported", origin: "song", revision: 1, takenAt: new Date(0) };
    const made = makeCalibration(
      { ...paper, tcp_in_flange: [...tcp_F] },
      dh,
      cello,
      title,
      "Waypoints of song",
    );
    expect(made.report.strings.D.pressedM.frog).toBeLessThan(0.003);
    expect(made.text).toMatch(/^# Waypoints of song; hair and strings fitted/);
  }
});

it("says which waypoint is missing, taught with another tool, or called what", async () => {
  const { parked_q_rad: parked } = paper;
  const of = (bytes: Uint8Array, map = {}) => importWaypoints(bytes, "song.urp", map, parked);
  const names = called((place) => place);
  await expect(of(program({ ...names, "G.tip": "x" }))).rejects.toThrow(
    /song\.urp has no waypoint for G\.tip: it has .*x/,
  );
  await expect(of(program({ ...names, "D.tip": "A frog" }), { "D.tip": "A frog" })).rejects.toThrow(
    /song\.urp has both (A\.frog and A frog|A frog and A\.frog) for A\.frog; say which it is with --map A\.frog=NAME/,
  );
  await expect(of(program({ ...names, "D.tip": "A.frog" }), { "D.tip": "A.frog" })).rejects.toThrow(
    /two different waypoints A\.frog; give one of them another name/,
  );
  await expect(of(program(names), { parked: "Home" })).rejects.toThrow(
    /has no waypoint Home: .*--map parked=NAME/,
  );
  expect((await of(program(names))).isParkedThere).toBe(false);
  await expect(of(program(names), { "A.frog": "Start" })).rejects.toThrow(
    /no waypoint Start: .*--map A\.frog=NAME/,
  );
  await expect(of(program(names, [0, 0, 0.1, 0, 0, 0]))).rejects.toThrow(
    /waypoint C\.tip was taught with another TCP than C\.frog/,
  );
  await expect(of(new TextEncoder().encode("hello"))).rejects.toThrow(
    /song\.urp is not a file of PolyScope 5/,
  );
  expect(parseWaypointMap("A.frog=Waypoint_1, parked=Home")).toEqual({
    "A.frog": "Waypoint_1",
    parked: "Home",
  });
  expect(() => parseWaypointMap("E.frog=x")).toThrow(/--map E\.frog=x: write PLACE=WAYPOINT/);
});
