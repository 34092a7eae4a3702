import type { DiagnosticStatus } from "../ros/interfaces/generated/diagnostic_msgs.ts";
import { LEVEL } from "./health.ts";

interface Item {
  readonly status: DiagnosticStatus;
  readonly heardNs: bigint;
}

const SEPARATOR = ": ";
const ALONE = "other";
const WORDS = ["OK", "Warning", "Error", "Stale"] as const;

/**
 * All that `/diagnostics` says, as a tree for people: "cellist: arm" becomes "/cellist/arm" below "/cellist", which is as bad
 * as the worst below it.
 *
 * Whoever spoke once and is silent for too long is stale, and where others of its group still speak, that group is in error.
 * Who says of itself that it has nothing to say yet makes its group stale only where all of it is so.
 *
 * @source the format is ROS 2's diagnostic_aggregator's; there a group is in error for that last case, too
 */
export class DiagnosticSummary {
  readonly #staleNs: bigint;
  readonly #items = new Map<string, Item>();

  /** @param staleS silence that makes a status stale [s] */
  constructor(staleS: number) {
    this.#staleNs = BigInt(Math.round(staleS * 1e9));
  }

  /** @param nowNs time of the node that hears it, not the message's own: clocks of others may be wrong */
  hear(statuses: readonly DiagnosticStatus[], nowNs: bigint): void {
    for (const status of statuses) this.#items.set(status.name, { status, heardNs: nowNs });
  }

  /** Groups, each before what is in it, by name. */
  look(nowNs: bigint): DiagnosticStatus[] {
    const groups = new Map<string, Item[]>();
    for (const item of this.#items.values()) {
      const { group } = placeOf(item.status.name);
      groups.set(group, [...(groups.get(group) ?? []), item]);
    }
    const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
    return sorted.flatMap(([group, items]) => this.#tell(group, items, nowNs));
  }

  #tell(group: string, items: readonly Item[], nowNs: bigint): DiagnosticStatus[] {
    const silent = items.filter((item) => this.#isSilent(item, nowNs));
    const inside = items.map((item) => this.#inTree(item, nowNs)).sort((a, b) => (a.name < b.name ? -1 : 1));
    const live = inside.filter(({ level }) => level !== LEVEL.stale).map(({ level }) => level);
    const ill = silent.length > 0 ? LEVEL.error : Math.max(...live);
    const level = live.length === 0 ? LEVEL.stale : ill;
    const head: DiagnosticStatus = {
      level,
      name: `/${group}`,
      message: WORDS[level]!,
      hardware_id: "",
      values: inside.map(({ name, level: its }) => ({
        key: name.slice(group.length + 2),
        value: WORDS[its]!,
      })),
    };
    return [head, ...inside];
  }

  #inTree({ status, heardNs }: Item, nowNs: bigint): DiagnosticStatus {
    const { group, name } = placeOf(status.name);
    const placed = { ...status, name: `/${group}/${name}` };
    if (!this.#isSilent({ status, heardNs }, nowNs)) return placed;
    const silentS = Number(nowNs - heardNs) / 1e9;
    return { ...placed, level: LEVEL.stale, message: `not heard for ${silentS.toFixed(0)} s` };
  }

  #isSilent({ heardNs }: Item, nowNs: bigint): boolean {
    return nowNs - heardNs > this.#staleNs;
  }
}

/** diagnostic_updater calls a status "node: task"; what has no such name stands among the others. */
function placeOf(name: string): { readonly group: string; readonly name: string } {
  const at = name.indexOf(SEPARATOR);
  const [group, task] = at < 1 ? [ALONE, name] : [name.slice(0, at), name.slice(at + SEPARATOR.length)];
  return { group: group.replace(/^\/+/, ""), name: task };
}
