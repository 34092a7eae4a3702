import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CdrEncoder } from "../../src/ros/cdr-encoder.ts";
import { EmbeddedGraph } from "../../src/ros/graph/embedded-graph.ts";
import { GraphNode } from "../../src/ros/node/graph-node.ts";
import { openDoor } from "../../src/ros/peer/door.ts";
import { encodeFrame, FrameDecoder, type Frame, type FrameHead } from "../../src/ros/peer/frame.ts";
import { GraphPeers } from "../../src/ros/peer/graph-peers.ts";
import { EVENT_QOS } from "../../src/ros/qos.ts";
import { schemaOf } from "../../src/ros/schemas.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-door-"));
beforeAll(() => void (process.env["CELLIST_RUN_DIR"] = folder));
afterAll(() => rmSync(folder, { recursive: true }));

/** A publisher that a peer says it has. */
const CHAT = {
  id: "odd/1",
  kind: "publisher",
  node: "/odd",
  name: "/chat",
  type: "std_msgs/msg/String",
  qos: EVENT_QOS,
} as const;
const text = (data: string): Uint8Array => new CdrEncoder(schemaOf("std_msgs/msg/String")).encode({ data });
const frameOf = (head: unknown): Uint8Array =>
  encodeFrame({ head: head as FrameHead, body: new Uint8Array(0) });

it("drops what a peer sends that is no message of its type, names peer and topic once, and goes on", async () => {
  const { said, heard, odd, asker, frames, close } = await besideAnOddPeer();
  const garbage = new Uint8Array([0, 1, 0, 0, 255, 255, 255, 127]); // a text of 2 GB
  for (const body of [garbage, new Uint8Array(3), new Uint8Array(0)])
    odd.write(encodeFrame({ head: { op: "message", publisher: "odd/1" }, body }));
  odd.write(encodeFrame({ head: { op: "message", publisher: "odd/2" }, body: garbage })); // a type that nobody knows
  odd.write(encodeFrame({ head: { op: "message", publisher: "odd/1" }, body: text("well") }));
  await expect.poll(() => heard).toEqual(["well"]);
  expect(said).toEqual([
    expect.stringMatching(
      /^\/odd: what came on \/chat from the odd place is no std_msgs\/msg\/String: .*is dropped$/,
    ),
  ]);

  const head = { op: "call", call: 1, name: "/here/ask", type: "std_srvs/srv/SetBool" } as const;
  odd.write(encodeFrame({ head, body: garbage.slice(0, 3) }));
  await expect
    .poll(() => frames().find(({ head: { op } }) => op === "answer")?.head)
    .toMatchObject({
      error: {
        code: "message-invalid",
        message: expect.stringMatching(/what \/here\/ask was asked is no/) as string,
      },
    });
  const asked = asker.call("/odd/ask", "std_srvs/srv/Trigger", {});
  asked.catch(() => undefined); // awaited below
  await expect
    .poll(() => frames().find(({ head: { op } }) => op === "call")?.head)
    .toMatchObject({ name: "/odd/ask" });
  odd.write(encodeFrame({ head: { op: "answer", call: 1, type: "std_srvs/srv/Trigger" }, body: garbage }));
  await expect(asked).rejects.toThrow("what /odd/ask answered is no std_srvs/srv/Trigger");
  await close();
});

it.each([
  ["no frame at all", Buffer.from("GET / HTTP/1.1\r\n\r\n")],
  ["a head that is no text", Buffer.from([1, 0, 0, 0, 1, 0, 0, 0, 0xff])],
  ["a head that says nothing", frameOf(null)],
  ["a graph that is none", frameOf({ op: "graph", snapshot: { nodes: [{}], endpoints: [] } })],
  [
    "an end of a topic without quality of service",
    frameOf({ op: "graph", snapshot: { nodes: [], endpoints: [{ ...CHAT, qos: undefined }] } }),
  ],
])("cuts a peer off, by name, that sends %s", async (_, bytes) => {
  const { said, odd, asker, close } = await besideAnOddPeer();
  const ended = new Promise((resolve) => odd.once("close", resolve));
  odd.write(bytes);
  await ended;
  expect(said).toEqual([expect.stringMatching(/^\/odd: the odd place was cut off: /)]);
  expect(asker.graph.snapshot().nodes.map(({ name }) => name)).toEqual(["/asker"]);
  await close();
});

/** A graph with a door, and a socket through it that speaks as it likes; it has said that it has a node already. */
async function besideAnOddPeer() {
  const said: string[] = [];
  const graph = new EmbeddedGraph({ onRemark: (node, sentence) => said.push(`${node}: ${sentence}`) });
  const { door, close } = await openDoor(new GraphPeers(graph), "odd");
  const asker = new GraphNode(graph, { name: "asker" });
  const heard: string[] = [];
  asker.subscribeTo("/chat", "std_msgs/msg/String", EVENT_QOS, ({ data }) => heard.push(data));
  asker.serve("/here/ask", "std_srvs/srv/SetBool", () => ({ success: true, message: "" }));
  const odd = connect(door.path);
  const came: Frame[] = [];
  const decoder = new FrameDecoder();
  odd.on("data", (chunk: Buffer) => came.push(...decoder.push(chunk)));
  const strange = { ...CHAT, id: "odd/2", name: "/strange", type: "odd_msgs/msg/Odd" };
  const server = {
    id: "odd/3",
    kind: "server",
    node: "/odd",
    name: "/odd/ask",
    type: "std_srvs/srv/Trigger",
  } as const;
  const snapshot = { nodes: [{ name: "/odd", place: "the odd place" }], endpoints: [CHAT, strange, server] };
  odd.write(encodeFrame({ head: { op: "graph", snapshot }, body: new Uint8Array(0) }));
  await expect.poll(() => graph.snapshot().nodes.length).toBe(2);
  return { said, heard, odd, asker, frames: () => came, close };
}
