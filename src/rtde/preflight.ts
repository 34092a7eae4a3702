import {
  DashboardClient,
  type NoExtra,
  type OutputName,
  type OutputPackage,
  RtdeClient,
  type RobotStreams,
  tcpByteStream,
} from "ur-rtde-ts";
import { CellistError } from "../errors.ts";
import { baseTurnedOn, baseTurnsFrom } from "../instrument/base-turns.ts";
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
  /** By how many whole turns its base stands away from where the path begins [rad]. */
  readonly baseTurns_rad: number;
}

/** The arm may stand so far from where the path begins, per joint [rad]. @assumed the player's own start tolerance */
const START_TOLERANCE_RAD = 0.02;
/** Payload set on the controller against the calibration's [kg]. @assumed; our program sets it anyway at its start */
const PAYLOAD_TOLERANCE_KG = 0.15;
/** Longest wait for a connection and for anything a controller is to say, also while it streams [ms]. @assumed */
const ANSWER_MS = 5000;

export const robotStreams = (address: RobotAddress): RobotStreams => ({
  name: address.host,
  silenceMs: ANSWER_MS,
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
  const baseTurns_rad = baseTurnsFrom(first_rad, state.q_rad);
  const begin_rad = baseTurnedOn(first_rad, baseTurns_rad);
  const away = state.q_rad.map((q, j) => Math.abs(q - begin_rad[j]!));
  const worst = away.indexOf(Math.max(...away));
  if (away[worst]! > START_TOLERANCE_RAD)
    throw notReady(
      `the arm is not in its parked pose: the ${JOINT_NAMES[worst]!} joint is ${degrees(away[worst]!)} away ` +
        `(at most ${degrees(START_TOLERANCE_RAD)}); cellist park brings it to ${first_rad.map(degrees).join(", ")}`,
    );
  return { robotMode, safetyStatus, ...state, baseTurns_rad };
}

async function askDashboard(
  address: RobotAddress,
): Promise<{ robotMode: string; safetyStatus: string; remote: boolean }> {
  const { host, dashboardPort } = address;
  const ask = async () => {
    const dashboard = await DashboardClient.connect({ host, port: dashboardPort, timeoutMs: ANSWER_MS });
    try {
      const robotMode = await dashboard.robotMode();
      const safetyStatus = await dashboard.safetyStatus();
      return { robotMode, safetyStatus, remote: await dashboard.isInRemoteControl() };
    } finally {
      dashboard.close();
    }
  };
  return ask().catch((cause: Error) => {
    throw unreachable(address, "dashboard", dashboardPort, cause);
  });
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
  const states = await nextStates(address, ["actual_q"], { frequencyHz: 500, count });
  return states.map(({ actual_q }) => Array.from(actual_q));
}

async function readState(
  address: RobotAddress,
): Promise<Pick<Preflight, "q_rad" | "payloadKg" | "speedSlider">> {
  const fields = ["actual_q", "payload", "target_speed_fraction"] as const;
  const [state] = await nextStates(address, fields, { frequencyHz: 10, count: 1 });
  const { actual_q, payload, target_speed_fraction } = state!;
  return {
    q_rad: Array.from(actual_q) as unknown as Joints,
    payloadKg: payload,
    speedSlider: target_speed_fraction,
  };
}

/** @throws CellistError `robot-unreachable`, also when the controller accepts the connection and then says nothing */
async function nextStates<const Names extends readonly OutputName[]>(
  address: RobotAddress,
  names: Names,
  { frequencyHz, count }: { readonly frequencyHz: number; readonly count: number },
): Promise<readonly OutputPackage<Names[number], never, NoExtra>[]> {
  const { host, rtdePort: port } = address;
  const read = async () => {
    const client = await RtdeClient.connect({ host, port, timeoutMs: ANSWER_MS, silenceMs: ANSWER_MS });
    try {
      await client.negotiate();
      const recipe = await client.setupOutputs(names, frequencyHz);
      const states = recipe.packages();
      await client.start();
      const all: OutputPackage<Names[number], never, NoExtra>[] = [];
      for await (const state of states) if (all.push(state) === count) break;
      return all;
    } finally {
      client.close();
    }
  };
  return read().catch((cause: Error) => {
    throw unreachable(address, "RTDE", port, cause);
  });
}

async function reach(address: RobotAddress, what: string, port: number) {
  try {
    return await tcpByteStream(address.host, port, { timeoutMs: ANSWER_MS });
  } catch (cause) {
    throw unreachable(address, what, port, cause as Error);
  }
}

function unreachable({ host }: RobotAddress, what: string, port: number, cause: Error): CellistError {
  const where = `${host}:${port} (${what})`;
  const code = (cause as { readonly code?: string }).code ?? "";
  const message = SILENT.has(code)
    ? `the controller at ${where} takes the connection but has said nothing for ${ANSWER_MS / 1e3} s; wait until it has booted, ` +
      "or restart it, and check that this port is its own"
    : ABSENT.has(code)
      ? `no robot answers at ${where}: ${cause.message.replace(/\.$/, "")}; check that it is switched on and in this network`
      : `the controller at ${where} cannot be read: ${cause.message}`;
  return new CellistError("robot-unreachable", message, {}, cause);
}

/** Codes of ur-rtde-ts for a controller that is not there, and for one that is there and does not speak. */
const ABSENT = new Set(["CONNECTION_REFUSED", "UNREACHABLE", "CONNECT_TIMEOUT"]);
const SILENT = new Set(["NO_ANSWER", "TIMEOUT"]);

const degrees = (rad: number): string => `${((rad * 180) / Math.PI).toFixed(1)}°`;
