import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { finish, RecordingHost, start } from "./recording-host.ts";

const SCRIPT = readFileSync(new URL("scripts/export.script", import.meta.url), "utf8");

it("runs a program shaped like a PolyScope export: threads, a timer, waypoints, labels, structs", () => {
  const host = new RecordingHost();
  host.builtins.push({
    name: "set_payload",
    blocking: false,
    parameters: [{ name: "m" }, { name: "cog", optional: true }],
    call: () => undefined,
  });
  expect(finish(start(SCRIPT, host))).toEqual({ kind: "finished" });
  expect(host.labels.filter((label) => label === "3 Waypoint")).toHaveLength(4); // two loops of two strokes
  expect(host.labels.filter((label) => label === "4 If arrived")).toHaveLength(4);
  expect(host.motions).toHaveLength(8);
  expect(host.motions.filter((motion) => motion.endsWith("thread=0"))).toHaveLength(4);
  // One loop moves 10 + 20 cycles; each stroke then moves 3 more in its own thread, started in the cycle in
  // which the stroke ended; that thread runs after the program, which sees its flag one cycle later: 30 + 2·4.
  // The timer counts from the cycle in which it is switched on to the one before it is switched off.
  expect(host.messages[0]).toBe("practice took 0.152"); // 2 loops · 38 cycles · 2 ms
  expect(host.messages[1]).toBe("steps 86"); // 76 cycles and 2 sleeps of 5
});
