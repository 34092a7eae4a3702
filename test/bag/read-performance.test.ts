import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { BagReader } from "../../src/bag/bag-reader.ts";
import { logTimeNs } from "../../src/bag/log-time.ts";
import { openPerformanceLog } from "../../src/bag/performance-log.ts";
import { readPerformance, readScoreFromBag } from "../../src/bag/read-performance.ts";
import {
  recordNoteEvent,
  recordPlan,
  recordRemark,
  recordState,
  type CycleNotes,
} from "../../src/bag/write-performance.ts";
import { fromRotvec, rotate } from "../../src/math/rotation.ts";
import { seededRandom } from "../../src/math/random.ts";
import { nanoseconds } from "../../src/ros/time.ts";
import type { Topic } from "../../src/ros/topics.ts";
import type { RobotState } from "../../src/stream/robot-link.ts";
import { sampleContact, samplePlanned, sampleState } from "./sample-performance.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-performance-"));
afterAll(() => rmSync(folder, { recursive: true }));

const EPOCH_NS = 1_700_000_000_000_000_000n;

async function write(name: string, states: readonly RobotState[], notes: CycleNotes = {}): Promise<string> {
  const path = join(folder, name);
  const log = await openPerformanceLog(path);
  recordPlan(log, EPOCH_NS, samplePlanned(seededRandom(5)));
  for (const state of states) {
    recordState(log, logTimeNs(EPOCH_NS, state.robotTimeS, states[0]!.robotTimeS), state, notes);
  }
  await log.close();
  return path;
}

const states = (count: number) => {
  const random = seededRandom(6);
  return Array.from({ length: count }, (_, k) => sampleState(k, random));
};
const unseen = (robotTimeS = 1): RobotState => {
  const { contact, ...rest } = sampleState(0, seededRandom(6));
  expect(contact).toBeDefined();
  return { ...rest, robotTimeS };
};

it("gives back the plan, the trajectory and the settings as they were, to the last bit", async () => {
  const path = await write("plan.mcap", []);
  const { plan, trajectory, settings, servoLagS } = await readPerformance(path);
  const planned = samplePlanned(seededRandom(5));
  expect(plan).toStrictEqual(planned.plan);
  expect(trajectory).toStrictEqual(planned.trajectory);
  expect(settings).toStrictEqual(planned.settings);
  expect(servoLagS).toBe(planned.servoLagS);
});

it("gives back the score, with marks and without, accents in names and all", async () => {
  const path = await write("score.mcap", []);
  expect(await readScoreFromBag(path)).toStrictEqual(samplePlanned(seededRandom(5)).score);
});

it("gives back every state's numbers, to the last bit", async () => {
  const sent = states(1_000);
  const read = await readPerformance(await write("states.mcap", sent));
  const flat = (of: (state: RobotState) => readonly number[]) => Float64Array.from(sent.flatMap(of));
  expect(read.robotTimeS).toStrictEqual(flat((s) => [s.robotTimeS]));
  expect(read.q_rad).toStrictEqual(flat((s) => s.q_rad));
  expect(read.qd_radps).toStrictEqual(flat((s) => s.qd_radps));
  expect(read.targetQ_rad).toStrictEqual(flat((s) => s.targetQ_rad));
  expect(read.pathTimeS).toStrictEqual(flat((s) => [s.player.pathTimeS]));
  expect(read.rate).toStrictEqual(flat((s) => [s.player.rate]));
  expect(read.aheadS).toStrictEqual(flat((s) => [s.player.aheadS]));
  expect(read.contacts).toStrictEqual({
    source: "simulated",
    forceN: flat((s) => s.contact!.forceN),
    bowSpeedMps: flat((s) => s.contact!.bowSpeedMps),
    contactM: flat((s) => s.contact!.contactM),
    bowPositionM: flat((s) => s.contact!.bowPositionM),
  });
});

it("says that the contact is estimated, or unknown, where no simulator told it", async () => {
  const estimatedContact = sampleContact(seededRandom(8));
  const estimated = await readPerformance(await write("estimated.mcap", [unseen()], { estimatedContact }));
  expect(estimated.contacts.source).toBe("estimated");
  expect([...estimated.contacts.forceN]).toEqual(estimatedContact.forceN);
  const unknown = await readPerformance(await write("unknown.mcap", [unseen(1), unseen(2)]));
  expect(unknown.contacts.source).toBe("estimated");
  expect([...unknown.contacts.forceN]).toEqual([NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN]);
});

it.each(["/joint_targets", "/player_state"])("refuses a bag whose state lacks its %s", async (lost) => {
  const path = join(folder, `hole${lost.replace("/", "-")}.mcap`);
  const log = await openPerformanceLog(path);
  const leaky = {
    append: (topic: string, ...rest: [bigint, never]) =>
      topic !== lost && log.append(topic as Topic, ...rest),
  };
  recordPlan(log, EPOCH_NS, samplePlanned(seededRandom(5)));
  states(3).forEach((state, k) => recordState(leaky, EPOCH_NS + BigInt(k), state));
  await log.close();
  await expect(readPerformance(path)).rejects.toMatchObject({
    code: "bag-unreadable",
    message: /lost a sample/,
  });
});

it("refuses a bag without a plan", async () => {
  const empty = join(folder, "empty.mcap");
  await (await openPerformanceLog(empty)).close();
  await expect(readPerformance(empty)).rejects.toThrow("has no /trajectory_details: it is not a performance");
});

it("turns the tool's rotation vector into the quaternion that turns alike", async () => {
  const sent = states(50);
  const reader = await BagReader.open(await write("pose.mcap", sent));
  let k = 0;
  for await (const { message, timeNs } of reader.messages(["/tcp_pose"])) {
    const { x, y, z, w } = message.pose.orientation;
    const [rx, ry, rz] = sent[k]!.tcpPose.slice(3) as [number, number, number];
    const [, , c] = rotate(fromRotvec([rx, ry, rz]), [1, 0, 0]); // third entry of the turned x axis: 2(xz − wy)
    expect(2 * (x * z - w * y)).toBeCloseTo(c, 12);
    expect(message.header.frame_id).toBe("base");
    expect(nanoseconds(message.header.stamp)).toBe(timeNs);
    k++;
  }
  await reader.close();
  expect(k).toBe(50);
});

it("keeps notes and remarks with their time", async () => {
  const path = join(folder, "events.mcap");
  const log = await openPerformanceLog(path);
  const note = {
    noteIndex: 3,
    midi: 57,
    string: "A",
    direction: "down",
    event: "onset",
    scoreTimeS: 0.1,
  } as const;
  recordNoteEvent(log, EPOCH_NS + 5n, note);
  recordRemark(log, EPOCH_NS + 7n, { level: "warn", node: "streamer", text: "knot 12 was 3 ms late" });
  await log.close();
  const reader = await BagReader.open(path);
  const heard = [];
  for await (const entry of reader.messages(["/note_events", "/rosout"])) heard.push(entry);
  await reader.close();
  expect(heard).toMatchObject([
    {
      topic: "/note_events",
      timeNs: EPOCH_NS + 5n,
      message: { note_index: 3, event: "onset", score_time_s: 0.1 },
    },
    {
      topic: "/rosout",
      timeNs: EPOCH_NS + 7n,
      message: { level: 30, name: "streamer", msg: "knot 12 was 3 ms late" },
    },
  ]);
});

it("keeps log time exact a day into a session, and starts it at the epoch", () => {
  expect(logTimeNs(EPOCH_NS, 86_400.25, 86_400.25)).toBe(EPOCH_NS);
  expect(logTimeNs(10n, 86_400.254, 86_400.25)).toBe(4_000_010n);
});
