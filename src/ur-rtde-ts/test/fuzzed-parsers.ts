import { gzipSync } from "node:zlib";
import { CalibrationError } from "../src/calibration/calibration-error.ts";
import { polyscopeKinematics } from "../src/calibration/polyscope-file.ts";
import { ConnectionError, ProtocolError, RtdeError } from "../src/connection/errors.ts";
import { FrameDecoder, rtdeFraming } from "../src/connection/frame-decoder.ts";
import { memoryByteStreamPair } from "../src/connection/memory-byte-stream.ts";
import { DashboardClient } from "../src/dashboard/dashboard-client.ts";
import { DashboardError } from "../src/dashboard/dashboard-error.ts";
import { PrimaryClient } from "../src/primary/primary-client.ts";
import { encodeRobotMessage, type RobotMessageBody } from "../src/primary/robot-message.ts";
import { ScriptError } from "../src/primary/script-error.ts";
import { decodeClientPackage, encodeClientPackage } from "../src/protocol/client-package.ts";
import { type ProtocolVersion, type ServerPackage } from "../src/protocol/package-type.ts";
import { encodeServerPackage } from "../src/protocol/server-package.ts";
import { RtdeClient } from "../src/rtde/rtde-client.ts";
import { wholeState } from "./state-bytes.ts";

/** A parser of the package, and what it is fed with. */
export interface FuzzedParser {
  readonly name: string;
  /** What it understands. */
  readonly good: readonly Uint8Array[];
  /** Of the size field in front of each; 0: none. */
  readonly sizeBytes: 0 | 2 | 4;
  /**
   * One life of the parser: hears the pieces until it ends or they do.
   * @returns what it ended with, or rejected with; none if all was well
   */
  readonly hear: (pieces: Iterable<Uint8Array>) => Promise<readonly unknown[]>;
  /** Errors that say that bytes cannot be: anything else is a failure of the parser. */
  readonly expected: readonly (new (...given: never[]) => Error)[];
}

const utf8 = new TextEncoder();

const answers = (version: ProtocolVersion): Uint8Array[] =>
  (
    [
      { kind: "protocol-version", accepted: true },
      { kind: "setup-outputs", recipeId: 1, types: ["DOUBLE", "INT32", "VECTOR6D"] },
      { kind: "controller-version", version: { major: 5, minor: 1, bugfix: 0, build: 7 } },
      { kind: "setup-inputs", recipeId: 2, types: ["IN_USE"] },
      { kind: "start", accepted: true },
      { kind: "text", message: "hello", source: "x", level: "error" },
      { kind: "data", recipeId: 1, body: new Uint8Array(60).fill(7) },
    ] satisfies ServerPackage[]
  ).map((said) => encodeServerPackage(said, version));

const rtdeClient = (version: ProtocolVersion): FuzzedParser => ({
  name: `RTDE client, version ${version}`,
  good: answers(version),
  sizeBytes: 2,
  expected: [ProtocolError, RtdeError, ConnectionError],
  async hear(pieces) {
    const [near, far] = memoryByteStreamPair();
    const client = new RtdeClient(near);
    far.onData(() => undefined);
    const names = ["timestamp", "robot_mode", "actual_q"] as const;
    const asked = [client.negotiate(), client.setupOutputs(names, 500), client.start()];
    const settled = Promise.allSettled(asked);
    if (version === 1) far.write(encodeServerPackage({ kind: "protocol-version", accepted: false }, 1));
    far.write(answers(version)[0]!);
    far.write(answers(version)[1]!); // most often the client then has a recipe for the data that follow
    for (const piece of pieces) {
      if (client.closed) break;
      far.write(piece);
    }
    return endOf(client, settled);
  },
});

const clientPackages: FuzzedParser = {
  name: "RTDE server's ear",
  good: [
    encodeClientPackage({ kind: "protocol-version", version: 2 }, 2),
    encodeClientPackage({ kind: "setup-outputs", frequencyHz: 500, names: ["timestamp", "actual_q"] }, 2),
    encodeClientPackage({ kind: "setup-inputs", names: ["input_int_register_24"] }, 2),
    encodeClientPackage({ kind: "text", message: "hello", source: "x", level: "info" }, 2),
    encodeClientPackage({ kind: "data", recipeId: 1, body: new Uint8Array(8) }, 2),
  ],
  sizeBytes: 2,
  expected: [ProtocolError],
  hear(pieces) {
    const decoder = new FrameDecoder(rtdeFraming, (frame) => void decodeClientPackage(frame, 2));
    try {
      for (const piece of pieces) decoder.push(piece);
    } catch (error) {
      return Promise.resolve([error]);
    }
    return Promise.resolve([]);
  },
};

const said = (body: RobotMessageBody): Uint8Array =>
  encodeRobotMessage({ ...body, timestampUs: 1n, source: 7 });

const primary: FuzzedParser = {
  name: "primary client: messages, states, a script's fate",
  good: [
    said({ kind: "text", text: "hello" }),
    said({ kind: "program-label", id: 3, text: "MoveJ" }),
    said({
      kind: "popup",
      requestId: 1,
      requestType: 2,
      warning: true,
      error: false,
      blocking: true,
      title: "t",
      text: "x",
    }),
    said({ kind: "version", project: "URControl", major: 5, minor: 25, bugfix: 1, build: 9, date: "2025" }),
    said({ kind: "safety-mode", code: 1, argument: 2, mode: 3, dataType: 0, data: 5 }),
    said({ kind: "error-code", code: 153, argument: 0, level: "info", dataType: 0, data: 0, text: "" }),
    said({ kind: "key", code: 0, argument: 0, title: "PROGRAM_XXX_STARTED", text: "cello" }),
    said({ kind: "runtime-exception", line: 3, column: 1, text: "name_not_found" }),
    wholeState().message(),
  ],
  sizeBytes: 4,
  expected: [ProtocolError, ScriptError, ConnectionError],
  async hear(pieces) {
    const [near, far] = memoryByteStreamPair();
    const client = new PrimaryClient(near);
    far.onData(() => undefined);
    const run = client.launch("def cello():\n  x = 1\n  y = 2\nend\n");
    const settled = Promise.allSettled([run.started, run.ended, client.kinematics(), client.configuration()]);
    for (const piece of pieces) {
      if (client.closed) break;
      far.write(piece);
    }
    return endOf(client, settled);
  },
};

const line = (text: string): Uint8Array => utf8.encode(`${text}\n`);

const dashboard: FuzzedParser = {
  name: "dashboard client",
  good: [
    "Robotmode: RUNNING",
    "Safetystatus: NORMAL",
    "Program running: true",
    "PLAYING song.urp",
    "Loaded program: /programs/song.urp",
    "URSoftware 5.25.1.130310 (Aug 15 2025)",
    "true song.urp",
    "20235500001",
    "Operational mode MANUAL is set",
    "Failed to execute: play",
    "Command is not allowed due to safety reasons, please switch robot to Remote Control mode",
  ].map(line),
  sizeBytes: 0,
  expected: [ProtocolError, DashboardError, ConnectionError],
  async hear(pieces) {
    const [near, far] = memoryByteStreamPair();
    far.onData(() => undefined);
    far.write(line("Connected: Universal Robots Dashboard Server"));
    const client = new DashboardClient(near);
    const asked = [
      ...[client.robotMode(), client.safetyStatus(), client.isRunning(), client.programState()],
      ...[client.loadedProgram(), client.version(), client.isProgramSaved(), client.serialNumber()],
      ...[client.setOperationalMode("manual"), client.play(), client.robotModel(), client.userRole()],
    ];
    const settled = Promise.allSettled(asked);
    for (const piece of pieces) {
      if (client.closed) break;
      far.write(piece);
    }
    return endOf(client, settled);
  },
};

const XML = `<?xml version="1.0"?><URProgram name="a" v='5.1'><!-- <kinematics> --><kinematics status="LINEARIZED">
<deltaTheta value="1, 2, 3, 4, 5, 6"/><a value="1, 2, 3, 4, 5, 6"/><d value="1, 2, 3, 4, 5, 6"/>
<alpha value="1, 2, 3, 4, 5, 6"/><jointChecksum value="1, -2, 3, 4, 5, 6"/></kinematics><![CDATA[x]]></URProgram>`;

const polyscope: FuzzedParser = {
  name: "PolyScope files",
  good: [utf8.encode(XML), utf8.encode(XML.replace("<?xml", "\uFEFF<?xml")), gzipSync(XML)],
  sizeBytes: 0,
  expected: [CalibrationError],
  async hear(pieces) {
    const errors: unknown[] = [];
    for (const piece of pieces)
      await polyscopeKinematics(piece).catch((error: unknown) => errors.push(error));
    return errors;
  },
};

export const fuzzedParsers: readonly FuzzedParser[] = [
  rtdeClient(2),
  rtdeClient(1),
  clientPackages,
  primary,
  dashboard,
  polyscope,
];

/** What a client ended with, and what its promises did. */
async function endOf(
  client: { readonly closed: boolean; close(): void; onClosed(listener: (reason?: Error) => void): unknown },
  settled: Promise<readonly PromiseSettledResult<unknown>[]>,
): Promise<unknown[]> {
  const errors: unknown[] = [];
  if (client.closed) client.onClosed((reason) => reason && errors.push(reason));
  client.close();
  for (const result of await settled) if (result.status === "rejected") errors.push(result.reason);
  return errors;
}
