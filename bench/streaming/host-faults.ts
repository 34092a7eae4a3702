/**
 * What becomes of the arm when its host is killed, or frozen, in mid-stroke. The simulated controller, the host and this
 * observer are processes of their own.
 *
 *     node --import tsx bench/streaming/host-faults.ts [--burners N]
 *
 * Exit code 1 when the arm was commanded off its path, or did not come to rest, or was harmed by a freeze of 500 ms.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { PLAYER_SETTINGS, PLAYER_TARGETS, RtdeClient, restPromise } from "ur-rtde-ts";
import type { Joints } from "../../src/math/joints.ts";
import { startEmbeddedRobot } from "../../src/performance/embedded-robot.ts";
import { startBurners } from "./burners.ts";
import { apartMm, swingFrom } from "./swing.ts";

const { values: options } = parseArgs({ options: { burners: { type: "string", default: "0" } } });
const HOST = fileURLToPath(new URL("host.ts", import.meta.url));
/** Path that is streamed, path time at which the fault strikes: in full swing, and how long it is watched after it [s]. */
const [PATH_S, FAULT_S, WATCHED_S] = [10, 4.3, 4];
/** Joints slower than this stand [rad/s]; the sensors of the simulated arm are without noise here. */
const STANDING_RADPS = 1e-3;

/** One cycle as it was seen. */
interface Cycle {
  readonly atS: number;
  readonly pathS: number;
  readonly rate: number;
  readonly commanded_rad: Joints;
  readonly actual_rad: Joints;
  readonly isStanding: boolean;
}

const burners = startBurners(Number(options.burners));
let failed = 0;
try {
  console.log(
    `${burners.count} processes burning; promised from full rate: ${JSON.stringify(restPromise(PLAYER_SETTINGS))}`,
  );
  await fault("SIGKILL in mid-stroke", (host) => void host.kill("SIGKILL"), "rest");
  await fault("SIGSTOP for 500 ms", freeze(500), "unharmed");
  await fault("SIGSTOP for 3 s", freeze(3000), "rest");
} finally {
  burners.stop();
}
process.exitCode = failed > 0 ? 1 : 0;

function freeze(ms: number) {
  return (host: ChildProcess): void => {
    host.kill("SIGSTOP");
    setTimeout(() => host.kill("SIGCONT"), ms);
  };
}

async function fault(
  name: string,
  strike: (host: ChildProcess) => void,
  wanted: "rest" | "unharmed",
): Promise<void> {
  const robot = await startEmbeddedRobot([]);
  const client = await RtdeClient.connect({ host: "127.0.0.1", port: robot.ports.rtde });
  await client.negotiate();
  const recipe = await client.setupOutputs(
    [
      "timestamp",
      "actual_q",
      "actual_qd",
      "output_double_register_24",
      "output_double_register_25",
      ...PLAYER_TARGETS,
    ],
    500,
  );
  const cycles: Cycle[] = [];
  let struck: number | undefined;
  let host = undefined as ChildProcess | undefined;
  let first_rad: Joints | undefined;
  recipe.onPackage((p) => {
    first_rad ??= Array.from(p.actual_q) as unknown as Joints;
    cycles.push({
      atS: p.timestamp,
      pathS: p.output_double_register_24,
      rate: p.output_double_register_25,
      commanded_rad: PLAYER_TARGETS.map((register) => p[register]) as unknown as Joints,
      actual_rad: Array.from(p.actual_q) as unknown as Joints,
      isStanding: p.actual_qd.every((qd_radps) => Math.abs(qd_radps) < STANDING_RADPS),
    });
    if (struck !== undefined || host === undefined || p.output_double_register_24 < FAULT_S) return;
    struck = cycles.length - 1;
    strike(host);
  });
  await client.start();
  await until(() => first_rad !== undefined);
  const swing = swingFrom(first_rad!, PATH_S);
  const { rtde, primary, dashboard } = robot.ports;
  host = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      HOST,
      JSON.stringify({ rtde, primary, dashboard }),
      JSON.stringify(first_rad),
      String(PATH_S),
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const said: string[] = [];
  createInterface({ input: host.stdout! }).on("line", (line) => said.push(line));
  const gone = once(host, "exit");
  await until(() => struck !== undefined);
  const watchedS = wanted === "unharmed" ? PATH_S - FAULT_S + 1 : WATCHED_S;
  await until(() => cycles.at(-1)!.atS > cycles[struck!]!.atS + watchedS);
  if (wanted === "unharmed") await gone;
  host.kill("SIGKILL");
  client.close();
  await robot.close();
  report(name, wanted, cycles.slice(struck), (pathS) => swing.at(pathS), said.at(-1));
}

function report(
  name: string,
  wanted: "rest" | "unharmed",
  cycles: readonly Cycle[],
  planAt: (pathS: number) => Joints,
  hostSaid: string | undefined,
): void {
  const offPlanMm = Math.max(
    ...cycles.map(({ commanded_rad, pathS }) => apartMm(commanded_rad, planAt(pathS))),
  );
  const last = cycles.at(-1)!;
  const lastMoving = cycles.findLastIndex(({ isStanding }) => !isStanding);
  const restS = cycles[lastMoving + 1] === undefined ? NaN : cycles[lastMoving + 1]!.atS - cycles[0]!.atS;
  const braking = cycles.findIndex(({ rate }) => rate < 1);
  let wayMm = 0;
  for (let i = 1; i < cycles.length; i++) wayMm += apartMm(cycles[i]!.actual_rad, cycles[i - 1]!.actual_rad);
  let brakingMm = 0;
  for (let i = Math.max(1, braking); i < cycles.length; i++)
    brakingMm += apartMm(cycles[i]!.actual_rad, cycles[i - 1]!.actual_rad);
  const round = (value: number, digits: number) => Number(value.toFixed(digits));
  const leastRate = Math.min(...cycles.filter(({ pathS }) => pathS < PATH_S).map(({ rate }) => rate));
  const figures = {
    commandedOffPlanMm: round(offPlanMm, 6),
    pathS: [cycles[0]!.pathS, last.pathS].map((s) => round(s, 3)),
    ...(wanted === "rest" && {
      standsAfterS: round(restS, 3),
      ofWhichBrakingS: round(restS - (cycles[braking]?.atS ?? NaN) + cycles[0]!.atS, 3),
      wayMm: round(wayMm, 1),
      ofWhichBrakingMm: round(brakingMm, 1),
      armAtRestOffPathMm: round(apartMm(last.actual_rad, planAt(last.pathS)), 3),
    }),
    ...(wanted === "unharmed" && { leastRate, host: hostSaid }),
  };
  const isAtRest = Number.isFinite(restS) && last.rate === 0 && last.pathS < PATH_S;
  const isUnharmed = leastRate === 1 && last.pathS === PATH_S;
  const isKept = offPlanMm < 0.1 && (wanted === "rest" ? isAtRest : isUnharmed);
  if (!isKept) failed += 1;
  console.log(`${isKept ? "ok    " : "FAILED"} ${name}: ${JSON.stringify(figures)}`);
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}
