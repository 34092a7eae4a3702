import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { headerAt, logTimeNs } from "../../src/bag/log-time.ts";
import { openPerformanceLog } from "../../src/bag/performance-log.ts";
import { scoreMessage } from "../../src/bag/score-message.ts";
import { ROS_JOINT_NAMES } from "../../src/math/joints.ts";
import { jointsAt } from "../../src/math/joints.ts";
import { motionOfTrajectory, notesOfPlan } from "../../src/replay/re-plan.ts";
import { replayTake } from "../../src/replay/replay-take.ts";
import { profileOfTake } from "../../src/replay/settings-of-take.ts";
import { takeFacts } from "../../src/replay/take-facts.ts";
import { readTake } from "../../src/replay/take.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { shortPiece } from "../performance/short-piece.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-replan-"));
afterAll(() => rmSync(folder, { recursive: true }));

const workcell = await loadWorkcell({ profile: "simulation", set: [], calibration: "", cell: "" });
const piece = shortPiece();
const PERIOD_S = 0.002;

interface Fault {
  /** Everything takes so many times longer. */
  readonly stretch: number;
  /** Wrist 3 is turned by so much [rad]. */
  readonly wrist_rad: number;
  /** This note is on another string and bowed the other way. */
  readonly wrongNote: number | undefined;
}

/** A bag in which an arm played today's plan, with faults. */
async function takeOf(
  name: string,
  { stretch, wrist_rad, wrongNote }: Fault,
  settings: object = {},
): Promise<string> {
  const path = join(folder, name);
  const log = await openPerformanceLog(path);
  log.append("/settings", 0n, { json: JSON.stringify(settings), sha256: "" });
  log.append("/score", 0n, scoreMessage(piece.score, 0n));
  const motion = motionOfTrajectory(piece.trajectory, PERIOD_S / stretch);
  const events = notesOfPlan(piece).flatMap(({ noteIndex, midi, string, startS, endS }, k) => {
    const isWrong = noteIndex === wrongNote;
    const direction = isWrong ? "turned" : piece.plan.notes[k]!.direction;
    const note = { note_index: noteIndex, midi, string_name: isWrong ? "C" : string, direction };
    return [
      { ...note, event: "onset", atS: stretch * startS },
      { ...note, event: "offset", atS: stretch * endS },
    ];
  });
  events.sort((a, b) => a.atS - b.atS);
  for (let row = 0; row < motion.q_rad.length / 6; row++) {
    const timeNs = logTimeNs(0n, row * PERIOD_S, 0);
    while (events[0] && events[0].atS <= row * PERIOD_S) {
      const { atS, ...event } = events.shift()!;
      const eventNs = logTimeNs(0n, atS, 0);
      log.append("/note_events", eventNs, { header: headerAt(eventNs), ...event, score_time_s: atS });
    }
    const position = jointsAt(motion.q_rad, row).map((q, j) => (j === 5 ? q + wrist_rad : q));
    log.append("/joint_states", timeNs, {
      header: headerAt(timeNs),
      name: ROS_JOINT_NAMES,
      position,
      velocity: [],
      effort: [],
    });
  }
  await log.close();
  return path;
}

async function planned(name: string, fault: Fault) {
  const take = await readTake(await takeOf(`${name}.mcap`, fault));
  const options = { kind: "plan", folder: join(folder, name), seed: 1, sound: false } as const;
  const { plan } = await replayTake(take, workcell, options);
  expect(JSON.parse(readFileSync(join(folder, name, "replay.json"), "utf8"))).toMatchObject({
    kind: "plan",
    plan: { notes: plan!.notes },
  });
  return plan!;
}

it("finds no difference between a take and its own plan, made again", async () => {
  const { notes, onsetS, lengthS, otherStrings, otherDirections, takeS, planS, arm } = await planned("same", {
    stretch: 1,
    wrist_rad: 0,
    wrongNote: undefined,
  });
  expect([notes, otherStrings, otherDirections]).toEqual([6, 0, 0]);
  expect(Math.max(...[onsetS, lengthS].flatMap(({ min, max }) => [-min, max]))).toBeLessThan(1e-6);
  expect(takeS).toBeCloseTo(planS, 6);
  expect(arm!.notes).toBe(6);
  expect(arm!.toolM.max).toBeLessThan(1e-5); // between two states 2 ms apart nothing is exact
  expect(arm!.joint_rad.max).toBeLessThan(1e-5);
  expect(arm!.bowM.max).toBeLessThan(1e-4);
  expect(Math.abs(arm!.bowSpeedMps.median)).toBeLessThan(1e-4);
  expect(Math.abs(arm!.forceN.median)).toBeLessThan(0.01);
  // What today's plan plays lies beside the report, a state every 2 ms.
  const again = await readTake(join(folder, "same", "replay.mcap"));
  expect(again.timeS.at(-1)).toBeCloseTo(piece.trajectory.timeS.at(-1)!, 2);
});

it("finds a take that was slower, stood askew, and bowed a note otherwise", async () => {
  const { onsetS, otherStrings, otherDirections, takeS, planS, arm } = await planned("other", {
    stretch: 1.1,
    wrist_rad: 0.01,
    wrongNote: 2,
  });
  expect(takeS / planS).toBeCloseTo(1.1, 4);
  const lastOnsetS = piece.plan.notes.at(-1)!.startS - piece.plan.notes[0]!.startS;
  expect(onsetS.max).toBeCloseTo(0.1 * lastOnsetS, 4);
  expect([otherStrings, otherDirections]).toEqual([1, 1]);
  expect(arm!.notes).toBe(5);
  expect(arm!.joint_rad.median).toBeCloseTo(0.01, 3);
  // Wrist 3 turns about the flange's z: the tool moves by the angle times its distance from there.
  const [x, y] = workcell.instrument.tcp_F;
  expect(arm!.toolM.median / (0.01 * Math.hypot(x, y))).toBeCloseTo(1, 1);
  // A tenth slower, by the same way: the bow is a tenth slower.
  const planMps = piece.plan.notes.map(({ bowSpeedMps }) => bowSpeedMps).sort((a, b) => a - b)[3]!;
  expect(arm!.bowSpeedMps.median / planMps).toBeCloseTo(1 / 1.1 - 1, 1);
});

it("plans with the profile that the bag holds; of settings that are no more or new since it tells", async () => {
  const { limits, ...rest } = workcell.profile;
  const { clearanceM, ...otherLimits } = limits;
  const profile = {
    ...rest,
    limits: { ...otherLimits, forgottenLimit: 5 },
    trajectory: { ...rest.trajectory, knotS: 0.03 },
  };
  const exact = { stretch: 1, wrist_rad: 0, wrongNote: undefined };
  const take = await readTake(await takeOf("settings.mcap", exact, { profile }));
  expect(takeFacts(take, workcell.calibration.taught).strokes).toBeUndefined(); // it never meant to follow taught lines
  const said = profileOfTake(take)!;
  expect(said.profile.trajectory.knotS).toBe(0.03);
  expect(said.profile.limits.clearanceM).toBe(clearanceM);
  expect(said.remarks).toEqual([
    "limits.clearanceM is new since the take; its default is used",
    "limits.forgottenLimit of the take is no setting any more",
  ]);
  expect(profileOfTake(await readTake(await takeOf("none.mcap", exact)))).toBeUndefined();
});
