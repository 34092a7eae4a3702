import { expect, it } from "vitest";
import { DiagnosticSummary } from "../../src/performance/diagnostic-summary.ts";
import { hostAlone, loneSpec } from "../../src/launch/lone-node.ts";
import { LEVEL } from "../../src/performance/health.ts";
import { EmbeddedGraph } from "../../src/ros/graph/embedded-graph.ts";
import { GraphNode } from "../../src/ros/node/graph-node.ts";
import { rosTime } from "../../src/ros/time.ts";

const status = (name: string, level: number, message = "") => ({
  level,
  name,
  message,
  hardware_id: "x",
  values: [],
});
const seconds = (s: number): bigint => BigInt(s * 1e9);
const levels = (summary: DiagnosticSummary, atS: number) =>
  Object.fromEntries(summary.look(seconds(atS)).map(({ name, level }) => [name, level]));

it("puts every status below its node, and makes the node as bad as its worst", () => {
  const summary = new DiagnosticSummary(5);
  summary.hear([status("cellist: stream", LEVEL.warn), status("cellist: arm", LEVEL.ok)], seconds(1));
  summary.hear([status("/camera: lens", LEVEL.error), status("battery", LEVEL.ok)], seconds(1));
  expect(summary.look(seconds(2)).map(({ name, level }) => [name, level])).toEqual([
    ["/camera", LEVEL.error],
    ["/camera/lens", LEVEL.error],
    ["/cellist", LEVEL.warn],
    ["/cellist/arm", LEVEL.ok],
    ["/cellist/stream", LEVEL.warn],
    ["/other", LEVEL.ok],
    ["/other/battery", LEVEL.ok],
  ]);
});

it("calls stale whoever falls silent, and in error the node of which others still speak", () => {
  const summary = new DiagnosticSummary(5);
  summary.hear([status("a: 1", LEVEL.ok), status("a: 2", LEVEL.ok)], seconds(0));
  summary.hear([status("a: 1", LEVEL.ok)], seconds(4));
  expect(levels(summary, 5)).toEqual({ "/a": LEVEL.ok, "/a/1": LEVEL.ok, "/a/2": LEVEL.ok });
  expect(levels(summary, 6)).toEqual({ "/a": LEVEL.error, "/a/1": LEVEL.ok, "/a/2": LEVEL.stale });
  expect(levels(summary, 10)).toEqual({ "/a": LEVEL.stale, "/a/1": LEVEL.stale, "/a/2": LEVEL.stale });
  expect(summary.look(seconds(10))[1]!.message).toBe("not heard for 6 s");
  summary.hear([status("a: 1", LEVEL.ok), status("a: 2", LEVEL.ok)], seconds(11));
  expect(levels(summary, 11)["/a"]).toBe(LEVEL.ok);
});

it("does not raise an alarm for what has nothing to say yet", () => {
  const summary = new DiagnosticSummary(5);
  summary.hear(
    [status("a: plan", LEVEL.stale, "nothing is planned"), status("a: log", LEVEL.ok)],
    seconds(0),
  );
  expect(summary.look(seconds(1)).map(({ name, level, message }) => [name, level, message])).toEqual([
    ["/a", LEVEL.ok, "OK"],
    ["/a/log", LEVEL.ok, ""],
    ["/a/plan", LEVEL.stale, "nothing is planned"],
  ]);
});

it("is told by the node once a second of its clock, for everybody on the graph", async () => {
  const graph = new EmbeddedGraph();
  const other = new GraphNode(graph, { name: "other" });
  const hosted = await hostAlone(graph, loneSpec("diagnostics", { useSimTime: true }));
  await hosted.moveOn("configure");
  await hosted.moveOn("activate");
  const heard: string[][] = [];
  other.subscribe("diagnostics_agg", ({ status }) => heard.push(status.map(({ name }) => name)));
  const clock = other.publisher("clock");
  const tick = (s: number): void => clock.publish({ clock: rosTime(seconds(s)) });
  const header = { stamp: rosTime(0n), frame_id: "" };
  other.publisher("diagnostics").publish({ header, status: [status("camera: lens", LEVEL.ok)] });
  for (const s of [0.5, 1, 1.5, 2, 2.5]) tick(s);
  expect(heard).toHaveLength(2);
  expect(heard[1]).toEqual(
    expect.arrayContaining(["/camera", "/camera/lens", "/cellist", "/cellist/arm", "/cellist/log"]),
  );
  hosted.destroy();
});
