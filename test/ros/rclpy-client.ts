import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Whether a Python with rclpy and our interfaces is at hand. */
export const hasRclpy = (): boolean =>
  spawnSync("python3", ["-c", "import rclpy, cellist_msgs.action"], { stdio: "ignore" }).status === 0;

/** Runs the Python client to its end. @returns what it got. @throws Error with its last words */
export async function runRclpyClient(): Promise<Readonly<Record<string, unknown>>> {
  const script = fileURLToPath(new URL("rclpy_client.py", import.meta.url));
  const child = spawn("python3", [script], { stdio: ["ignore", "pipe", "pipe"] });
  let [out, errors] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => void (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => void (errors += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0)
    throw new Error(`the Python client ended with ${code}: ${errors.trim().split("\n").slice(-3).join(" ")}`);
  return JSON.parse(out.trim().split("\n").at(-1)!) as Record<string, unknown>;
}
