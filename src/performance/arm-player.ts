import type { TopicSink } from "../bag/topic-sink.ts";
import { CellistError } from "../errors.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { PlayerCommand, PlayerPhase, PlayerSettings, RobotStreams } from "ur-rtde-ts";
import { RtdeRobotLink } from "../rtde/rtde-robot-link.ts";
import type { RobotLink } from "../stream/robot-link.ts";
import { knotAt, type StreamResult } from "../stream/stream-trajectory.ts";
import { perform, type PerformOptions, type PlannedMotion } from "./perform.ts";

const IDLE_LOOK_MS = 10;

/** The arm that a motion is played on. */
export interface Arm {
  readonly streams: RobotStreams;
  readonly instrument: Instrument;
  readonly player: Partial<PlayerSettings>;
  /** A number > 0 that tells this run's registers from those of an earlier one. */
  readonly session: number;
  /** By how many whole turns its base stands away from where the motion begins [rad]; default none. */
  readonly baseTurns_rad?: number;
}

/**
 * The one motion that an arm plays at a time. It can be paused, resumed and stopped, always along the path.
 *
 * A stop counts from the moment it is asked for, also while the link is still being made: the arm then never starts.
 */
export class ArmPlayer {
  #busy = false;
  #link: RobotLink | undefined;
  #phase: PlayerPhase = "absent";
  #stopping = false;

  /** Something is being played, or about to be. */
  get busy(): boolean {
    return this.#busy;
  }

  /**
   * @param prepare checks the arm and says where it is; a stop while it does so counts already
   * @throws CellistError `robot-not-ready` when it plays already; otherwise as `prepare` and `perform`
   */
  async play(
    prepare: () => Arm | Promise<Arm>,
    motion: PlannedMotion,
    sink: TopicSink,
    options: () => PerformOptions,
  ): Promise<StreamResult> {
    if (this.#busy) throw new CellistError("robot-not-ready", "the arm is playing already; stop that first");
    this.#busy = true;
    this.#stopping = false;
    this.#phase = "absent";
    try {
      const arm = await prepare();
      if (this.#stopping) throw new CellistError("robot-stopped", "stopped before it began to move");
      return await perform(this.#linkTo(arm, motion), motion, sink, {
        instrument: arm.instrument,
        ...options(),
      });
    } finally {
      this.#link = undefined;
      this.#busy = false;
    }
  }

  #linkTo({ streams, ...arm }: Arm, motion: PlannedMotion): RobotLink {
    const first_rad = knotAt(motion.trajectory, 0).q_rad;
    const link = new RtdeRobotLink(streams, { ...arm, first_rad });
    link.onState(({ player: { phase } }) => (this.#phase = phase));
    this.#link = link;
    return this.#guarded(link);
  }

  /** Resolves when nothing is being played (any more). */
  async idle(): Promise<void> {
    while (this.#busy) await new Promise((resolve) => setTimeout(resolve, IDLE_LOOK_MS));
  }

  /** Brings the arm to rest along its path, for good. @returns why that makes no sense now */
  stop(): string | undefined {
    if (!this.#busy) return "nothing is being played";
    this.#stopping = true;
    this.#link?.command("stop");
    return undefined;
  }

  /** Brings the arm to rest along its path until `resume`. @returns why that makes no sense now */
  pause(): string | undefined {
    if (!this.#link) return "nothing is being played";
    if (this.#phase !== "playing" && this.#phase !== "resuming") return `the arm is ${this.#phase}`;
    this.#link.command("pause");
    return undefined;
  }

  /** @returns why that makes no sense now */
  resume(): string | undefined {
    if (!this.#link) return "nothing is being played";
    if (this.#phase !== "paused" && this.#phase !== "pausing") return `the arm is ${this.#phase}, not paused`;
    this.#link.command("resume");
    return undefined;
  }

  /** A stop that was asked for before the start wins over the start. */
  #guarded(link: RobotLink): RobotLink {
    const command = (wanted: PlayerCommand): void =>
      link.command(wanted === "start" && this.#stopping ? "stop" : wanted);
    return {
      periodS: link.periodS,
      connect: () => link.connect(),
      onState: (listener) => link.onState(listener),
      onClosed: (listener) => link.onClosed(listener),
      sendKnot: (knot) => link.sendKnot(knot),
      close: () => link.close(),
      command,
    };
  }
}
