import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readPerformance } from "../../src/bag/read-performance.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-full-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The bag of the short piece would be about 5 MB; the system lets it become this large [KiB]. */
const ROOM_KIB = 1500;
const PERFORM = resolve("test/performance/on-a-full-disk.ts");

/** A limit on the size of files is what a full disk is to the one who writes: the system refuses the bytes. */
function performWithLittleRoom(onFullDisk: "stop" | "continue") {
  const command = `ulimit -f ${ROOM_KIB}; exec "$0" --import tsx "$@"`;
  const args = ["-c", command, process.execPath, PERFORM, folder, onFullDisk];
  const printed = execFileSync("bash", args, { encoding: "utf8" });
  return JSON.parse(printed.trim().split("\n").at(-1)!) as { reachedS: number; totalS: number; said: string };
}

describe.runIf(process.platform === "linux")("when the bag cannot grow any more (Linux: ulimit)", () => {
  it.each(["stop", "continue"] as const)(
    "the arm does as configured: %s; it is told, and the bag can be read",
    async (what) => {
      const { reachedS, totalS, said } = performWithLittleRoom(what);
      const bag = join(folder, `${what}.mcap`);
      expect(said).toMatch(
        new RegExp(
          `^the bag ${bag} is incomplete: .*the system lets this file grow no further.*what was written before is readable`,
        ),
      );
      if (what === "continue") expect(reachedS).toBeGreaterThan(totalS - 0.1);
      else expect(reachedS).toBeLessThan(totalS - 1);
      expect(statSync(bag).size).toBeLessThanOrEqual(ROOM_KIB * 1024);
      const { robotTimeS, q_rad } = await readPerformance(bag);
      expect(robotTimeS.length).toBeGreaterThan(500);
      expect(q_rad.length).toBe(6 * robotTimeS.length);
      robotTimeS.slice(1).forEach((timeS, k) => expect(timeS - robotTimeS[k]!).toBeCloseTo(0.002, 9));
    },
  );
});
