import { type ByteStream } from "../connection/byte-stream.ts";
import { tcpByteStream } from "../connection/tcp-byte-stream.ts";
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

/** Where the dashboard server is. */
export interface DashboardConnectOptions {
  readonly host: string;
  /** Default 29999. */
  readonly port?: number;
  /** Longest wait for the connection and for each answer [ms], default 5000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Longest wait for the commands that collect files on the controller [ms]. */
const slowMs = 180_000;

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

  constructor(stream: ByteStream, options: { readonly timeoutMs?: number } = {}) {
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
  async load(program: string): Promise<string> {
    return (await this.#expect(`load ${program}`, /^Loading program: (.*)$/i))[1]!;
  }

  async loadInstallation(installation: string): Promise<string> {
    return (await this.#expect(`load installation ${installation}`, /^Loading installation: (.*)$/i))[1]!;
  }

  async play(): Promise<void> {
    await this.#expect("play", /^Starting program/i);
  }

  async stop(): Promise<void> {
    await this.#expect("stop", /^Stopped/i);
  }

  async pause(): Promise<void> {
    await this.#expect("pause", /^Pausing program/i);
  }

  async powerOn(): Promise<void> {
    await this.#expect("power on", /^Powering on/i);
  }

  async powerOff(): Promise<void> {
    await this.#expect("power off", /^Powering off/i);
  }

  async brakeRelease(): Promise<void> {
    await this.#expect("brake release", /^Brake releasing/i);
  }

  /** Refused during the first 5 s after the stop. */
  async unlockProtectiveStop(): Promise<void> {
    await this.#expect("unlock protective stop", /^Protective stop releasing/i);
  }

  /** After a violation or a fault; the robot is then powered off. */
  async restartSafety(): Promise<void> {
    await this.#expect("restart safety", /^Restarting safety/i);
  }

  async closeSafetyPopup(): Promise<void> {
    await this.#expect("close safety popup", /^closing safety popup/i);
  }

  async popup(text: string): Promise<void> {
    await this.#expect(`popup ${text}`, /^showing popup/i);
  }

  async closePopup(): Promise<void> {
    await this.#expect("close popup", /^closing popup/i);
  }

  async addToLog(text: string): Promise<void> {
    await this.#expect(`addToLog ${text}`, /^Added log message/i);
  }

  /** Ends the connection by the server's hand. */
  async quit(): Promise<void> {
    await this.#expect("quit", /^Disconnected/i);
    this.close();
  }

  /** Switches the controller off. */
  async shutdown(): Promise<void> {
    await this.#expect("shutdown", /^Shutting down/i);
  }

  async isRunning(): Promise<boolean> {
    return (await this.#expect("running", /^Program running: (true|false)/i))[1]!.toLowerCase() === "true";
  }

  async robotMode(): Promise<RobotMode> {
    const [answer, mode] = await this.#expect("robotmode", /^Robotmode: (\w+)/i);
    if (isRobotMode(mode!)) return mode;
    throw refusal("robotmode", answer);
  }

  /** As `safetyStatus`, without the kinds of safeguard stop told apart. */
  async safetyMode(): Promise<SafetyStatus> {
    return this.#safety("safetymode", /^Safetymode: (\w+)/i);
  }

  async safetyStatus(): Promise<SafetyStatus> {
    return this.#safety("safetystatus", /^Safetystatus: (\w+)/i);
  }

  async programState(): Promise<{ readonly state: ProgramState; readonly program: string }> {
    const match = await this.#expect("programState", /^(STOPPED|PLAYING|PAUSED)\s*(.*)$/);
    return { state: match[1] as ProgramState, program: match[2]! };
  }

  /** @returns `undefined` if none is loaded */
  async loadedProgram(): Promise<string | undefined> {
    const match = await this.#expect("get loaded program", /^(?:Loaded program: (.*)|No program loaded)$/i);
    return match[1];
  }

  async isProgramSaved(): Promise<{ readonly saved: boolean; readonly program: string }> {
    const match = await this.#expect("isProgramSaved", /^(true|false)\s*(.*)$/i);
    return { saved: match[1]!.toLowerCase() === "true", program: match[2]! };
  }

  async isInRemoteControl(): Promise<boolean> {
    return (await this.#expect("is in remote control", /^(true|false)/i))[1]!.toLowerCase() === "true";
  }

  async serialNumber(): Promise<string> {
    return (await this.#expect("get serial number", /^(\d+)/))[1]!;
  }

  /** The controller says `UR5` for a UR5e as well. */
  async robotModel(): Promise<string> {
    return (await this.#expect("get robot model", /^(UR\w+)/i))[1]!;
  }

  /** For example `URSoftware 5.25.1.130310 (Aug 15 2025)`. */
  async polyscopeVersion(): Promise<string> {
    return (await this.#expect("PolyscopeVersion", /^URSoftware .*$/i))[0];
  }

  /** For example `5.25.1.130310`. */
  async version(): Promise<string> {
    return (await this.#expect("version", /^\d+(?:\.\d+)+/))[0];
  }

  async setOperationalMode(mode: "manual" | "automatic"): Promise<void> {
    await this.#expect(`set operational mode ${mode}`, new RegExp(`^Operational mode .*${mode}`, "i"));
  }

  async operationalMode(): Promise<OperationalMode> {
    return (await this.#expect("get operational mode", /^(NONE|MANUAL|AUTOMATIC)/))[1] as OperationalMode;
  }

  async clearOperationalMode(): Promise<void> {
    await this.#expect("clear operational mode", /^No longer controlling the operational mode/i);
  }

  async saveLog(): Promise<void> {
    await this.#expect("saveLog", /^Log saved to disk/i);
  }

  /** CB3 only. */
  async setUserRole(role: string): Promise<void> {
    await this.#expect(`setUserRole ${role}`, /^Setting user role/i);
  }

  /** CB3 only. */
  async userRole(): Promise<string> {
    const answer = await this.ask("getUserRole");
    if (/\s/.test(answer)) throw refusal("getUserRole", answer); // a role is one word, a refusal a sentence
    return answer;
  }

  /** Takes minutes. @returns the report's id */
  async generateFlightReport(kind: "controller" | "software" | "system"): Promise<string> {
    const pattern = /^Flight Report generated with id: (.*)$/i;
    return (await this.#expect(`generate flight report ${kind}`, pattern, { timeoutMs: slowMs }))[1]!;
  }

  /** Takes minutes. @returns the file's name */
  async generateSupportFile(directory: string): Promise<string> {
    const pattern = /^Completed successfully: (.*)$/i;
    return (await this.#expect(`generate support file ${directory}`, pattern, { timeoutMs: slowMs }))[1]!;
  }

  /**
   * Asks for the robot mode every 100 ms until it is the one wanted.
   * @throws DashboardError TIMEOUT with the mode it stayed in
   */
  async waitForRobotMode(wanted: RobotMode, timeoutMs = 30_000): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const mode = await this.robotMode();
      if (mode === wanted) return;
      if (performance.now() >= deadline) {
        const text = `The robot is in mode ${mode}, not ${wanted}, after ${timeoutMs} ms.`;
        throw new DashboardError("TIMEOUT", "robotmode", mode, text);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async #safety(command: string, pattern: RegExp): Promise<SafetyStatus> {
    const [answer, status] = await this.#expect(command, pattern);
    if (isSafetyStatus(status!)) return status;
    throw refusal(command, answer);
  }

  #expect(command: string, pattern: RegExp, options?: CommandOptions): Promise<RegExpExecArray> {
    return this.#connection.expect(command, pattern, options);
  }
}
