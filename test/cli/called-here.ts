import { vi } from "vitest";
import { main } from "../../src/cli/main.ts";

/** What a shell would see of a command line. */
export interface Called {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process: its words and its exit code, without the second that a start of Node costs. */
export async function calledHere(...args: readonly string[]): Promise<Called> {
  const said = { stdout: "", stderr: "" };
  const line = (of: keyof typeof said) => (text: unknown) => void (said[of] += `${String(text)}\n`);
  const bytes = (of: keyof typeof said) => (text: unknown) => {
    said[of] += String(text);
    return true;
  };
  const heard = [
    vi.spyOn(console, "log").mockImplementation(line("stdout")),
    vi.spyOn(console, "error").mockImplementation(line("stderr")),
    vi.spyOn(process.stdout, "write").mockImplementation(bytes("stdout")),
    vi.spyOn(process.stderr, "write").mockImplementation(bytes("stderr")),
  ];
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await main([process.execPath, "cellist", ...args]);
    return { status: Number(process.exitCode ?? 0), ...said };
  } finally {
    process.exitCode = before;
    heard.forEach((spy) => spy.mockRestore());
  }
}
