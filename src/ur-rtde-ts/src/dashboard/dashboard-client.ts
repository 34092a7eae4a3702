import { type ByteStream } from "../connection/byte-stream.ts";
import { sleep } from "../connection/sleep.ts";
import { tcpByteStream, type TcpOptions } from "../connection/tcp-byte-stream.ts";
import { type ControllerVersion } from "../protocol/package-type.ts";
import { type CommandOptions, DashboardConnection } from "./dashboard-connection.ts";
import { DashboardError, refusal } from "./dashboard-error.ts";
import {
  type OperationalMode,
  type ProgramState,
  type RobotMode,
  type SafetyStatus,
  isRobotMode,
  isSafetyStatus,
} from "../robot/robot-modes.ts";

/** Where the dashboard server is; the time-out is that of the connection and of each answer. */
export interface DashboardConnectOptions extends TcpOptions {
  readonly host: string;
  /** Default 29999. */
  readonly port?: number;
}

/** Longest wait for the commands that collect files on the controller [ms]. */
const slowMs = 180_000;
/** Between two questions for the same state [ms]. @source what Universal Robots' own client does */
const pollMs = 100;

/**
 * A client of the dashboard server of a CB3 or e-Series controller (TCP port 29999; PolyScope X has none).
 * Commands given at the same time are sent one after the other. A refusal is a DashboardError with the
 * command and the controller's words.
 */
export class DashboardClient {
  readonly #connection: DashboardConnection;

  /** Connects and waits for the greeting. @throws ConnectionError, or DashboardError NOT_A_DASHBOARD. */
  static async connect(options: DashboardConnectOptions): Promise<DashboardClient> {
    const { host, port = 29999, ...rest } = options;
    const client = new DashboardClient(await tcpByteStream(host, port, rest), rest);
    await client.greeting;
    return client;
  }

  constructor(stream: ByteStream, options: { readonly timeoutMs?: number | undefined } = {}) {
    this.#connection = new DashboardConnection(stream, options.timeoutMs ?? 5000);
  }

  /** The server's first line. */
  get greeting(): Promise<string> {
    return this.#connection.greeting;
  }

  get closed(): boolean {
    return this.#connection.closed;
  }

  /** Calls back once at the end: without a reason after `close` or `quit`, else with it. */
  onClosed(listener: (reason: Error | undefined) => void): () => void {
    return this.#connection.onClosed(listener);
  }

  close(): void {
    this.#connection.close();
  }

  /** Sends any command. @returns the controller's answer as it is, refusals too */
  ask(command: string, options?: CommandOptions): Promise<string> {
    return this.#connection.ask(command, options);
  }

  /** Loads a program of the controller. @returns the answer's program and installation */
  async load(program: string, options?: CommandOptions): Promise<string> {
    return (await this.#expect(`load ${program}`, /^Loading program: (.*)$/i, options))[1]!;
  }

  async loadInstallation(installation: string, options?: CommandOptions): Promise<string> {
    return (
      await this.#expect(`load installation ${installation}`, /^Loading installation: (.*)$/i, options)
    )[1]!;
  }

  async play(options?: CommandOptions): Promise<void> {
    await this.#expect("play", /^Starting program/i, options);
  }

  async stop(options?: CommandOptions): Promise<void> {
    await this.#expect("stop", /^Stopped/i, options);
  }

  async pause(options?: CommandOptions): Promise<void> {
    await this.#expect("pause", /^Pausing program/i, options);
  }

  async powerOn(options?: CommandOptions): Promise<void> {
    await this.#expect("power on", /^Powering on/i, options);
  }

  async powerOff(options?: CommandOptions): Promise<void> {
    await this.#expect("power off", /^Powering off/i, options);
  }

  async brakeRelease(options?: CommandOptions): Promise<void> {
    await this.#expect("brake release", /^Brake releasing/i, options);
  }

  /** Refused during the first 5 s after the stop. */
  async unlockProtectiveStop(options?: CommandOptions): Promise<void> {
    await this.#expect("unlock protective stop", /^Protective stop releasing/i, options);
  }

  /** After a violation or a fault; the robot is then powered off. */
  async restartSafety(options?: CommandOptions): Promise<void> {
    await this.#expect("restart safety", /^Restarting safety/i, options);
  }

  async closeSafetyPopup(options?: CommandOptions): Promise<void> {
    await this.#expect("close safety popup", /^closing safety popup/i, options);
  }

  async popup(text: string, options?: CommandOptions): Promise<void> {
    await this.#expect(`popup ${text}`, /^showing popup/i, options);
  }

  async closePopup(options?: CommandOptions): Promise<void> {
    await this.#expect("close popup", /^closing popup/i, options);
  }

  async addToLog(text: string, options?: CommandOptions): Promise<void> {
    await this.#expect(`addToLog ${text}`, /^Added log message/i, options);
  }

  /** Ends the connection by the server's hand. */
  async quit(options?: CommandOptions): Promise<void> {
    await this.#expect("quit", /^Disconnected/i, options);
    this.close();
  }

  /** Switches the controller off. */
  async shutdown(options?: CommandOptions): Promise<void> {
    await this.#expect("shutdown", /^Shutting down/i, options);
  }

  async isRunning(options?: CommandOptions): Promise<boolean> {
    return (
      (await this.#expect("running", /^Program running: (true|false)/i, options))[1]!.toLowerCase() === "true"
    );
  }

  async robotMode(options?: CommandOptions): Promise<RobotMode> {
    const [answer, mode] = await this.#expect("robotmode", /^Robotmode: (\w+)/i, options);
    if (isRobotMode(mode!)) return mode;
    throw refusal("robotmode", answer);
  }

  /** As `safetyStatus`, without the kinds of safeguard stop told apart. */
  async safetyMode(options?: CommandOptions): Promise<SafetyStatus> {
    return this.#safety("safetymode", /^Safetymode: (\w+)/i, options);
  }

  async safetyStatus(options?: CommandOptions): Promise<SafetyStatus> {
    return this.#safety("safetystatus", /^Safetystatus: (\w+)/i, options);
  }

  async programState(
    options?: CommandOptions,
  ): Promise<{ readonly state: ProgramState; readonly program: string }> {
    const match = await this.#expect("programState", /^(STOPPED|PLAYING|PAUSED)\s*(.*)$/, options);
    return { state: match[1] as ProgramState, program: match[2]! };
  }

  /** @returns `undefined` if none is loaded */
  async loadedProgram(options?: CommandOptions): Promise<string | undefined> {
    const match = await this.#expect(
      "get loaded program",
      /^(?:Loaded program: (.*)|No program loaded)$/i,
      options,
    );
    return match[1];
  }

  async isProgramSaved(
    options?: CommandOptions,
  ): Promise<{ readonly saved: boolean; readonly program: string }> {
    const match = await this.#expect("isProgramSaved", /^(true|false)\s*(.*)$/i, options);
    return { saved: match[1]!.toLowerCase() === "true", program: match[2]! };
  }

  async isInRemoteControl(options?: CommandOptions): Promise<boolean> {
    return (
      (await this.#expect("is in remote control", /^(true|false)/i, options))[1]!.toLowerCase() === "true"
    );
  }

  async serialNumber(options?: CommandOptions): Promise<string> {
    return (await this.#expect("get serial number", /^(\d+)/, options))[1]!;
  }

  /** The controller says `UR5` for a UR5e as well. */
  async robotModel(options?: CommandOptions): Promise<string> {
    return (await this.#expect("get robot model", /^(UR\w+)/i, options))[1]!;
  }

  /** As it is said, for example `URSoftware 5.25.1.130310 (Aug 15 2025)`. */
  async polyscopeVersion(options?: CommandOptions): Promise<string> {
    return (await this.#expect("PolyscopeVersion", /^URSoftware .*$/i, options))[0];
  }

  /** The version of PolyScope 5 or of CB3's PolyScope; 5.25.1.130310 comes in four numbers. */
  async version(options?: CommandOptions): Promise<ControllerVersion> {
    const match = await this.#expect(
      "version",
      /^(?:URSoftware )?(\d+)\.(\d+)(?:\.(\d+))?(?:\.(\d+))?/i,
      options,
    );
    const [major, minor, bugfix, build] = match.slice(1).map((digits) => Number(digits ?? 0));
    return { major: major!, minor: minor!, bugfix: bugfix!, build: build! };
  }

  async setOperationalMode(mode: "manual" | "automatic", options?: CommandOptions): Promise<void> {
    await this.#expect(
      `set operational mode ${mode}`,
      new RegExp(`^Operational mode .*${mode}`, "i"),
      options,
    );
  }

  async operationalMode(options?: CommandOptions): Promise<OperationalMode> {
    return (
      await this.#expect("get operational mode", /^(NONE|MANUAL|AUTOMATIC)/, options)
    )[1] as OperationalMode;
  }

  async clearOperationalMode(options?: CommandOptions): Promise<void> {
    await this.#expect("clear operational mode", /^No longer controlling the operational mode/i, options);
  }

  async saveLog(options?: CommandOptions): Promise<void> {
    await this.#expect("saveLog", /^Log saved to disk/i, options);
  }

  /** CB3 only. */
  async setUserRole(role: string, options?: CommandOptions): Promise<void> {
    await this.#expect(`setUserRole ${role}`, /^Setting user role/i, options);
  }

  /** CB3 only. */
  async userRole(options?: CommandOptions): Promise<string> {
    const answer = await this.ask("getUserRole", options);
    if (/\s/.test(answer)) throw refusal("getUserRole", answer); // a role is one word, a refusal a sentence
    return answer;
  }

  /** Takes minutes. @returns the report's id */
  async generateFlightReport(
    kind: "controller" | "software" | "system",
    options?: CommandOptions,
  ): Promise<string> {
    const pattern = /^Flight Report generated with id: (.*)$/i;
    return (
      await this.#expect(`generate flight report ${kind}`, pattern, { timeoutMs: slowMs, ...options })
    )[1]!;
  }

  /** Takes minutes. @returns the file's name */
  async generateSupportFile(directory: string, options?: CommandOptions): Promise<string> {
    const pattern = /^Completed successfully: (.*)$/i;
    return (
      await this.#expect(`generate support file ${directory}`, pattern, { timeoutMs: slowMs, ...options })
    )[1]!;
  }

  /**
   * Asks for the robot mode every 100 ms until it is the one wanted.
   * @throws DashboardError TIMEOUT with the mode it stayed in; ConnectionError ABORTED
   */
  async waitForRobotMode(
    wanted: RobotMode,
    { timeoutMs = 30_000, signal }: CommandOptions = {},
  ): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const mode = await this.robotMode({ signal });
      if (mode === wanted) return;
      if (performance.now() >= deadline) {
        const text = `The robot is in mode ${mode}, not ${wanted}, after ${timeoutMs} ms.`;
        throw new DashboardError("TIMEOUT", "robotmode", mode, text);
      }
      await sleep(pollMs, signal);
    }
  }

  async #safety(command: string, pattern: RegExp, options?: CommandOptions): Promise<SafetyStatus> {
    const [answer, status] = await this.#expect(command, pattern, options);
    if (isSafetyStatus(status!)) return status;
    throw refusal(command, answer);
  }

  #expect(command: string, pattern: RegExp, options?: CommandOptions): Promise<RegExpExecArray> {
    return this.#connection.expect(command, pattern, options);
  }
}
