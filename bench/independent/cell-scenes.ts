import { CLEARANCE_SETTINGS } from "../../src/collision/clearance.ts";
import { makeScene } from "../../src/collision/collision-scene.ts";
import { makePairScan } from "../../src/collision/pair-scan.ts";
import { urdfOf } from "../../src/kinematics/urdf.ts";
import { jointsAt, type Joints } from "../../src/math/joints.ts";
import { freeClearance } from "../../src/planning/clearance-checks.ts";
import type { PieceContext } from "../../src/planning/piece-context.ts";
import { planFreeMotion } from "../../src/planning/plan-free-motion.ts";
import { explainPieceRefusal, planPiece } from "../../src/planning/plan-piece.ts";
import type { Score } from "../../src/score/score.ts";
import type { JointTrajectory } from "../../src/trajectory/joint-trajectory.ts";

/** Configurations per cell: as planned, beside that, and anywhere. */
const [AS_PLAYED, NEARLY, ANYWHERE] = [60, 100, 40];
/** So far beside a playing pose every joint may be [rad]: many of these are in something, or nearly. */
const ASIDE_RAD = 0.15;
/** Ways to the parked pose: from the strings, and from beside the parked pose. */
const FREE_WAYS = 8;
/** Shapes of a scene that a fault is put into, for the comparison to find. */
const SHIFTED = "forearm";

/**
 * One shipped cell with arm, bow and cello: the shapes in the frames of their links, where the product says that each pair is, and
 * motions that it says are clear.
 *
 * @param shiftM the forearm is told of this far beside where the product has it: a comparison must not pass then [m]
 */
export function cellScene(
  name: string,
  context: PieceContext,
  score: Score,
  random: () => number,
  shiftM: number,
) {
  const { instrument, cell, profile } = context;
  const planned = planPiece(score, context);
  if (!planned.ok) throw new Error(`${name}: ${explainPieceRefusal(planned.why, score)}`);
  const { trajectory } = planned.value;
  const scene = makeScene(instrument, cell, CLEARANCE_SETTINGS.sizes, false);
  const configurations = someConfigurations(trajectory, random);
  const { stickOverStringM, clearanceM } = profile.limits;
  return {
    name,
    urdf: urdfOf(instrument.dh),
    shapes: scene.shapes.map((s) => ({ ...s, shiftM: s.name === SHIFTED ? shiftM : 0 })),
    pairs: scene.pairs,
    configurations,
    distances_m: distancesIn(scene, configurations),
    freeWays: freeWays(context, trajectory, random),
    freeRequiredM: freeClearance(context).requiredM,
    music: {
      title: trajectory.title,
      timeS: [...trajectory.timeS],
      q_rad: [...trajectory.q_rad],
      qd_radps: [...trajectory.qd_radps],
      qdd_radps2: [...trajectory.qdd_radps2],
      ...trajectory.margins.clearance,
      /** Of each pair: nearer by this than others may come, or that it is not looked at: hair on strings. */
      allowances_m: musicAllowances(context, clearanceM - stickOverStringM),
    },
  };
}

function someConfigurations({ q_rad }: JointTrajectory, random: () => number): Joints[] {
  const played = (): Joints => jointsAt(q_rad, Math.floor((random() * q_rad.length) / 6));
  const beside = (): Joints => played().map((v) => v + ASIDE_RAD * (2 * random() - 1)) as unknown as Joints;
  const anywhere = (): Joints =>
    [0, 1, 2, 3, 4, 5].map(() => Math.PI * (2 * random() - 1)) as unknown as Joints;
  return [
    ...Array.from({ length: AS_PLAYED }, played),
    ...Array.from({ length: NEARLY }, beside),
    ...Array.from({ length: ANYWHERE }, anywhere),
  ];
}

function distancesIn(scene: ReturnType<typeof makeScene>, configurations: readonly Joints[]): number[][] {
  const { eachPair } = makePairScan(scene);
  return configurations.map((q_rad) => {
    const distances: number[] = [];
    eachPair(q_rad, undefined, (_, distanceM) => distances.push(distanceM) > 0);
    return distances;
  });
}

function musicAllowances({ instrument, cell }: PieceContext, overStringM: number): (number | null)[] {
  const all = makeScene(instrument, cell, CLEARANCE_SETTINGS.sizes, false);
  const music = makeScene(instrument, cell, CLEARANCE_SETTINGS.sizes, true);
  const looked = new Map(music.pairs.map(([i, k], n) => [`${i} ${k}`, music.overStrings[n]!]));
  return all.pairs.map(([i, k]) => {
    const overString = looked.get(`${i} ${k}`);
    return overString === undefined ? null : overString ? overStringM : 0;
  });
}

/** Sampled every millisecond. */
function freeWays(context: PieceContext, { q_rad }: JointTrajectory, random: () => number): number[][] {
  const { instrument, profile } = context;
  const everyMs = { ...profile, trajectory: { ...profile.trajectory, sampleS: 0.001 } };
  const ways: number[][] = [];
  while (ways.length < FREE_WAYS) {
    const from =
      ways.length % 2 === 0
        ? jointsAt(q_rad, Math.floor((random() * q_rad.length) / 6))
        : (instrument.parked_rad.map(
            (v, j) => v + [0.8, 1, 1.2, 2, 2, 2][j]! * (2 * random() - 1),
          ) as unknown as Joints);
    const found = planFreeMotion(from, instrument.parked_rad, { ...context, profile: everyMs });
    // What comes before the last part leads out of what is touched: it is not free yet.
    if (found.ok) ways.push([...found.value.at(-1)!]);
  }
  return ways;
}
