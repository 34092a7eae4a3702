import { BagReader } from "../bag/bag-reader.ts";
import { scoreFromMessage } from "../bag/score-message.ts";
import { Rows } from "../bag/rows.ts";
import { CellistError } from "../errors.ts";
import type { MessageOf, Topic } from "../ros/topics.ts";
import type { BowDirection, Score, StringName } from "../score/score.ts";

/** A note as it was bowed, from the events in a bag. */
export interface TakenNote {
  readonly noteIndex: number;
  /** Sounding pitch, MIDI number. */
  readonly midi: number;
  readonly string: StringName;
  readonly direction: BowDirection;
  readonly startS: number;
  readonly endS: number;
  /** By the score; NaN where the bag does not say [s]. */
  readonly scoreStartS: number;
  readonly scoreEndS: number;
  /** Its ends were not in the log it was imported from, but found by the music: no measure of timing. */
  readonly recovered: boolean;
}

export interface TakenCrossing {
  readonly to: StringName;
  readonly startS: number;
}

/** What an arm did, as any bag with joint states tells it: ours, an imported log, another cell's. */
export interface Take {
  readonly path: string;
  /** Of the joint states, from the first one of the bag [s]; length n. */
  readonly timeS: Float64Array;
  /** [n × 6] */
  readonly q_rad: Float64Array;
  /** What the controller asked of the joints [rad], [n × 6]; NaN where the bag does not say. */
  readonly targetQ_rad: Float64Array;
  /** TCP in the base [m], one row per state, [n × 3]; NaN where the bag has none. */
  readonly tcp_B_m: Float64Array;
  /** Force at the TCP, base frame [N], [n × 3]; NaN where the bag has none. */
  readonly force_N: Float64Array;
  readonly notes: readonly TakenNote[];
  readonly crossings: readonly TakenCrossing[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly score: Score | undefined;
  /** What is missing in the bag or had to be repaired. */
  readonly remarks: readonly string[];
}

const READ = [
  "/joint_states",
  "/joint_targets",
  "/tcp_pose",
  "/wrench",
  "/note_events",
  "/settings",
  "/score",
] as const;

/** @throws CellistError "bag-unreadable": no joint states in it */
export async function readTake(path: string): Promise<Take> {
  const reader = await BagReader.open(path);
  try {
    const table = new TakeTable();
    const there = new Set(reader.channels.map(({ topic }) => topic));
    for await (const { topic, timeNs, message } of reader.messages(READ.filter((topic) => there.has(topic))))
      table.add(topic, timeNs, message);
    return table.finish(path, reader.remarks);
  } finally {
    await reader.close();
  }
}

class TakeTable {
  readonly #times: number[] = [];
  readonly #q = new Rows(6);
  readonly #target = new Rows(6);
  readonly #tcp = new Rows(3);
  readonly #force = new Rows(3);
  readonly #notes = new Map<number, { -readonly [K in keyof TakenNote]: TakenNote[K] }>();
  readonly #crossings: TakenCrossing[] = [];
  #startNs: bigint | undefined;
  #settings: Readonly<Record<string, unknown>> = {};
  #score: Score | undefined;

  add(topic: (typeof READ)[number], timeNs: bigint, message: MessageOf<Topic>): void {
    switch (topic) {
      case "/joint_states":
        this.#startNs ??= timeNs;
        this.#fill();
        this.#times.push(this.#seconds(timeNs));
        return this.#q.push((message as MessageOf<"/joint_states">).position);
      case "/joint_targets":
        if (this.#target.count < this.#q.count)
          this.#target.push((message as MessageOf<"/joint_targets">).position);
        return;
      case "/tcp_pose": {
        const { x, y, z } = (message as MessageOf<"/tcp_pose">).pose.position;
        if (this.#tcp.count < this.#q.count) this.#tcp.push([x, y, z]);
        return;
      }
      case "/wrench": {
        const { x, y, z } = (message as MessageOf<"/wrench">).wrench.force;
        if (this.#force.count < this.#q.count) this.#force.push([x, y, z]);
        return;
      }
      case "/note_events":
        return this.#event(timeNs, message as MessageOf<"/note_events">);
      case "/settings":
        this.#settings = JSON.parse((message as MessageOf<"/settings">).json) as Record<string, unknown>;
        return;
      case "/score":
        this.#score = scoreFromMessage(message as MessageOf<"/score">);
    }
  }

  finish(path: string, remarks: readonly string[]): Take {
    if (this.#times.length < 2)
      throw new CellistError("bag-unreadable", `${path} has no /joint_states to replay`, { path });
    this.#fill();
    const recovered = (this.#settings["recovered_notes"] ?? []) as readonly number[];
    for (const index of recovered) {
      const note = this.#notes.get(index);
      if (note) note.recovered = true;
    }
    return {
      path,
      timeS: Float64Array.from(this.#times),
      q_rad: this.#q.toArray(),
      targetQ_rad: this.#target.toArray(),
      tcp_B_m: this.#tcp.toArray(),
      force_N: this.#force.toArray(),
      notes: [...this.#notes.values()].filter(({ endS }) => !Number.isNaN(endS)),
      crossings: this.#crossings,
      settings: this.#settings,
      score: this.#score,
      remarks,
    };
  }

  /** A state without target, tool or force gets a row of unknowns. */
  #fill(): void {
    const unknown = [NaN, NaN, NaN];
    while (this.#tcp.count < this.#q.count) this.#tcp.push(unknown);
    while (this.#force.count < this.#q.count) this.#force.push(unknown);
    while (this.#target.count < this.#q.count) this.#target.push([...unknown, ...unknown]);
  }

  #event(
    timeNs: bigint,
    { event, note_index, midi, string_name, direction, score_time_s }: MessageOf<"/note_events">,
  ): void {
    const atS = this.#seconds(timeNs);
    const string = string_name as StringName;
    if (event === "crossing") this.#crossings.push({ to: string, startS: atS });
    if (event === "onset")
      this.#notes.set(note_index, {
        noteIndex: note_index,
        midi,
        string,
        direction: direction as BowDirection,
        startS: atS,
        endS: NaN,
        scoreStartS: score_time_s,
        scoreEndS: NaN,
        recovered: false,
      });
    const note = this.#notes.get(note_index);
    if (event !== "offset" || !note) return;
    note.endS = atS;
    note.scoreEndS = score_time_s;
  }

  #seconds(timeNs: bigint): number {
    return Number(timeNs - (this.#startNs ??= timeNs)) / 1e9;
  }
}
