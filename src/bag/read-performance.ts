import { CellistError } from "../errors.ts";
import type { PerformanceRecord } from "../evaluation/performance-record.ts";
import type { MessageOf, Topic } from "../ros/topics.ts";
import type { Score } from "../score/score.ts";
import { BagReader, type BagMessage } from "./bag-reader.ts";
import { bowPlanFromMessage } from "./bow-plan-message.ts";
import { Rows } from "./rows.ts";
import { scoreFromMessage } from "./score-message.ts";
import { trajectoryFromMessages } from "./trajectory-message.ts";

/**
 * A performance as it was planned and as it happened. A truncated bag gives all of it up to its last whole chunk.
 *
 * Where a bag does not say how the hair lay on the strings, `contacts` holds NaN.
 *
 * @throws CellistError "bag-unreadable": no plan in it, or a state with a part missing
 */
export async function readPerformance(path: string): Promise<PerformanceRecord> {
  const reader = await BagReader.open(path);
  try {
    const plan: PlanMessages = {};
    const states = new StateTable(path);
    for await (const entry of reader.messages(TOPICS_READ)) sort(entry, plan, states);
    const details = found(plan, "/trajectory_details", path);
    return {
      plan: bowPlanFromMessage(found(plan, "/bow_plan", path)),
      trajectory: trajectoryFromMessages(found(plan, "/joint_trajectory", path), details),
      settings: JSON.parse(found(plan, "/settings", path).json) as Record<string, unknown>,
      servoLagS: details.servo_lag_s,
      ...states.finish(),
    };
  } finally {
    await reader.close();
  }
}

/** The score that a bag was made from. @throws CellistError "bag-unreadable" */
export async function readScoreFromBag(path: string): Promise<Score> {
  const reader = await BagReader.open(path);
  try {
    const plan: PlanMessages = {};
    for await (const { topic, message } of reader.messages(["/score"])) plan[topic] = message;
    return scoreFromMessage(found(plan, "/score", path));
  } finally {
    await reader.close();
  }
}

const PLAN_TOPICS = ["/settings", "/bow_plan", "/joint_trajectory", "/trajectory_details"] as const;
const STATE_TOPICS = ["/joint_states", "/joint_targets", "/player_state", "/bow_state"] as const;
const TOPICS_READ = [...PLAN_TOPICS, ...STATE_TOPICS];

/** The last message of each topic that is written once. */
type PlanMessages = { -readonly [T in (typeof PLAN_TOPICS)[number] | "/score"]?: MessageOf<T> };
type States = Omit<PerformanceRecord, "plan" | "trajectory" | "settings" | "servoLagS">;

function sort(entry: BagMessage<(typeof TOPICS_READ)[number]>, plan: PlanMessages, states: StateTable): void {
  switch (entry.topic) {
    case "/joint_states":
      return states.beginState(entry.timeNs, entry.message);
    case "/joint_targets":
      return states.addTargets(entry.timeNs, entry.message);
    case "/player_state":
      return states.addPlayer(entry.timeNs, entry.message);
    case "/bow_state":
      return states.addBow(entry.timeNs, entry.message);
    default:
      Object.assign(plan, { [entry.topic]: entry.message });
  }
}

function found<T extends keyof PlanMessages>(
  plan: PlanMessages,
  topic: T,
  path: string,
): NonNullable<PlanMessages[T]> {
  const message = plan[topic];
  if (message) return message;
  const why = "it is not a performance, or it was cut off before the plan was written";
  throw new CellistError("bag-unreadable", `${path} has no ${topic}: ${why}`, { path, topic });
}

/** One row per state, put together from the topics of one log time. */
class StateTable {
  readonly #path: string;
  readonly #rows = { q: new Rows(6), qd: new Rows(6), target: new Rows(6), player: new Rows(4) };
  readonly #bow = { force: new Rows(4), speed: new Rows(4), contact: new Rows(4), position: new Rows(4) };
  #timeNs = -1n;
  #simulated = true;

  constructor(path: string) {
    this.#path = path;
  }

  beginState(timeNs: bigint, { position, velocity }: MessageOf<"/joint_states">): void {
    this.#completeState();
    this.#timeNs = timeNs;
    this.#rows.q.push(position);
    this.#rows.qd.push(velocity);
  }

  addTargets(timeNs: bigint, { position }: MessageOf<"/joint_targets">): void {
    this.#expect(timeNs, "/joint_targets");
    this.#rows.target.push(position);
  }

  addPlayer(timeNs: bigint, player: MessageOf<"/player_state">): void {
    this.#expect(timeNs, "/player_state");
    this.#rows.player.push([player.robot_time_s, player.path_time_s, player.rate, player.ahead_s]);
  }

  addBow(timeNs: bigint, bow: MessageOf<"/bow_state">): void {
    this.#expect(timeNs, "/bow_state");
    this.#simulated &&= bow.simulated;
    this.#bow.force.push(bow.force_n);
    this.#bow.speed.push(bow.bow_speed_mps);
    this.#bow.contact.push(bow.contact_m);
    this.#bow.position.push(bow.bow_position_m);
  }

  finish(): States {
    this.#completeState();
    const player = this.#rows.player.toArray();
    const column = (k: number) =>
      Float64Array.from({ length: player.length / 4 }, (_, row) => player[4 * row + k]!);
    return {
      robotTimeS: column(0),
      q_rad: this.#rows.q.toArray(),
      qd_radps: this.#rows.qd.toArray(),
      targetQ_rad: this.#rows.target.toArray(),
      pathTimeS: column(1),
      rate: column(2),
      aheadS: column(3),
      contacts: {
        source: this.#simulated ? "simulated" : "estimated",
        forceN: this.#bow.force.toArray(),
        bowSpeedMps: this.#bow.speed.toArray(),
        contactM: this.#bow.contact.toArray(),
        bowPositionM: this.#bow.position.toArray(),
      },
    };
  }

  #expect(timeNs: bigint, topic: Topic): void {
    if (timeNs !== this.#timeNs) throw this.#broken(`${topic} without /joint_states`, timeNs);
  }

  /** Every state has its targets and player; the hair on the strings may be unknown. */
  #completeState(): void {
    const { q, target, player } = this.#rows;
    if (target.count !== q.count || player.count !== q.count)
      throw this.#broken("/joint_states without /joint_targets or /player_state", this.#timeNs);
    if (this.#bow.force.count === q.count) return;
    this.#simulated = false;
    for (const rows of Object.values(this.#bow)) rows.push(UNKNOWN);
  }

  #broken(what: string, timeNs: bigint): CellistError {
    const message = `${this.#path} has lost a sample: ${what} at log time ${timeNs} ns`;
    return new CellistError("bag-unreadable", message, { path: this.#path });
  }
}

const UNKNOWN = [NaN, NaN, NaN, NaN];
