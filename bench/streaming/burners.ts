import { spawn } from "node:child_process";
import { cpus } from "node:os";

/** Processes that do nothing but burn a core each, until they are told to end. */
export function startBurners(count = cpus().length): { readonly count: number; stop(): void } {
  const children = Array.from({ length: count }, () =>
    spawn(
      process.execPath,
      [
        "-e",
        "process.stdin.on('end', () => process.exit()).resume(); setInterval(() => { const t = Date.now() + 1000; while (Date.now() < t); }, 0)",
      ],
      {
        stdio: ["pipe", "ignore", "ignore"],
      },
    ),
  );
  return { count, stop: () => children.forEach((child) => child.kill("SIGKILL")) };
}
