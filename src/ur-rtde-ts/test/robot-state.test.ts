import { expect, it } from "vitest";
import { FrameDecoder, primaryFraming } from "../src/connection/frame-decoder.ts";
import { memoryByteStreamPair } from "../src/connection/memory-byte-stream.ts";
import { PrimaryClient } from "../src/primary/primary-client.ts";
import { decodeRobotState, type RobotStateMessage } from "../src/primary/robot-state.ts";
import { six, StateBytes, wholeState } from "./state-bytes.ts";

function decoded(bytes: Uint8Array): RobotStateMessage {
  const states: RobotStateMessage[] = [];
  new FrameDecoder(primaryFraming, (frame) => states.push(decodeRobotState(frame))).push(bytes);
  return states[0]!;
}

it("decodes every part of a UR5e's state", () => {
  const bytes = wholeState().message();
  expect(bytes.length).toBe(1386); // as captured
  const state = decoded(bytes);
  expect(state.mode).toEqual({
    timestampUs: 42_000_000n,
    ...{ realRobotConnected: true, realRobotEnabled: true, powerOn: true },
    ...{ emergencyStopped: false, protectiveStopped: false, programRunning: true, programPaused: false },
    ...{ robotMode: 7, controlMode: 0 },
    ...{ targetSpeedFraction: 0.5, speedScaling: 0.75, targetSpeedFractionLimit: 1 },
  });
  expect(state.joints?.[2]).toEqual({
    ...{ actual_rad: 3, target_rad: 3.125, actualSpeed_radps: -3 },
    ...{ currentA: 0.75, voltageV: 48, motorC: 33, microC: 34, mode: 253 },
  });
  expect(state.cartesian).toEqual({ tcpPose: six(0.1), tcpOffset_F: six(0.01) });
  expect(state.kinematics).toEqual({
    checksums: six(1000),
    ...{ thetaOffset_rad: six(1e-7), a_m: six(-0.1), d_m: six(50), alpha_rad: six(0.5) },
    calibrationStatus: 0,
  });
  expect(state.masterboard).toEqual({
    ...{
      digitalInputBits: 5,
      digitalOutputBits: 0x2_0001,
      analogInputRanges: [0, 1],
      analogInputs: [0.004, 5],
    },
    ...{ analogOutputDomains: [1, 0], analogOutputs: [0.5, 0.25] },
    ...{ temperatureC: 35, voltage48V: 48, robotCurrentA: 0.5, ioCurrentA: 0.125 },
    ...{ safetyMode: 1, inReducedMode: false, operationalModeSelector: 2, threePositionEnabling: 1 },
  });
  expect(state.tool).toEqual({
    ...{ analogInputRanges: [0, 1], analogInputs: [0.5, 1.5], voltage48V: 48, outputV: 24 },
    ...{ currentA: 0.25, temperatureC: 33, mode: 253 },
  });
  expect(state.configuration).toMatchObject({
    jointSpeedLimits_radps: [4, 5, 6, 7, 8, 9],
    jointAccelerationLimits_radps2: [41, 42, 43, 44, 45, 46],
    ...{ jointSpeedDefault_radps: 1.0472, toolSpeedDefault_mps: 0.25, equivalentRadiusM: 0.25 },
    dh: { a_m: six(0.1), d_m: six(0.2), alpha_rad: six(0.3), thetaOffset_rad: six(0) },
    ...{ masterboardVersion: 6, controllerBoxType: 4, robotType: 1, robotSubType: 3 },
  });
  expect(state.configuration?.jointRanges_rad[5]).toEqual([-12.25, 12.25]);
  expect(state.force).toEqual({ tcpWrench: six(2), dexterity: 0.5 });
  expect(state.additional).toEqual({ teachButton: 0, freedriveEnabled: true, ioFreedriveEnabled: false });
  expect(state.toolCommunication).toEqual({
    ...{ enabled: true, baudRate: 115_200, parity: 0, stopBits: 1, rxIdleChars: 1.5, txIdleChars: 3.5 },
  });
  expect(state.toolModes).toEqual({ output: 1, digital: [2, 3] });
  expect(state.others).toEqual([{ type: 9, bytes: 48 }, { type: 10, bytes: 38 }]); // prettier-ignore
});

it("reads an Euromap interface where there is one", () => {
  const board = new StateBytes().part(3, (p) => {
    p.u32(0, 0).u8(0, 0).f64(0, 0).u8(0, 0).f64(0, 0).f32(0, 0, 0, 0).u8(1, 0);
    p.u8(1).u32(7, 9).f32(24, 0.5).u32(0).u8(1, 0, 0);
  });
  expect(decoded(board.message()).masterboard).toMatchObject({
    euromap: { inputBits: 7, outputBits: 9, voltageV: 24, currentA: 0.5 },
    operationalModeSelector: 1,
  });
});

it("goes on past parts of other software: unknown, shorter, longer", () => {
  const state = new StateBytes()
    .part(99, (p) => p.u8(1, 2, 3))
    .part(7, (p) => p.f64(1)) // too short to be read
    .part(12, (p) => p.u8(1, 2, 3, 4, 5)); // with something new at its end
  const { toolModes, force, others } = decoded(state.message());
  expect(toolModes).toEqual({ output: 1, digital: [2, 3] });
  expect(force).toBeUndefined();
  expect(others).toEqual([{ type: 99, bytes: 3 }, { type: 7, bytes: 8 }]); // prettier-ignore
});

it("ends the connection on a part that is longer than its state, or shorter than its own header", () => {
  expect(() => decoded(new StateBytes().u32(9000).u8(0).message())).toThrow("8995 more are needed");
  expect(() => decoded(new StateBytes().u32(4).u8(0).message())).toThrow("4 bytes");
});

it("waits for kinematics and configuration, and passes every state on", async () => {
  const [near, far] = memoryByteStreamPair();
  const client = new PrimaryClient(near);
  const states: RobotStateMessage[] = [];
  client.onState((state) => states.push(state));
  const [kinematics, configuration] = [client.kinematics(), client.configuration()];
  far.write(new StateBytes().part(12, (p) => p.u8(1, 2, 3)).message());
  far.write(wholeState().message());
  expect((await kinematics).a_m).toEqual(six(-0.1));
  expect((await configuration).robotType).toBe(1);
  expect(states).toHaveLength(2);
  const abort = new AbortController();
  const [, silent] = [far, new PrimaryClient(memoryByteStreamPair()[0])];
  const waiting = silent.kinematics({ signal: abort.signal });
  abort.abort();
  await expect(waiting).rejects.toMatchObject({ code: "ABORTED" });
  await expect(silent.configuration({ timeoutMs: 20 })).rejects.toMatchObject({
    code: "NO_ANSWER",
    message: "What was waited for from the primary interface did not come within 20 ms.",
  });
});
