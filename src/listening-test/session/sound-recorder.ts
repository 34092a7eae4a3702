import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { CellistError } from "../../errors.ts";

/** A program that records from a sound card into a file. */
export interface SoundRecorder {
  /** Ends it and gives the file's bytes. @throws CellistError `session-state` where it wrote none */
  stop(): Promise<Uint8Array>;
  /** Resolves with the reason when it ends by itself; never before `stop` otherwise. */
  readonly failed: Promise<string>;
}

/**
 * Starts the protocol's recorder.
 *
 * @param command program and arguments, `{file}` for the file's name; it must end and close the file on SIGINT
 */
export function recordSound(command: string, file: string): SoundRecorder {
  const [program, ...args] = command.split(" ").map((word) => word.replace("{file}", file));
  const child = spawn(program!, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
  let stopping = false;
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  const failed = new Promise<string>((tell) => {
    child.once("error", (error: NodeJS.ErrnoException) =>
      tell(error.code === "ENOENT" ? `the recorder "${program}" is not installed` : error.message),
    );
    child.once("close", (code) => {
      if (!stopping)
        tell(`the recorder stopped by itself (exit ${code}): ${said.trim().split("\n")[0] ?? ""}`);
    });
  });
  return {
    failed,
    stop: async () => {
      stopping = true;
      child.kill("SIGINT");
      await ended;
      if (!existsSync(file))
        throw new CellistError(
          "session-state",
          `the recorder wrote no ${file}: ${said.trim().split("\n")[0] ?? ""}`,
        );
      return readFileSync(file);
    },
  };
}
