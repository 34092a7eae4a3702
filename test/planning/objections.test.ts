import { expect, it } from "vitest";
import { bowPlanFromMessage, bowPlanMessage } from "../../src/bag/bow-plan-message.ts";
import { scoreMessage } from "../../src/bag/score-message.ts";
import type { BowPlan } from "../../src/bowing/bow-plan.ts";
import { isSameWay } from "../../src/bowing/objection.ts";
import { readLaunch } from "../../src/launch/launch-file.ts";
import { RunningLaunch } from "../../src/launch/run-launch.ts";
import { afterBowing, NOTHING_TRIED } from "../../src/planning/easiest-bowing.ts";
import { planFollower } from "../../src/planning/follow-plan.ts";
import { NOTHING_HEEDED } from "../../src/bowing/heeded.ts";
import { bowPiece, planPiece } from "../../src/planning/plan-piece.ts";
import type { JointTrajectory } from "../../src/trajectory/joint-trajectory.ts";
import { GraphNode } from "../../src/ros/node/graph-node.ts";
import type { MessageOf } from "../../src/ros/topics.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";

/** The pieces here were found with these prices: under others they are bowed otherwise, and show other things. */
const set = ["bowing.weights.slower=10", "bowing.speedTolerance=0.14"];
const workcell = await loadWorkcell({ profile: "simulation", set, cell: "", calibration: "reference" });
/** E2 E♭2 D3 G2 A2: from C to D over a string, in the tip half, wrist 2 would have to turn a little faster than it can. */
const tooFast = scoreOf(
  [40, 39, 50, 43, 45].map((midi, i) => ({ midi, quarters: [2, 0.5, 1, 1, 0.5][i]! })),
  135,
);

it("bows otherwise where the arm cannot follow, and says so at the note", () => {
  const first = bowPiece(tooFast, workcell);
  if (!first.ok) throw new Error("cannot be bowed");
  expect(planFollower(workcell).follow(first.value).ok).toBe(false);
  const planned = planPiece(tooFast, workcell);
  if (!planned.ok) throw new Error("no other bowing was found");
  const { notes, objections } = planned.value.plan;
  expect(objections.map(({ noteIndex, from, to }) => `${noteIndex} ${from}${to}`)).toContain("2 CD");
  expect(notes[2]!.why.join("; ")).toMatch(
    /not C (up|down)-bow to D (up|down)-bow at \d+ cm.*: the arm cannot follow/,
  );
  notes.slice(1).forEach((after, i) => {
    const before = notes[i]!;
    const way = {
      from: before.string,
      to: after.string,
      before: before.direction,
      after: after.direction,
    };
    const broken = objections.filter(
      (told) =>
        told.noteIndex === after.noteIndex &&
        isSameWay(told, way) &&
        Math.abs(told.bowM - after.bowStartM) < told.reachM - 1e-6,
    );
    expect(broken).toEqual([]);
  });
});

it("gives up where no bowing helps, with the numbers of what it tried last", () => {
  const hopeless = scoreOf(
    [36, 57, 36, 57].map((midi) => ({ midi, quarters: 0.25 })),
    120,
  );
  const refused = planPiece(hopeless, workcell);
  expect(refused.ok).toBe(false);
  if (!refused.ok) expect(refused.why.stage).toBe("trajectory");
});

type Study = readonly (readonly [midi: number, quarters: number])[];
const study = (notes: Study, quartersPerMinute: number) =>
  scoreOf(
    notes.map(([midi, quarters]) => ({ midi, quarters })),
    quartersPerMinute,
  );

/** As it is bowed first, the published arm has less than a fifth of what it may to spare. */
const slack = study(
  [
    [58, 0.5], [44, 1], [62, 1], [50, 0.5], [59, 0.5], [59, 0.5], [48, 2], [53, 0.5], [56, 0.5], [65, 0.5],
  ],
  143,
); // prettier-ignore
/** On the published cell one crossing asks more than four fifths of what the wrist has, whatever else is tried. */
const hardly = study(
  [
    [50, 1], [57, 0.5], [61, 0.5], [49, 2], [59, 0.5], [65, 1], [41, 0.5], [46, 0.5], [37, 2], [41, 1],
  ],
  146,
); // prettier-ignore
/** Plays on the published cell, but not where the bow planner foresees what crossings will ask of the arm. */
const unforeseen = study(
  [
    [52, 1], [54, 0.5], [49, 2], [43, 1], [59, 2], [45, 2], [42, 2], [61, 1], [53, 0.5], [38, 0.5],
  ],
  137,
); // prettier-ignore
/** As it is bowed first, the published arm cannot follow a change of bow on one string near the end of its reach. */
const farChange = study(
  [
    [52, 0.5], [38, 0.5], [37, 0.5], [38, 0.5], [52, 2], [55, 2], [44, 0.5], [52, 0.5], [53, 1], [39, 1],
  ],
  104,
); // prettier-ignore
/** The prelude's first beats under one slur: on the published cell a wrist that rolls as it does everywhere is a little too slow. */
const prelude = scoreOf(
  [43, 50, 59, 57, 59, 50, 59, 50].map((midi, i) => ({ midi, quarters: 0.25, slurredFromPrevious: i > 0 })),
  60,
);
const published = await loadWorkcell({ profile: "simulation", set, cell: "", calibration: "paper" });

it("bows otherwise where the arm follows hardly, if that is easier", () => {
  const first = bowPiece(slack, published);
  if (!first.ok) throw new Error("cannot be bowed");
  const before = planFollower(published).follow(first.value);
  if (!before.ok) throw new Error("cannot be played as it is bowed first");
  expect(use(before.value.trajectory)).toBeGreaterThan(0.8);
  const planned = planPiece(slack, published);
  if (!planned.ok) throw new Error("cannot be played");
  expect(use(planned.value.trajectory)).toBeLessThan(0.8);
});

it("changes the bow elsewhere where the arm cannot follow it", () => {
  const first = bowPiece(farChange, published);
  if (!first.ok) throw new Error("cannot be bowed");
  const before = planFollower(published).follow(first.value);
  if (before.ok) throw new Error("can be played as it is bowed first");
  const { crossings = [] } = before.why.refusal.why;
  const { notes } = first.value;
  expect(crossings).toHaveLength(1);
  for (const { to } of crossings) expect(notes[to]!.string).toBe(notes[to - 1]!.string);
  expect(planPiece(farChange, published).ok).toBe(true);
});

it("keeps the easiest of the bowings that play, where none is easy, and not the last", () => {
  const { follow } = planFollower(published);
  const played: { plan: BowPlan; strain: number }[] = [];
  let [tried, heeded] = [NOTHING_TRIED, NOTHING_HEEDED];
  for (;;) {
    const plan = bowPiece(hardly, published, heeded);
    if (!plan.ok) throw new Error("cannot be bowed");
    const followed = follow(plan.value);
    if (followed.ok) {
      const excesses = followed.value.strained.map(({ excess }) => excess);
      played.push({ plan: plan.value, strain: Math.max(...excesses) });
    }
    const next = afterBowing(tried, plan.value, followed, Infinity);
    if (next.is === "refuse") throw new Error("refused");
    if (next.is === "play") {
      const least = Math.min(...played.map(({ strain }) => strain));
      expect(least).toBeGreaterThan(1);
      expect(next.planned.plan).toEqual(played.find(({ strain }) => strain === least)?.plan);
      expect(next.planned.plan).not.toEqual(plan.value);
      break;
    }
    ({ tried, heeded } = next);
  }
  expect(played.length).toBeGreaterThan(1);
});

it("bows without foresight where that leads nowhere, before it refuses", () => {
  const planned = planPiece(unforeseen, published);
  expect(planned.ok && planned.value.plan.foresight).toBe(false);
  expect(planPiece(slack, published)).toMatchObject({ value: { plan: { foresight: true } } });
});

it("plays the prelude's first beats within four fifths of the published arm", () => {
  const planned = planPiece(prelude, published);
  if (!planned.ok) throw new Error("cannot be played");
  expect(use(planned.value.trajectory)).toBeLessThan(0.8);
});

const use = ({ margins: { jointSpeed, jointAcceleration } }: JointTrajectory): number =>
  Math.max(jointSpeed.value / jointSpeed.limit, jointAcceleration.value / jointAcceleration.limit);

it.each([
  {
    does: "the trajectory node objects, the bow planner bows anew",
    score: tooFast,
    workcell,
    cell: "reference",
  },
  {
    does: "the trajectory node asks for an earlier plan again",
    score: hardly,
    workcell: published,
    cell: "paper",
  },
  {
    does: "the bow planner goes on without foresight",
    score: unforeseen,
    workcell: published,
    cell: "paper",
  },
])("gives the same plan through the nodes: $does", async ({ score, workcell: place, cell }) => {
  const text = `
description: two planners
nodes:
  - node: bow_planner
    parameters: { profile: simulation, calibration: ${cell}, set: ${JSON.stringify(set)} }
  - node: trajectory
    parameters: { profile: simulation, calibration: ${cell}, set: ${JSON.stringify(set)} }
`;
  const running = await RunningLaunch.start(readLaunch(text, "planners", {}));
  const node = new GraphNode(running.graph, {
    name: "test",
    declares: { publishes: ["score"], subscribes: ["bow_plan", "joint_trajectory"] },
  });
  try {
    const plans: MessageOf<"/bow_plan">[] = [];
    node.subscribe("bow_plan", (plan) => void plans.push(plan));
    const moved = new Promise((resolve) => void node.subscribe("joint_trajectory", resolve));
    node.publisher("score").publish(scoreMessage(score, 0n));
    await moved;
    const planned = planPiece(score, place);
    if (!planned.ok) throw new Error("no other bowing was found");
    expect(plans.length).toBeGreaterThan(1);
    expect(bowPlanFromMessage(plans.at(-1)!)).toEqual(
      bowPlanFromMessage(bowPlanMessage(planned.value.plan, 0n)),
    );
  } finally {
    await running.stop();
  }
});
