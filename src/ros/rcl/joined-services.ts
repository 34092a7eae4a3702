import { CellistError } from "../../errors.ts";
import type { Endpoint } from "../graph/endpoint.ts";
import { apology } from "./apology.ts";
import { messageFromPlain } from "../graph/message-from-plain.ts";
import { attempt, isOfAction, type BothGraphs, type BridgeSides } from "./bridge-sides.ts";
import { Kept } from "./kept.ts";
import { inOwnMemory } from "./own-memory.ts";
import type { RclClient } from "./rclnodejs-port.ts";

/** Services of both sides: each can be asked from the other. */
export class JoinedServices {
  readonly #sides: BridgeSides;
  readonly #offered = new Kept((endpoint: Endpoint) => this.#offer(endpoint));
  readonly #shown = new Kept((endpoint: Endpoint) => this.#show(endpoint));

  constructor(sides: BridgeSides) {
    this.#sides = sides;
  }

  /** Brings both sides up to date with each other. */
  keep({ ours, ros }: BothGraphs): void {
    const servers = ({
      endpoints,
    }: {
      readonly endpoints: readonly Endpoint[];
    }): ReadonlyMap<string, Endpoint> =>
      new Map(endpoints.filter((e) => e.kind === "server" && !isOfAction(e)).map((e) => [e.id, e]));
    this.#offered.keep(servers(ours));
    this.#shown.keep(servers(ros));
  }

  /** A service of ours, on ROS 2. */
  #offer({ node, name, type }: Endpoint): () => void {
    const rclNode = this.#sides.nodeOf(node);
    const made = attempt(this.#sides, `${name} is not offered on ROS 2`, () =>
      rclNode.createService(type, name, {}, (request, response) => {
        // Nothing may be thrown here: rclnodejs would end the process.
        void this.#ask(name, type, request)
          .catch((cause: Error) => {
            const { answer, seen } = apology(type, cause);
            this.#sides.warn(`${name} failed: ${cause.message}; ROS 2 got ${seen}`);
            return answer;
          })
          .then((answer) => response.send(inOwnMemory(answer as object)))
          .catch((cause: Error) => this.#sides.complain(`${name} could not answer ROS 2: ${cause.message}`));
      }),
    );
    return () => void (made && attempt(this.#sides, name, () => rclNode.destroyService(made)));
  }

  /** rclnodejs reads rows of int64 as numbers; here they are bigints. */
  async #ask(name: string, type: string, request: object): Promise<unknown> {
    return this.#sides.graph.call(name, type, messageFromPlain(`${type}_Request`, request));
  }

  /** A service on ROS 2, shown here; its client is made when somebody asks. */
  #show({ node, name, type }: Endpoint): () => void {
    const { graph, watcher } = this.#sides;
    const waiting = new Set<(why: CellistError) => void>();
    let client: RclClient | undefined;
    const ask = (request: unknown): Promise<unknown> =>
      new Promise((resolve, reject) => {
        client ??= watcher.createClient(type, name);
        waiting.add(reject);
        client.sendRequest(inOwnMemory(request as object), (answer) => {
          waiting.delete(reject);
          resolve(messageFromPlain(`${type}_Response`, answer));
        });
      });
    const stop = attempt(this.#sides, `${name} of ${node} on ROS 2 is not shown here`, () =>
      graph.serve(node, name, type, ask),
    );
    return () => {
      stop?.();
      for (const reject of waiting) reject(new CellistError("graph-unreachable", `${name} has left ROS 2`));
      if (client) attempt(this.#sides, name, () => watcher.destroyClient(client!));
    };
  }
}
