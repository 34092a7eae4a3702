import Libsql from "libsql";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Row {
  readonly topic: string;
  readonly timeNs: bigint;
  readonly data: Uint8Array;
}

/** A `.db3` with the tables that rosbag2 of Humble (no definitions) or Jazzy makes. */
export function writeDb3(
  path: string,
  types: Readonly<Record<string, string>>,
  rows: readonly Row[],
  release: "humble" | "jazzy",
): void {
  const file = new Libsql(path);
  const hash = release === "jazzy" ? ", type_description_hash TEXT NOT NULL" : "";
  file.exec(
    `CREATE TABLE schema(schema_version INTEGER PRIMARY KEY, ros_distro TEXT NOT NULL);
     CREATE TABLE metadata(id INTEGER PRIMARY KEY, metadata_version INTEGER NOT NULL, metadata TEXT NOT NULL);
     CREATE TABLE topics(id INTEGER PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL,
       serialization_format TEXT NOT NULL, offered_qos_profiles TEXT NOT NULL${hash});
     CREATE TABLE messages(id INTEGER PRIMARY KEY, topic_id INTEGER NOT NULL, timestamp INTEGER NOT NULL,
       data BLOB NOT NULL);
     CREATE INDEX timestamp_idx ON messages (timestamp ASC);`,
  );
  const topics = Object.keys(types);
  const more = release === "jazzy" ? ", ''" : "";
  for (const [i, topic] of topics.entries())
    file.prepare(`INSERT INTO topics VALUES (?, ?, ?, 'cdr', ''${more})`).run(i + 1, topic, types[topic]!);
  if (release === "jazzy") {
    file.exec(
      `CREATE TABLE message_definitions(id INTEGER PRIMARY KEY, topic_type TEXT NOT NULL, encoding TEXT NOT NULL,
         encoded_message_definition TEXT NOT NULL, type_description_hash TEXT NOT NULL);`,
    );
    file
      .prepare("INSERT INTO message_definitions VALUES (1, 'other_msgs/msg/Pair', 'ros2msg', ?, '')")
      .run("int32 a\nint32 b # not ours\n");
  }
  const insert = file.prepare("INSERT INTO messages (topic_id, timestamp, data) VALUES (?, ?, ?)");
  file.exec("BEGIN");
  for (const { topic, timeNs, data } of rows)
    insert.run(topics.indexOf(topic) + 1, timeNs, Buffer.from(data));
  file.exec("COMMIT");
  file.close();
}

/** metadata.yaml as far as a reader needs it. */
export function writeMetadata(
  folder: string,
  files: readonly string[],
  { storage = "sqlite3", compression = "", count = 0 } = {},
): void {
  mkdirSync(folder, { recursive: true });
  const lines = [
    "rosbag2_bagfile_information:",
    "  version: 5",
    `  storage_identifier: ${storage}`,
    "  duration:\n    nanoseconds: 1",
    "  starting_time:\n    nanoseconds_since_epoch: 1700000000000000000",
    `  message_count: ${count}`,
    "  topics_with_message_count: []",
    `  compression_format: ${JSON.stringify(compression && "zstd")}`,
    `  compression_mode: ${JSON.stringify(compression)}`,
    "  relative_file_paths:",
    ...files.map((file) => `    - ${file}`),
  ];
  writeFileSync(join(folder, "metadata.yaml"), `${lines.join("\n")}\n`);
}
