/**
 * A long path streamed to `cellist sim` over sockets while other processes burn every core: through the ring of knots,
 * or by `servoj` targets sent tick by tick for comparison.
 *
 *     node --import tsx bench/streaming/loaded-stream.ts [--method ring|ticks] [--seconds 600] [--burners N]
 *
 * Exit code 1 when a promise of the ring was not kept: a late knot, a dry ring, more than 0.1 mm or 2 ms off the plan.
 */
import { parseArgs } from "node:util";
import { RobotControl } from "ur-rtde-ts";
import type { Joints } from "../../src/math/joints.ts";
import { startEmbeddedRobot } from "../../src/performance/embedded-robot.ts";
import { startBurners } from "./burners.ts";
import { PathLog } from "./path-log.ts";
import { Spread } from "./spread.ts";
import { apartMm, swingFrom } from "./swing.ts";

const { values: options } = parseArgs({
  options: {
    method: { type: "string", default: "ring" },
    seconds: { type: "string", default: "600" },
    burners: { type: "string" },
    spacing: { type: "string", default: "0.02" },
  },
});
/** What the servo lags at this look-ahead, on the simulated controller [s]. */
const LAG_S = 0.034;
/** The buffer runs empty as it should while the end is played: the last seconds do not count [s]. */
const LAST_S = 4;
/** The buffer is still being filled while the path begins [s]. */
const FIRST_S = 3;
/** A simulated controller that was just started is still being compiled, and makes up for lost cycles [s]. */
const WARM_UP_S = 5;
const SERVO = { lookaheadS: 0.03, gain: 2000 };

const robot = await startEmbeddedRobot([]);
const control = await RobotControl.open(robot.streams, { outputs: ["actual_current"] });
await control.ready();
await new Promise((resolve) => setTimeout(resolve, 1000 * WARM_UP_S));
const swing = swingFrom(Array.from(control.state.actual_q), Number(options.seconds));
const burners = startBurners(options.burners === undefined ? undefined : Number(options.burners));
const cpuBefore = process.cpuUsage();
const startedMs = performance.now();
try {
  console.log(`${options.method}, ${swing.lengthS} s of path, ${burners.count} processes burning`);
  const report = options.method === "ticks" ? await byTicks() : await byRing();
  const cpu = process.cpuUsage(cpuBefore);
  const wallS = (performance.now() - startedMs) / 1000;
  console.log(
    JSON.stringify(
      { ...report, wallS, hostCpuPercent: ((cpu.user + cpu.system) / 1e4 / wallS).toFixed(1) },
      null,
      2,
    ),
  );
} finally {
  burners.stop();
  await control.close().catch(() => undefined);
  await robot.close();
}

async function byRing() {
  const log = new PathLog();
  let leastAheadS = Infinity;
  let states = 0;
  const stream = await control.stream({
    first_rad: swing.at(0),
    player: SERVO,
    onState: (player, p) => {
      states += 1;
      log.add(player, p);
      if (
        player.phase === "playing" &&
        player.pathTimeS > FIRST_S &&
        player.pathTimeS < swing.lengthS - LAST_S
      )
        leastAheadS = Math.min(leastAheadS, player.aheadS);
    },
  });
  const end = await stream
    .play(swing.knots(Number(options.spacing)))
    .catch((error: unknown) => ({ phase: error instanceof Error ? error.message : String(error) }));
  const { cycles, planMm, clockMs, servoMm, armMm } = log.report(swing, LAG_S);
  const isKept =
    stream.leastSlackS > 0 && end.phase === "finished" && planMm.at(1) < 0.1 && clockMs.at(1) < 2;
  process.exitCode = isKept ? 0 : 1;
  return {
    phase: end.phase,
    knots: stream.sentKnots,
    states,
    cyclesAtFullRate: cycles,
    lateKnots: stream.leastSlackS > 0 ? 0 : "at least 1",
    underRuns: end.phase === "finished" ? 0 : 1,
    leastSlackOfAKnotS: Number(stream.leastSlackS.toFixed(3)),
    leastAheadS: Number(leastAheadS.toFixed(3)),
    commandedOffPlanMm: planMm.summary(6),
    pathClockOffRobotClockMs: clockMs.summary(6),
    servoOffPlanMm: servoMm.summary(),
    armOffPlanMm: armMm.summary(),
  };
}

/** The way it is done without a buffer: a timer, and a target for where the path should be now. */
async function byTicks() {
  const stamps: number[] = [];
  const commanded: Joints[] = [];
  const taken: number[] = [];
  const stop = control.onState((p) => {
    stamps.push(p.timestamp);
    commanded.push(Array.from(p.target_q) as unknown as Joints);
    taken.push(p.output_int_register_28);
  });
  let ticks = 0;
  await new Promise<void>((resolve, reject) => {
    const beganMs = performance.now();
    const tick = () => {
      const t = (performance.now() - beganMs) / 1000;
      if (t > swing.lengthS) return resolve();
      try {
        control.streams.servoJoints(swing.at(t), SERVO);
      } catch (error) {
        return reject(error instanceof Error ? error : new Error(String(error)));
      }
      ticks += 1;
      setTimeout(tick, Math.max(0, 2 * ticks - (performance.now() - beganMs)));
    };
    tick();
  });
  stop();
  let withoutTarget = 0;
  let skipped = 0;
  for (let i = 1; i < taken.length; i++) {
    const step = taken[i]! - taken[i - 1]!;
    if (step === 0) withoutTarget += 1;
    else skipped += step - 1;
  }
  // The two clocks and all delays between them are one constant, taken so that the median error is least.
  const errorsAt = (offsetS: number): Spread => {
    const spread = new Spread();
    stamps.forEach((stamp, i) => {
      const t = stamp - offsetS;
      if (t > 1 && t < swing.lengthS - 1) spread.add(apartMm(commanded[i]!, swing.at(t)));
    });
    return spread;
  };
  const offsets = Array.from({ length: 61 }, (_, i) => stamps[0]! + 0.0 + i * 0.002);
  const best = offsets.reduce((a, b) => (sampled(a) < sampled(b) ? a : b));
  function sampled(offsetS: number): number {
    const spread = new Spread();
    for (let i = 0; i < stamps.length; i += 97) {
      const t = stamps[i]! - offsetS;
      if (t > 1 && t < swing.lengthS - 1) spread.add(apartMm(commanded[i]!, swing.at(t)));
    }
    return spread.at(0.5);
  }
  return {
    ticks,
    cycles: taken.length,
    cyclesWithoutATarget: withoutTarget,
    targetsThatWereSkipped: skipped,
    servoOffPlanMm: errorsAt(best).summary(),
  };
}
