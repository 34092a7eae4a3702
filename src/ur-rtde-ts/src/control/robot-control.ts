import { PrimaryClient } from "../primary/primary-client.ts";
import { recover, type RecoverOptions } from "../robot/recover.ts";
import { type RobotCondition, type SoftwareStep } from "../robot/robot-condition.ts";
import { type RobotStreams } from "../robot/robot-streams.ts";
import { type ToolSettings } from "../robot/tool-settings.ts";
import { type ExtraFields, type OutputName } from "../rtde/fields.ts";
import { type OutputPackage, type OutputRecipe } from "../rtde/output-recipe.ts";
import { type PackageReaderOptions } from "../rtde/package-reader.ts";
import { type NoExtra, type OutputOptions } from "../rtde/rtde-client-options.ts";
import { RtdeClient } from "../rtde/rtde-client.ts";
import { PlayerInputs } from "../trajectory/player-inputs.ts";
import { type PlayOptions, TrajectoryStream } from "../trajectory/trajectory-stream.ts";
import { ArmMoves } from "./arm-moves.ts";
import { ArmStreams } from "./arm-streams.ts";
import { CommandChannel } from "./command-channel.ts";
import { CommandInputs } from "./command-inputs.ts";
import { type ControlMode } from "./control-registers.ts";
import { CONTROL_OUTPUTS } from "./control-report.ts";
import { type ControlSettings, controlSettings } from "./control-settings.ts";
import { ForceControl } from "./force-control.ts";
import { HandGuiding } from "./hand-guiding.ts";
import { KinematicsQueries } from "./kinematics-queries.ts";
import { RobotIo } from "./robot-io.ts";
import { ToolControl } from "./tool-control.ts";

/** How a robot is controlled. */
export interface ControlOptions<
  Names extends readonly string[] = readonly [],
  Optional extends readonly string[] = readonly [],
  Extra extends ExtraFields = NoExtra,
> extends OutputOptions<Optional, Extra> {
  /** Further fields of RTDE to come with the robot's state. */
  readonly outputs?: Names;
  readonly settings?: Partial<ControlSettings>;
  /** Set on the controller whenever the control program starts. */
  readonly tool?: ToolSettings;
}

/** What comes with every package of a `RobotControl`. */
export type ControlledPackage<
  Names extends readonly string[],
  Optional extends readonly string[],
  Extra extends ExtraFields,
> = OutputPackage<Names[number] | (typeof CONTROL_OUTPUTS)[number], Optional[number], Extra>;

/**
 * Control of an arm from outside: a program of ours runs on the controller and does what the methods ask for.
 *
 * The program is started when the first command needs it, and again after whatever ended it. It watches the host: one
 * that falls silent, or a stream of targets that dries up, brings the arm to rest. Promises of moves resolve when the
 * arm stands; their signals stop it.
 */
export class RobotControl<
  Package extends object = OutputPackage<(typeof CONTROL_OUTPUTS)[number], never, NoExtra>,
> {
  /** Moves that end by themselves. */
  readonly moves: ArmMoves;
  /** Targets that follow each other, up to 500 a second. */
  readonly streams: ArmStreams;
  readonly force: ForceControl;
  /** The arm moved by hand. */
  readonly hand: HandGuiding;
  readonly tool: ToolControl;
  readonly io: RobotIo;
  readonly kinematics: KinematicsQueries;
  readonly #robot: RobotStreams;
  readonly #client: RtdeClient;
  readonly #scripts: PrimaryClient;
  readonly #outputs: OutputRecipe<Package>;
  readonly #channel: CommandChannel;
  #playerInputs: PlayerInputs | undefined;

  /**
   * Opens RTDE and the primary interface, and hears the robot once. Nothing is started or moved yet, whatever state it is in.
   * @throws ConnectionError, RtdeError: IN_USE when somebody else controls the robot through the same registers
   */
  static async open<
    const Names extends readonly (OutputName | (keyof Extra & string))[] = readonly [],
    const Optional extends readonly (OutputName | (keyof Extra & string))[] = readonly [],
    const Extra extends ExtraFields = NoExtra,
  >(
    robot: RobotStreams,
    options: ControlOptions<Names, Optional, Extra> = {},
  ): Promise<RobotControl<ControlledPackage<Names, Optional, Extra>>> {
    const settings = controlSettings(options.settings);
    const to = { timeoutMs: options.timeoutMs, signal: options.signal };
    const { silenceMs } = robot;
    const client = new RtdeClient(await robot.rtde(to), { ...to, silenceMs });
    let scripts: PrimaryClient | undefined;
    try {
      await client.negotiate(to);
      const names = [...CONTROL_OUTPUTS, ...((options.outputs ?? []) as readonly OutputName[])];
      const outputs = await client.setupOutputs(names, 500, {
        ...to,
        optional: (options.optional ?? []) as readonly OutputName[],
        ...(options.extraOutputs && { extraOutputs: options.extraOutputs }),
      });
      const inputs = await CommandInputs.open(client, to);
      scripts = new PrimaryClient(await robot.primary(to), { silenceMs });
      const tool = options.tool ?? {};
      const channel = new CommandChannel({ client, scripts, inputs, outputs, settings, tool });
      await client.start(to);
      await channel.heard(options.signal); // before that a state would say that every joint is at zero
      return new RobotControl({
        robot,
        client,
        scripts,
        channel,
        outputs: outputs as OutputRecipe<object> as never,
      });
    } catch (error) {
      client.close();
      scripts?.close();
      throw error;
    }
  }

  private constructor(parts: {
    robot: RobotStreams;
    client: RtdeClient;
    scripts: PrimaryClient;
    channel: CommandChannel;
    outputs: OutputRecipe<Package>;
  }) {
    this.#robot = parts.robot;
    this.#client = parts.client;
    this.#scripts = parts.scripts;
    this.#outputs = parts.outputs;
    this.#channel = parts.channel;
    this.moves = new ArmMoves(parts.channel);
    this.streams = new ArmStreams(parts.channel);
    this.force = new ForceControl(parts.channel);
    this.hand = new HandGuiding(parts.channel);
    this.tool = new ToolControl(parts.channel);
    this.io = new RobotIo(parts.client, parts.channel);
    this.kinematics = new KinematicsQueries(parts.channel);
  }

  /** The newest state of the robot: one object, filled in place. */
  get state(): Package {
    return this.#outputs.package;
  }

  /** What that state means, and what lies between it and a moving arm. */
  get condition(): RobotCondition {
    return this.#channel.condition;
  }

  /** What the arm is doing for the control program. */
  get mode(): ControlMode {
    return this.#channel.mode;
  }

  /** Optional outputs that the controller does not have. */
  get missing(): readonly string[] {
    return this.#outputs.missing;
  }

  get closed(): boolean {
    return this.#client.closed;
  }

  /** Calls back for every state, in order; it is filled in place: copy what is to be kept. */
  onState(listener: (state: Package) => void): () => void {
    return this.#outputs.onPackage(listener);
  }

  /** Every state in order, each a copy, for `for await`. */
  states(options?: PackageReaderOptions): AsyncIterableIterator<Package, undefined> {
    return this.#outputs.packages(options);
  }

  /** Calls back for every change of the robot's condition, with the new one. */
  onCondition(listener: (condition: RobotCondition) => void): () => void {
    let before = "";
    return this.#outputs.onPackage(() => {
      const { condition } = this;
      if (condition.name !== before) listener(condition);
      before = condition.name;
    });
  }

  /** Calls back once when the connection is over: without a reason after `close`. At once if it is over. */
  onClosed(listener: (reason: Error | undefined) => void): () => void {
    return this.#client.onClosed(listener);
  }

  /**
   * Starts the control program if it does not run. Commands do so themselves; streams of targets need it to run.
   * @throws ControlError NOT_READY with what to do; ScriptError
   */
  ready(signal?: AbortSignal): Promise<void> {
    return this.#channel.ready(signal);
  }

  /**
   * Brings the arm to rest, whatever it does.
   * @param deceleration_radps2 of the leading joint, default: the settings' [rad/s²]
   */
  stop(deceleration_radps2?: number, signal?: AbortSignal): Promise<void> {
    return this.#channel.stop("stop", deceleration_radps2, signal);
  }

  /** Brings the tool to rest on a straight line. @param decelerationMps2 default 10 [m/s²] */
  stopStraight(decelerationMps2 = 10, signal?: AbortSignal): Promise<void> {
    return this.#channel.stop("stopL", decelerationMps2, signal);
  }

  /** Stops the arm as the controller itself does when something is wrong: it has to be recovered then. */
  async protectiveStop(signal?: AbortSignal): Promise<void> {
    await this.#channel.ready(signal);
    void this.#channel.ask("protectiveStop", {}, signal).catch(() => undefined); // it ends the program that would answer
    await this.#channel.news.until(() => !this.condition.canMove, signal);
  }

  /**
   * Has the controller itself watch that this host speaks, beside our program: it then stops any program.
   * @param minHz 1 to 10; 0 ends it
   */
  async setControllerWatchdog(minHz: number, signal?: AbortSignal): Promise<void> {
    await this.#channel.ask("watchdog", { reals: [minHz] }, signal);
  }

  /**
   * Opens a stream for a path over these connections, see `TrajectoryStream`. The control program makes way for the
   * player; other commands are refused until the stream is closed.
   */
  async stream(options: PlayOptions<Package>): Promise<TrajectoryStream<Package>> {
    this.#playerInputs ??= await PlayerInputs.open(this.#client, { signal: options.signal });
    const inputs = this.#playerInputs;
    await this.#channel.lend();
    const parts = {
      client: this.#client,
      scripts: this.#scripts,
      inputs,
      outputs: this.#outputs as OutputRecipe<object>,
      release: () => this.#channel.takeBack(),
    };
    try {
      return await TrajectoryStream.over<Package>(parts, options);
    } catch (error) {
      this.#channel.takeBack();
      throw error;
    }
  }

  /** Makes the robot ready to move, see `recover`. The control program starts with the next command. */
  recover(options?: RecoverOptions): Promise<SoftwareStep[]> {
    return recover(this.#robot, options);
  }

  /** Brings the arm to rest, ends the control program and the connections. Safe to call twice. */
  async close(): Promise<void> {
    if (this.#client.closed) return;
    try {
      await this.#channel.stop("stop");
      await this.#channel.end();
    } finally {
      this.#client.close();
      this.#scripts.close();
    }
  }
}
