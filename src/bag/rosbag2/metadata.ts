import { parse } from "yaml";
import * as z from "zod";
import { CellistError } from "../../errors.ts";

/** What a rosbag2 folder says of itself, as far as it is needed to read it. */
export interface Rosbag2Metadata {
  /** "mcap", "sqlite3" */
  readonly storage: string;
  /** Relative to the folder, in order of time. */
  readonly files: readonly string[];
  /** "file": the files are compressed; "message": each message is. MCAP compresses inside, which is neither. */
  readonly compression: "" | "file" | "message";
  readonly messageCount: number;
}

const Information = z.object({
  rosbag2_bagfile_information: z.object({
    storage_identifier: z.string(),
    relative_file_paths: z.array(z.string()),
    message_count: z.coerce.number(),
    compression_format: z.string().nullish(),
    compression_mode: z.string().nullish(),
  }),
});

/** @throws CellistError "bag-unreadable" */
export function readMetadata(text: string, path: string): Rosbag2Metadata {
  const parsed = Information.safeParse(yamlOf(text, path));
  if (!parsed.success)
    throw new CellistError(
      "bag-unreadable",
      `${path} is no metadata of rosbag2: ${z.prettifyError(parsed.error)}`,
    );
  const said = parsed.data.rosbag2_bagfile_information;
  const mode = said.compression_mode?.toLowerCase() ?? "";
  const format = said.compression_format ?? "";
  const compression = mode === "file" || mode === "message" ? mode : "";
  if (compression !== "" && format !== "zstd")
    throw new CellistError("bag-unreadable", `${path} names the compression ${format}; zstd can be read`);
  return {
    storage: said.storage_identifier,
    files: said.relative_file_paths,
    compression,
    messageCount: said.message_count,
  };
}

function yamlOf(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const why = (cause as Error).message.split("\n")[0]!;
    throw new CellistError("bag-unreadable", `${path} is not YAML: ${why}`, { path }, cause);
  }
}
