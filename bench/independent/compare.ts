/**
 * Kinematics against Pinocchio, distances against Coal, and the pace of free motion against TOPP-RA and Ruckig, in a throw-away
 * virtual environment (PyPI is needed).
 *
 *     npx tsx bench/independent/compare.ts
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseCell } from "../../src/collision/cell.ts";
import { distanceBetween } from "../../src/collision/distance.ts";
import { box, capsule, hull, moveShape, type Shape } from "../../src/collision/shape.ts";
import { parseCalibration } from "../../src/instrument/calibration.ts";
import { checkCalibration } from "../../src/instrument/check.ts";
import { NOMINAL_UR5E } from "../../src/kinematics/dh.ts";
import { jacobianAt, jointAxes } from "../../src/kinematics/forward.ts";
import { urdfOf } from "../../src/kinematics/urdf.ts";
import type { Joints } from "../../src/math/joints.ts";
import { seededRandom } from "../../src/math/random.ts";
import { fromRotvec } from "../../src/math/rotation.ts";
import type { Vec3 } from "../../src/math/vec.ts";
import { freeClearance } from "../../src/planning/clearance-checks.ts";
import { parseProfile } from "../../src/planning/profile.ts";
import { FREE_WAY_DEFAULTS, findFreeWay } from "../../src/trajectory/free-way.ts";
import { roundedWay } from "../../src/trajectory/rounded-way.ts";
import { timedWay } from "../../src/trajectory/timed-way.ts";
import { installed, makeEnvironment } from "../../test/interop/python-environment.ts";

/** BSD and MIT; Coal comes with Pinocchio's own builds. */
const PACKAGES = ["toppra==0.6.10", "coal==3.0.3", "pin==4.1.0", "ruckig==0.19.4"];

const random = seededRandom(21);
const vec = (size: number): Vec3 => [0, 1, 2].map(() => size * (2 * random() - 1)) as unknown as Vec3;

function someShape(): Shape {
  const X = { p_m: vec(0.7), R: fromRotvec(vec(3)) };
  const kind = Math.floor(3 * random());
  if (kind === 0) return moveShape(X, capsule(vec(0.4), vec(0.4), 0.02 + 0.1 * random()));
  if (kind === 1) return moveShape(X, box([0, 0, 0], [0.05 + random(), 0.05 + random(), 0.05 + random()]));
  return moveShape(X, hull(Array.from({ length: 6 + Math.floor(20 * random()) }, () => vec(0.4))));
}

const pairs = Array.from({ length: 1000 }, () => {
  const [a, b] = [someShape(), someShape()];
  return { a, b, distanceM: distanceBetween(a, b) };
}).filter(({ distanceM }) => distanceM > 1e-4);

const read = (path: string): string => readFileSync(path, "utf8");
const { instrument } = checkCalibration(
  parseCalibration(read("data/calibration/reference.yaml"), "reference"),
);
const paper = checkCalibration(parseCalibration(read("data/calibration/paper.yaml"), "paper"));
const cell = parseCell(read("data/cells/reference.yaml"), "reference");
const profile = parseProfile(read("launch/profiles/simulation.yaml"), "simulation", []);
const clear = freeClearance({ instrument, cell, profile });
/** TOPP-RA knows joints, not hands. */
const limits = { ...profile.limits, tcpSpeedMps: 1e6 };
const share = profile.trajectory.freeMotionShare;
const ways = [];
while (ways.length < 20) {
  const from = instrument.parked_rad.map(
    (v, j) => v + [0.8, 1, 1.2, 2, 2, 2][j]! * (2 * random() - 1),
  ) as unknown as Joints;
  const { jointMin_rad, jointMax_rad } = limits;
  const found = findFreeWay(from, instrument.parked_rad, clear, {
    ...FREE_WAY_DEFAULTS,
    tries: 500,
    jointMin_rad,
    jointMax_rad,
  });
  if (!found.ok) continue;
  const rounded = roundedWay(found.value, 0.45);
  const seconds = (timedWay(rounded, instrument, { limits, share, sampleS: 0.005 }).length / 6 - 1) * 0.005;
  ways.push({ q_rad: [...rounded.q_rad], step: rounded.step, stops: found.value.length, seconds });
}

/** Straight moves as a scalar course: its length, and what speed, acceleration and jerk along it the joints allow. */
const moves = Array.from({ length: 20 }, () => {
  const to = instrument.parked_rad.map((v) => v + 3 * (random() - 0.5)) as unknown as Joints;
  const way = roundedWay([instrument.parked_rad, to], 0);
  const length = way.step * (way.q_rad.length / 6 - 1);
  const along = (limit: Joints): number =>
    Math.min(...limit.map((v, j) => (share * v * length) / Math.abs(to[j]! - instrument.parked_rad[j]!)));
  const seconds = (timedWay(way, instrument, { limits, share, sampleS: 0.005 }).length / 6 - 1) * 0.005;
  const { jointSpeed_radps, jointAcceleration_radps2, jointJerk_radps3 } = limits;
  const most = [jointSpeed_radps, jointAcceleration_radps2, jointJerk_radps3].map(along);
  return { length, most, seconds };
});

/** The nominal arm and a calibrated one, as URDF, with flange and Jacobian in many configurations. */
const arms = [
  { name: "nominal UR5e", dh: NOMINAL_UR5E },
  { name: "arm of the paper cell", dh: paper.instrument.dh },
].map(({ name, dh }) => ({
  name,
  urdf: urdfOf(dh),
  cases: Array.from({ length: 300 }, () => {
    const q_rad = Array.from({ length: 6 }, () => 2 * Math.PI * (2 * random() - 1)) as unknown as Joints;
    const { axes, X_BF } = jointAxes(dh, q_rad);
    return { q_rad, p_m: X_BF.p_m, R: X_BF.R, jacobian: [...jacobianAt(axes, X_BF.p_m)] };
  }),
}));

const folder = mkdtempSync(join(tmpdir(), "cellist-independent-"));
try {
  const python = makeEnvironment(join(folder, "venv"));
  const why = python === undefined ? "python3 -m venv failed" : installed(python, PACKAGES);
  if (python === undefined || why !== undefined) throw new Error(`no independent libraries: ${why ?? ""}`);
  const cases = join(folder, "cases.json");
  const speed = limits.jointSpeed_radps.map((v) => share * v);
  const acceleration = limits.jointAcceleration_radps2.map((a) => share * a);
  writeFileSync(cases, JSON.stringify({ pairs, ways, moves, arms, speed, acceleration }));
  const { status } = spawnSync(python, ["bench/independent/values.py", cases], { stdio: "inherit" });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
