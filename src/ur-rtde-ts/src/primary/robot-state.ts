import { ByteReader } from "../connection/byte-reader.ts";
import { ProtocolError } from "../connection/errors.ts";
import { type Frame } from "../connection/frame-decoder.ts";
import { type KinematicsParameters, readKinematics } from "../calibration/kinematics-parameters.ts";
import { type ConfigurationState, readConfiguration } from "./robot-configuration.ts";

/** Type byte of the packages of the primary and secondary interface that carry a robot state. */
export const robotStateType = 16;

/** What the robot does. Numbers of modes are those of `robotModes` and its like. */
export interface ModeState {
  /** Controller's clock [µs]. */
  readonly timestampUs: bigint;
  readonly realRobotConnected: boolean;
  readonly realRobotEnabled: boolean;
  readonly powerOn: boolean;
  readonly emergencyStopped: boolean;
  readonly protectiveStopped: boolean;
  readonly programRunning: boolean;
  readonly programPaused: boolean;
  readonly robotMode: number;
  readonly controlMode: number;
  /** Position of the speed slider, 0 to 1. */
  readonly targetSpeedFraction: number;
  readonly speedScaling: number;
  readonly targetSpeedFractionLimit: number;
}

/** One joint. */
export interface JointState {
  /** [rad] */
  readonly actual_rad: number;
  readonly target_rad: number;
  /** [rad/s] */
  readonly actualSpeed_radps: number;
  readonly currentA: number;
  readonly voltageV: number;
  readonly motorC: number;
  readonly microC: number;
  readonly mode: number;
}

/** The tool flange. */
export interface ToolState {
  readonly analogInputRanges: readonly [number, number];
  /** [A or V] */
  readonly analogInputs: readonly [number, number];
  readonly voltage48V: number;
  readonly outputV: number;
  readonly currentA: number;
  readonly temperatureC: number;
  readonly mode: number;
}

/** The control box. */
export interface MasterboardState {
  readonly digitalInputBits: number;
  readonly digitalOutputBits: number;
  readonly analogInputRanges: readonly [number, number];
  /** [A or V] */
  readonly analogInputs: readonly [number, number];
  /** 0 current, 1 voltage. */
  readonly analogOutputDomains: readonly [number, number];
  readonly analogOutputs: readonly [number, number];
  readonly temperatureC: number;
  readonly voltage48V: number;
  readonly robotCurrentA: number;
  readonly ioCurrentA: number;
  readonly safetyMode: number;
  readonly inReducedMode: boolean;
  /** With an Euromap 67 interface only. */
  readonly euromap?: {
    readonly inputBits: number;
    readonly outputBits: number;
    readonly voltageV: number;
    readonly currentA: number;
  };
  /** Absent from older software. */
  readonly operationalModeSelector?: number;
  readonly threePositionEnabling?: number;
}

/** The tool's serial line. */
export interface ToolCommunicationState {
  readonly enabled: boolean;
  readonly baudRate: number;
  /** 0 none, 1 odd, 2 even. */
  readonly parity: number;
  readonly stopBits: number;
  readonly rxIdleChars: number;
  readonly txIdleChars: number;
}

/** A robot state: the parts the controller sent. The first one after connecting has them all. */
export interface RobotStateMessage {
  readonly mode?: ModeState;
  /** Base to wrist 3. */
  readonly joints?: readonly JointState[];
  readonly tool?: ToolState;
  readonly masterboard?: MasterboardState;
  /** Pose of the TCP in the base, and of the TCP in the flange [m, rotation vector in rad]. */
  readonly cartesian?: { readonly tcpPose: readonly number[]; readonly tcpOffset_F: readonly number[] };
  /** The arm as it was measured at the factory. */
  readonly kinematics?: KinematicsParameters;
  readonly configuration?: ConfigurationState;
  /** Wrench at the TCP [N, Nm]. */
  readonly force?: { readonly tcpWrench: readonly number[]; readonly dexterity: number };
  readonly additional?: {
    readonly teachButton: number;
    readonly freedriveEnabled: boolean;
    readonly ioFreedriveEnabled: boolean;
  };
  readonly toolCommunication?: ToolCommunicationState;
  /** Of the tool's output and of its two digital outputs. */
  readonly toolModes?: { readonly output: number; readonly digital: readonly [number, number] };
  /** Parts that are not decoded: internal ones (9, 10), newer ones, or ones shorter than they should be. */
  readonly others: readonly { readonly type: number; readonly bytes: number }[];
}

/** Length and type of a part, in front of what it says. */
const PART_HEADER_BYTES = 5;

type Parts = Omit<RobotStateMessage, "others">;
type PartReader = (read: ByteReader) => Parts;

// The order of the properties is the order on the wire.
// @source Universal Robots, client interfaces, "robot state message" of 5.x
const partReaders: Readonly<Record<number, { readonly bytes: number; readonly read: PartReader }>> = {
  0: { bytes: 42, read: (read) => ({ mode: readMode(read) }) },
  1: { bytes: 246, read: (read) => ({ joints: Array.from({ length: 6 }, () => readJoint(read)) }) },
  2: { bytes: 32, read: (read) => ({ tool: readTool(read) }) },
  3: { bytes: 63, read: (read) => ({ masterboard: readMasterboard(read) }) },
  4: {
    bytes: 96,
    read: (read) => ({ cartesian: { tcpPose: read.many(6, f64), tcpOffset_F: read.many(6, f64) } }),
  },
  5: { bytes: 220, read: (read) => ({ kinematics: readKinematics(read) }) },
  6: { bytes: 440, read: (read) => ({ configuration: readConfiguration(read) }) },
  7: { bytes: 56, read: (read) => ({ force: { tcpWrench: read.many(6, f64), dexterity: read.f64() } }) },
  8: {
    bytes: 3,
    read: (read) => ({
      additional: {
        teachButton: read.u8(),
        freedriveEnabled: read.bool(),
        ioFreedriveEnabled: read.bool(),
      },
    }),
  },
  11: {
    bytes: 21,
    read: (read) => ({
      toolCommunication: {
        enabled: read.bool(),
        baudRate: read.i32(),
        parity: read.i32(),
        stopBits: read.i32(),
        rxIdleChars: read.f32(),
        txIdleChars: read.f32(),
      },
    }),
  },
  12: {
    bytes: 3,
    read: (read) => ({ toolModes: { output: read.u8(), digital: [read.u8(), read.u8()] } }),
  },
};

/**
 * Reads a robot state. Parts that are longer than known are read as far as they are; unknown and shorter ones are
 * listed in `others`, because software of another age sends them.
 *
 * @throws ProtocolError if a part's length cannot be
 */
export function decodeRobotState(frame: Frame): RobotStateMessage {
  const read = new ByteReader("robot state", frame);
  let parts: Parts = {};
  const others: { type: number; bytes: number }[] = [];
  while (read.left > 0) {
    const length = read.u32();
    const type = read.u8();
    if (length < PART_HEADER_BYTES)
      throw new ProtocolError(
        `A robot state's part of ${length} bytes; it has ${PART_HEADER_BYTES} at the least.`,
      );
    const bytes = length - PART_HEADER_BYTES;
    const part = read.part(`robot state's part ${type}`, bytes);
    const reader = partReaders[type];
    if (reader === undefined || bytes < reader.bytes) others.push({ type, bytes });
    else parts = { ...parts, ...reader.read(part) };
  }
  return { ...parts, others };
}

const f64 = (read: ByteReader): number => read.f64();
const pair = (read: ByteReader, value: (read: ByteReader) => number): [number, number] => [
  value(read),
  value(read),
];

const readMode = (read: ByteReader): ModeState => ({
  timestampUs: read.u64(),
  realRobotConnected: read.bool(),
  realRobotEnabled: read.bool(),
  powerOn: read.bool(),
  emergencyStopped: read.bool(),
  protectiveStopped: read.bool(),
  programRunning: read.bool(),
  programPaused: read.bool(),
  robotMode: read.i8(),
  controlMode: read.u8(),
  targetSpeedFraction: read.f64(),
  speedScaling: read.f64(),
  targetSpeedFractionLimit: read.f64(),
});

const readJoint = (read: ByteReader): JointState => ({
  actual_rad: read.f64(),
  target_rad: read.f64(),
  actualSpeed_radps: read.f64(),
  currentA: read.f32(),
  voltageV: read.f32(),
  motorC: read.f32(),
  microC: read.f32(),
  mode: read.u8(),
});

const readTool = (read: ByteReader): ToolState => ({
  analogInputRanges: pair(read, (r) => r.u8()),
  analogInputs: pair(read, f64),
  voltage48V: read.f32(),
  outputV: read.u8(),
  currentA: read.f32(),
  temperatureC: read.f32(),
  mode: read.u8(),
});

function readMasterboard(read: ByteReader): MasterboardState {
  const board = {
    digitalInputBits: read.u32(),
    digitalOutputBits: read.u32(),
    analogInputRanges: pair(read, (r) => r.u8()),
    analogInputs: pair(read, f64),
    analogOutputDomains: pair(read, (r) => r.i8()),
    analogOutputs: pair(read, f64),
    temperatureC: read.f32(),
    voltage48V: read.f32(),
    robotCurrentA: read.f32(),
    ioCurrentA: read.f32(),
    safetyMode: read.u8(),
    inReducedMode: read.bool(),
  };
  const hasEuromap = read.bool();
  const euromap =
    hasEuromap && read.left >= 16
      ? { inputBits: read.u32(), outputBits: read.u32(), voltageV: read.f32(), currentA: read.f32() }
      : undefined;
  if (read.left < 6) return { ...board, ...(euromap && { euromap }) };
  read.u32(); // for Universal Robots' own use
  const selector = { operationalModeSelector: read.u8(), threePositionEnabling: read.u8() };
  return { ...board, ...(euromap && { euromap }), ...selector };
}
