/** A topic as it stands in a bag. */
export interface BagChannel {
  readonly topic: string;
  /** "package/msg/Name"; "" if the bag does not say. */
  readonly type: string;
  /** How its messages are encoded; "cdr" in bags of ROS 2. */
  readonly messageEncoding: string;
  /** Its type's definition: "ros2msg" and the text, or whatever the bag holds; "" if nothing. */
  readonly schemaEncoding: string;
  readonly schemaText: string;
  /** How it was offered, in rosbag2's words (YAML); "" if the bag does not say. */
  readonly offeredQos: string;
}

/** One message as it lies in the bag. */
export interface StoredMessage {
  readonly channel: BagChannel;
  /** Log time. */
  readonly timeNs: bigint;
  readonly data: Uint8Array;
}

/** A part of a bag: these topics (default all), these log times (default all, both ends included). */
export interface Selection {
  readonly topics?: readonly string[];
  readonly startNs?: bigint;
  readonly endNs?: bigint;
}

/** What lies in one bag, whatever it is stored in. */
export interface BagContents {
  /** "mcap", "sqlite3" or "rosbag2 folder of …". */
  readonly storage: string;
  /** Why its end is missing, if so: the writer was killed or failed, or the file was cut. */
  readonly truncated: string | undefined;
  /** What had to be repaired to read it, a sentence each. */
  readonly repairs: readonly string[];
  readonly channels: readonly BagChannel[];
  /** In order of log time; what has one log time, in the order in which it was written. */
  messages(selection: Selection): AsyncGenerator<StoredMessage, void, void>;
  close(): Promise<void>;
}

/** The messages of several sources as one, in order of log time; at one log time the earlier source comes first. */
export async function* inOrderOfTime(
  sources: readonly AsyncGenerator<StoredMessage, void, void>[],
): AsyncGenerator<StoredMessage, void, void> {
  const heads = await Promise.all(sources.map((source) => source.next()));
  for (;;) {
    let first = -1;
    heads.forEach(({ value }, i) => {
      if (value && (first < 0 || value.timeNs < heads[first]!.value!.timeNs)) first = i;
    });
    if (first < 0) return;
    yield heads[first]!.value!;
    heads[first] = await sources[first]!.next();
  }
}
