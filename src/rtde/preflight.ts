import { DashboardClient, RtdeClient, type RobotStreams, tcpByteStream } from "ur-rtde-ts";
import { CellistError } from "../errors.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { JOINT_NAMES, type Joints } from "../math/joints.ts";

/** Where a controller listens. */
export interface RobotAddress {
  readonly host: string;
  readonly rtdePort: number;
  readonly dashboardPort: number;
  readonly scriptPort: number;
}

/** What was read before a real arm is asked to move. */
export interface Preflight {
  readonly robotMode: string;
  readonly safetyStatus: string;
  /** Speed slider 0..1. */
  readonly speedSlider: number;
  readonly payloadKg: number;
  readonly q_rad: Joints;
}

/** The arm may stand so far from where the path begins, per joint [rad]. @assumed the player's own start tolerance */
const START_TOLERANCE_RAD = 0.02;
/** Payload set on the controller against the calibration's [kg]. @assumed; our program sets it anyway at its start */
const PAYLOAD_TOLERANCE_KG = 0.15;

export const robotStreams = (address: RobotAddress): RobotStreams => ({
  name: address.host,
  rtde: () => reach(address, "RTDE", address.rtdePort),
  primary: () => reach(address, "script", address.scriptPort),
  dashboard: () => reach(address, "dashboard", address.dashboardPort),
});

/**
 * Reads a controller's state and refuses unless an arm may play on it now. Moves nothing.
 *
 * @throws CellistError `robot-unreachable`, or `robot-not-ready` with the one thing to do first
 */
export async function preflight(
  address: RobotAddress,
  instrument: Instrument,
  first_rad: Joints,
): Promise<Preflight> {
  const { robotMode, safetyStatus, remote } = await askDashboard(address);
  const notReady = (what: string): CellistError =>
    new CellistError("robot-not-ready", `${address.host}: ${what}`);
  if (!remote)
    throw notReady("the robot is in local control; switch it to remote control on the teach pendant");
  if (safetyStatus !== "NORMAL" && safetyStatus !== "REDUCED")
    throw notReady(`the safety status is ${safetyStatus}; clear it on the teach pendant first`);
  if (robotMode !== "RUNNING")
    throw notReady(`the robot mode is ${robotMode}; power the arm on and release its brakes first`);
  const state = await readState(address);
  if (state.speedSlider < 0.999)
    throw notReady(
      `the speed slider is at ${Math.round(state.speedSlider * 100)} %, which would stretch the music; set it to 100 %`,
    );
  if (Math.abs(state.payloadKg - instrument.payload.massKg) > PAYLOAD_TOLERANCE_KG)
    throw notReady(
      `the payload on the controller is ${state.payloadKg.toFixed(2)} kg, the calibration's bow and holder weigh ` +
        `${instrument.payload.massKg.toFixed(2)} kg; set the payload in the installation`,
    );
  const away = state.q_rad.map((q, j) => Math.abs(q - first_rad[j]!));
  const worst = away.indexOf(Math.max(...away));
  if (away[worst]! > START_TOLERANCE_RAD)
    throw notReady(
      `the arm is not in its parked pose: the ${JOINT_NAMES[worst]!} joint is ${degrees(away[worst]!)} away ` +
        `(at most ${degrees(START_TOLERANCE_RAD)}); move it to ${first_rad.map(degrees).join(", ")}`,
    );
  return { robotMode, safetyStatus, ...state };
}

async function askDashboard(
  address: RobotAddress,
): Promise<{ robotMode: string; safetyStatus: string; remote: boolean }> {
  const dashboard = await DashboardClient.connect({ host: address.host, port: address.dashboardPort }).catch(
    (cause: Error) => {
      throw unreachable(address, "dashboard", address.dashboardPort, cause);
    },
  );
  try {
    const robotMode = await dashboard.robotMode();
    const safetyStatus = await dashboard.safetyStatus();
    return { robotMode, safetyStatus, remote: await dashboard.isInRemoteControl() };
  } finally {
    dashboard.close();
  }
}

/**
 * Joints of an arm in its next states at 500 Hz. Moves nothing.
 *
 * @param count how many states
 * @throws CellistError `robot-unreachable`
 */
export async function readJoints(
  address: RobotAddress,
  count: number,
): Promise<readonly (readonly number[])[]> {
  const client = new RtdeClient(await reach(address, "RTDE", address.rtdePort));
  try {
    await client.negotiate();
    const recipe = await client.setupOutputs(["actual_q"] as const, 500);
    const rows: number[][] = [];
    const all = new Promise<void>((resolve, reject) => {
      client.onClosed((reason) => reject(reason ?? new Error("closed")));
      recipe.onPackage(({ actual_q }) => {
        if (rows.length < count) rows.push([...actual_q]);
        if (rows.length === count) resolve();
      });
    });
    await client.start();
    await all;
    return rows;
  } finally {
    client.close();
  }
}

async function readState(address: RobotAddress): Promise<Omit<Preflight, "robotMode" | "safetyStatus">> {
  const client = new RtdeClient(await reach(address, "RTDE", address.rtdePort));
  try {
    await client.negotiate();
    const fields = ["actual_q", "payload", "target_speed_fraction"] as const;
    const recipe = await client.setupOutputs(fields, 10);
    const first = new Promise<Omit<Preflight, "robotMode" | "safetyStatus">>((resolve, reject) => {
      client.onClosed((reason) => reject(reason ?? new Error("closed")));
      recipe.onPackage((p) =>
        resolve({
          q_rad: Array.from(p.actual_q) as unknown as Joints,
          payloadKg: p.payload,
          speedSlider: p.target_speed_fraction,
        }),
      );
    });
    await client.start();
    return await first;
  } finally {
    client.close();
  }
}

async function reach(address: RobotAddress, what: string, port: number) {
  try {
    return await tcpByteStream(address.host, port, { timeoutMs: 5000 });
  } catch (cause) {
    throw unreachable(address, what, port, cause as Error);
  }
}

const unreachable = ({ host }: RobotAddress, what: string, port: number, cause: Error): CellistError =>
  new CellistError(
    "robot-unreachable",
    `no robot answers at ${host}:${port} (${what}): ${cause.message}; check that it is switched on and in this network`,
    {},
    cause,
  );

const degrees = (rad: number): string => `${((rad * 180) / Math.PI).toFixed(1)}°`;
