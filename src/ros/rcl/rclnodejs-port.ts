/**
 * What this project uses of rclnodejs 2.2.0, in its own words: the package is the user's to install, so nothing here may
 * need its types. Every member has the meaning that rclnodejs gives it.
 */
export interface RclLibrary {
  init(): Promise<void>;
  shutdown(): void;
  readonly Node: new (name: string, namespace: string, context: undefined, options: object) => RclNode;
  /** Whether a node gets parameter services, type descriptions and a log of rclnodejs's own. */
  readonly NodeOptions: new (
    startParameterServices: boolean,
    parameterOverrides: readonly never[],
    declareFromOverrides: boolean,
    startTypeDescriptionService: boolean,
    enableRosout: boolean,
  ) => object;
  /** History 1 = keep last; reliability 1 = reliable, 2 = best effort; durability 1 = transient local, 2 = volatile. */
  readonly QoS: new (history: 1, depth: number, reliability: 1 | 2, durability: 1 | 2) => object;
  readonly ActionServer: new (
    node: RclNode,
    type: string,
    name: string,
    execute: (goal: RclServerGoal) => Promise<object>,
    onGoal: (goal: unknown) => number,
    onAccepted: (goal: RclServerGoal) => void,
    onCancel: (goal: RclServerGoal) => Promise<number>,
  ) => RclActionServer;
  readonly ActionClient: new (node: RclNode, type: string, name: string) => RclActionClient;
}

export interface RclNode {
  spin(timeoutMs?: number): void;
  destroy(): void;
  createPublisher(type: string, topic: string, options: { readonly qos: object }): RclPublisher;
  /** A raw subscription hears CDR bytes; another one a message, with who sent it if the callback takes two arguments. */
  createSubscription(
    type: string,
    topic: string,
    options: { readonly qos: object; readonly isRaw: boolean },
    callback: (message: never, info: RclMessageInfo) => void,
  ): RclEntity;
  createService(
    type: string,
    name: string,
    options: object,
    callback: (request: object, response: { send(response: object): void }) => void,
  ): RclEntity;
  createClient(type: string, name: string): RclClient;
  destroyPublisher(publisher: RclPublisher): void;
  destroySubscription(subscription: RclEntity): void;
  destroyService(service: RclEntity): void;
  destroyClient(client: RclClient): void;
  getNodeNamesAndNamespaces(): readonly { readonly name: string; readonly namespace: string }[];
  getTopicNamesAndTypes(): readonly RclNameAndTypes[];
  getServiceNamesAndTypesByNode(name: string, namespace: string): readonly RclNameAndTypes[];
  getPublishersInfoByTopic(topic: string): readonly RclTopicEndpoint[];
  getSubscriptionsInfoByTopic(topic: string): readonly RclTopicEndpoint[];
}

export interface RclNameAndTypes {
  readonly name: string;
  readonly types: readonly string[];
}

/** One end of a topic, as ROS 2 knows it. */
export interface RclTopicEndpoint {
  readonly node_name: string;
  readonly node_namespace: string;
  readonly topic_type: string;
  readonly endpoint_gid: ArrayLike<number>;
  readonly qos_profile: {
    readonly depth: number;
    readonly reliability: number;
    readonly durability: number;
    /** 0, or some 292 years: none. */
    readonly deadline?: { readonly seconds: bigint; readonly nanoseconds: number };
  };
}

/** Something that its node can destroy again. */
export type RclEntity = object;

export interface RclPublisher extends RclEntity {
  /** CDR bytes with their header of four. */
  publish(cdr: Buffer): void;
  /** Matched by now, here and elsewhere. */
  readonly subscriptionCount: number;
}

export interface RclClient extends RclEntity {
  sendRequest(request: object, callback: (response: object) => void): void;
}

export interface RclMessageInfo {
  readonly publisherGid: ArrayLike<number>;
}

export interface RclActionServer extends RclEntity {
  destroy(): void;
  /** Called by the node for every request for a goal. */
  processGoalRequest(header: unknown, request: RclGoalRequest): void;
}

export interface RclGoalRequest {
  readonly goal_id: { readonly uuid: ArrayLike<number> };
  readonly goal: { toPlainObject(typedArrays: boolean): object };
}

export interface RclServerGoal {
  readonly goalId: { readonly uuid: ArrayLike<number> };
  readonly isCancelRequested: boolean;
  execute(): void;
  publishFeedback(feedback: object): void;
  succeed(): void;
  abort(): void;
  canceled(): void;
}

export interface RclActionClient extends RclEntity {
  destroy(): void;
  sendGoal(goal: object, onFeedback: (feedback: object) => void): Promise<RclClientGoal>;
}

export interface RclClientGoal {
  isAccepted(): boolean;
  readonly stamp: { readonly sec: number; readonly nanosec: number };
  readonly status: number;
  /** The result alone; `status` says how it ended. */
  getResult(): Promise<object>;
  cancelGoal(): Promise<{ readonly return_code: number }>;
}

/** rclnodejs's answers to a goal and to a request to cancel one. */
export const ANSWER = { reject: 1, accept: 2 } as const;
