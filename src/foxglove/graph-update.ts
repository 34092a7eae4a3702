import type { GraphSnapshot } from "../ros/graph/endpoint.ts";

/** Who has what, by kind and name. */
type State = ReadonlyMap<string, readonly string[]>;

/** A change of the connection graph, and what it is now. */
export interface GraphUpdate {
  readonly state: State;
  /** undefined = nothing changed. */
  readonly update:
    | {
        readonly publishedTopics: readonly {
          readonly name: string;
          readonly publisherIds: readonly string[];
        }[];
        readonly subscribedTopics: readonly {
          readonly name: string;
          readonly subscriberIds: readonly string[];
        }[];
        readonly advertisedServices: readonly {
          readonly name: string;
          readonly providerIds: readonly string[];
        }[];
        readonly removedTopics: readonly string[];
        readonly removedServices: readonly string[];
      }
    | undefined;
}

/** What to tell a client of a graph, after what it was told before. */
export function graphUpdate(before: State, { endpoints }: GraphSnapshot): GraphUpdate {
  const nodes = new Map<string, Set<string>>();
  for (const { kind, name, node, relay } of endpoints) {
    if (relay || name.includes("/_action/")) continue;
    const key = `${kind} ${name}`;
    nodes.set(key, (nodes.get(key) ?? new Set()).add(node));
  }
  const state: State = new Map([...nodes].map(([key, set]) => [key, [...set].sort()]));
  const said = new Map([...state].filter(([key, ids]) => before.get(key)?.join() !== ids.join()));
  // A topic that lost its last publisher, but not its listeners, is told with none.
  for (const key of before.keys()) if (!state.has(key) && isLeft(key, state)) said.set(key, []);
  const gone = [...before.keys()].filter((key) => !state.has(key) && !isLeft(key, state));
  if (said.size === 0 && gone.length === 0) return { state, update: undefined };
  const of = (kind: string): [name: string, ids: readonly string[]][] =>
    [...said].filter(([key]) => key.startsWith(`${kind} `)).map(([key, ids]) => [nameOf(key), ids]);
  return {
    state,
    update: {
      publishedTopics: of("publisher").map(([name, publisherIds]) => ({ name, publisherIds })),
      subscribedTopics: of("subscription").map(([name, subscriberIds]) => ({ name, subscriberIds })),
      advertisedServices: of("server").map(([name, providerIds]) => ({ name, providerIds })),
      removedTopics: [...new Set(gone.filter((key) => !key.startsWith("server ")).map(nameOf))],
      removedServices: gone.filter((key) => key.startsWith("server ")).map(nameOf),
    },
  };
}

const nameOf = (key: string): string => key.slice(key.indexOf(" ") + 1);

const isLeft = (key: string, state: State): boolean =>
  !key.startsWith("server ") &&
  (state.has(`publisher ${nameOf(key)}`) || state.has(`subscription ${nameOf(key)}`));
