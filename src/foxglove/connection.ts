import { CellistError } from "../errors.ts";
import { Encoders } from "../ros/graph/message-codec.ts";
import { plainFromMessage } from "../ros/graph/message-from-plain.ts";
import type { GraphNode } from "../ros/node/graph-node.ts";
import type { Qos } from "../ros/qos.ts";
import { ClientChannels, ENCODINGS, readerOf } from "./client-channels.ts";
import { graphUpdate, type GraphUpdate } from "./graph-update.ts";
import { getParameters, setNamedParameter, type NamedParameter } from "./graph-parameters.ts";
import { callResponse, ClientMessage, messageData, readClientBytes, type ClientBytes } from "./messages.ts";
import type { Offers } from "./offers.ts";

/** The way to one client. */
export interface Wire {
  readonly sendText: (text: string) => void;
  readonly sendBytes: (bytes: Uint8Array) => void;
  /** Sent, and not taken by the network yet [bytes]. */
  readonly waitingBytes: () => number;
}

/** What one client looks at. */
export interface LiveView {
  readonly node: GraphNode;
  readonly offers: Offers;
  /** Clients may call services, publish, and set parameters. */
  readonly control: boolean;
}

/** A client that is so far behind gets no more of what is said often [bytes]. */
const MOST_WAITING_BYTES = 8 * 1024 * 1024;
const LEVEL = { info: 0, warning: 1, error: 2 } as const;

/** One client: what it hears, says and asks. */
export class Connection {
  readonly #wire: Wire;
  readonly #view: LiveView;
  readonly #heard = new Map<number, () => void>();
  readonly #channels: ClientChannels;
  readonly #watched = new Set<string>();
  readonly #encoders = new Encoders();
  #graph: GraphUpdate["state"] | undefined;
  #dropped = 0;

  constructor(
    wire: Wire,
    view: LiveView,
    about: { readonly name: string; readonly sessionId: string; readonly time: boolean },
  ) {
    this.#wire = wire;
    this.#view = view;
    this.#channels = new ClientChannels(view.node);
    const capabilities = ["parameters", "parametersSubscribe", "connectionGraph"];
    if (view.control) capabilities.push("clientPublish", "services");
    if (about.time) capabilities.push("time");
    const { name, sessionId } = about;
    this.#say({
      op: "serverInfo",
      name,
      sessionId,
      capabilities,
      supportedEncodings: ENCODINGS,
      metadata: {},
    });
    this.tell(view.offers.channels, [], view.offers.services, []);
  }

  /** Messages that this client was too slow for. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Says what came and went. */
  tell(
    channels: Offers["channels"],
    goneChannels: readonly number[],
    services: Offers["services"],
    goneServices: readonly number[],
  ): void {
    if (goneChannels.length > 0) this.#say({ op: "unadvertise", channelIds: goneChannels });
    if (channels.size > 0) this.#say({ op: "advertise", channels: [...channels.values()] });
    if (this.#view.control) {
      if (goneServices.length > 0) this.#say({ op: "unadvertiseServices", serviceIds: goneServices });
      if (services.size > 0) this.#say({ op: "advertiseServices", services: [...services.values()] });
    }
    this.tellGraph();
  }

  /** Says how nodes and topics hang together, to who asked for it. */
  tellGraph(): void {
    if (!this.#graph) return;
    const { state, update } = graphUpdate(this.#graph, this.#view.node.graph.snapshot());
    this.#graph = state;
    if (update) this.#say({ op: "connectionGraphUpdate", ...update });
  }

  tellParameters(parameters: readonly NamedParameter[]): void {
    const wanted = parameters.filter(({ name }) => this.#watched.has(name));
    if (wanted.length > 0) this.#say({ op: "parameterValues", parameters: wanted });
  }

  tellTime(bytes: Uint8Array): void {
    this.#wire.sendBytes(bytes);
  }

  /** Takes what the client said; what cannot be understood is answered with a sentence. */
  async hear(data: string | Uint8Array): Promise<void> {
    try {
      if (typeof data !== "string") return await this.#hearBytes(readClientBytes(data));
      const read = ClientMessage.safeParse(JSON.parse(data));
      if (!read.success) return this.#complain("warning", `not understood: ${read.error.issues[0]!.message}`);
      await this.#hearText(read.data);
    } catch (error) {
      this.#complain("error", (error as Error).message);
    }
  }

  /** Ends everything that the client had. */
  close(): void {
    for (const stop of this.#heard.values()) stop();
    this.#heard.clear();
    this.#channels.closeAll();
  }

  async #hearText(said: ClientMessage): Promise<void> {
    switch (said.op) {
      case "subscribe":
        return said.subscriptions.forEach(({ id, channelId }) => this.#subscribe(id, channelId));
      case "unsubscribe":
        return said.subscriptionIds.forEach((id) => this.#unsubscribe(id));
      case "advertise":
        this.#mayControl("publish");
        return said.channels.forEach((channel) => this.#channels.open(channel));
      case "unadvertise":
        return said.channelIds.forEach((id) => this.#unadvertise(id));
      case "getParameters":
        return this.#answerParameters(said.parameterNames, said.id);
      case "setParameters":
        return this.#setParameters(said);
      case "subscribeParameterUpdates": {
        const all = said.parameterNames.length === 0;
        const names = all
          ? (await getParameters(this.#view.node, [])).map(({ name }) => name)
          : said.parameterNames;
        return names.forEach((name) => this.#watched.add(name));
      }
      case "unsubscribeParameterUpdates":
        if (said.parameterNames.length === 0) this.#watched.clear();
        return said.parameterNames.forEach((name) => this.#watched.delete(name));
      case "subscribeConnectionGraph":
        this.#graph = new Map();
        return this.tellGraph();
      case "unsubscribeConnectionGraph":
        this.#graph = undefined;
    }
  }

  #subscribe(id: number, channelId: number): void {
    const channel = this.#view.offers.channels.get(channelId);
    if (!channel) return this.#complain("error", `there is no channel ${channelId}`);
    if (this.#heard.has(id)) return this.#complain("error", `subscription ${id} is in use already`);
    const { graph, name, clock } = this.#view.node;
    const qos = askedOf(this.#view.node, channel.topic, channel.schemaName);
    const stop = graph.subscribe(name, channel.topic, channel.schemaName, qos, (_, { cdr, retained }) => {
      if (!retained && qos.durability === "volatile" && this.#wire.waitingBytes() > MOST_WAITING_BYTES)
        this.#dropped++;
      else this.#wire.sendBytes(messageData(id, BigInt.asUintN(64, clock.nowNs()), cdr));
    });
    this.#heard.set(id, stop);
  }

  #unsubscribe(id: number): void {
    if (!this.#heard.has(id)) this.#complain("warning", `there is no subscription ${id}`);
    this.#heard.get(id)?.();
    this.#heard.delete(id);
  }

  #unadvertise(id: number): void {
    if (!this.#channels.close(id)) this.#complain("warning", `there is no channel ${id} of this client`);
  }

  async #answerParameters(names: readonly string[], id: string | undefined): Promise<void> {
    const parameters = await getParameters(this.#view.node, names);
    this.#say({ op: "parameterValues", parameters, ...(id !== undefined && { id }) });
  }

  async #setParameters({ parameters, id }: ClientMessage & { op: "setParameters" }): Promise<void> {
    this.#mayControl("set parameters");
    for (const { name, value } of parameters) {
      const why =
        value === undefined
          ? `${name} cannot be unset: parameters are declared`
          : await setNamedParameter(this.#view.node, name, value);
      if (why !== undefined) this.#complain("error", why);
    }
    // What they are now, also where it was refused: the client shows the truth again.
    if (id !== undefined)
      await this.#answerParameters(
        parameters.map(({ name }) => name),
        id,
      );
  }

  async #hearBytes(said: ClientBytes): Promise<void> {
    if (said.op === "call") return this.#call(said);
    this.#channels.publish(said.channelId, said.payload);
  }

  async #call({ serviceId, callId, encoding, payload }: ClientBytes & { op: "call" }): Promise<void> {
    try {
      this.#mayControl("call services");
      const service = this.#view.offers.services.get(serviceId);
      if (!service) throw new CellistError("service-missing", `there is no service ${serviceId}`);
      const { name, type } = service;
      const request = readerOf(encoding, `${type}_Request`)(payload);
      const answer = await this.#view.node.graph.call(name, type, request);
      const bytes =
        encoding === "json"
          ? new TextEncoder().encode(JSON.stringify(plainFromMessage(answer)))
          : this.#encoders.encode(`${type}_Response`, answer, `answer of ${name}`);
      this.#wire.sendBytes(callResponse(serviceId, callId, encoding, bytes));
    } catch (error) {
      this.#say({ op: "serviceCallFailure", serviceId, callId, message: (error as Error).message });
    }
  }

  /** @throws CellistError where clients may only look */
  #mayControl(what: string): void {
    if (!this.#view.control)
      throw new CellistError(
        "not-confirmed",
        `clients of this live view may look, not ${what}; start it with control`,
      );
  }

  #complain(level: keyof typeof LEVEL, message: string): void {
    this.#say({ op: "status", level: LEVEL[level], message });
  }

  #say(message: object): void {
    this.#wire.sendText(JSON.stringify(message));
  }
}

/** A quality of service that hears every publisher there is now. */
function askedOf({ graph }: GraphNode, topic: string, type: string): Qos {
  const offered = graph
    .snapshot()
    .endpoints.filter((one) => one.kind === "publisher" && one.name === topic && one.type === type)
    .map(({ qos }) => qos!);
  const all = (test: (qos: Qos) => boolean): boolean => offered.length > 0 && offered.every(test);
  return {
    reliability: all(({ reliability }) => reliability === "reliable") ? "reliable" : "best_effort",
    durability: all(({ durability }) => durability === "transient_local") ? "transient_local" : "volatile",
    depth: Math.max(1, ...offered.map(({ depth }) => depth)),
  };
}
