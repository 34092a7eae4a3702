import { expect, it } from "vitest";
import { type ByteStream } from "../src/connection/byte-stream.ts";
import { memoryByteStreamPair } from "../src/connection/memory-byte-stream.ts";
import { type RobotMessageBody, encodeRobotMessage } from "../src/primary/robot-message.ts";
import { PrimaryClient, sendScript } from "../src/primary/primary-client.ts";
import { fakeServer } from "./fake-server.ts";

const script = "def cello():\n  bow(1)\nend";
const key = (title: string, text = "cello"): RobotMessageBody => ({
  kind: "key",
  code: 0,
  argument: 0,
  title,
  text,
});

/** The controller's end: tells what each script it gets makes it say. */
function controller(stream: ByteStream, reply: (script: string) => readonly RobotMessageBody[]) {
  const heard: string[] = [];
  const say = (body: RobotMessageBody) => {
    stream.write(encodeRobotMessage({ ...body, timestampUs: 42_000_000n, source: 7 }));
  };
  stream.onData((bytes) => {
    heard.push(Buffer.from(bytes).toString());
    reply(heard.at(-1)!).forEach(say);
  });
  return { heard, say };
}

function pair(reply: (script: string) => readonly RobotMessageBody[] = () => []) {
  const [near, far] = memoryByteStreamPair();
  return { client: new PrimaryClient(near), ...controller(far, reply), far };
}

it("lays a key message out as the controller does", () => {
  const bytes = encodeRobotMessage({ ...key("T", "c"), timestampUs: 1n, source: 7 });
  // size 4 + type 1 + time 8 + source 1 + kind 1 + code 4 + argument 4 + length 1 + "T" + "c" = 26 = 0x1a
  expect(Buffer.from(bytes).toString("hex")).toBe(
    "0000001a14" + "0000000000000001" + "0707" + "0".repeat(16) + "015463",
  );
});

it("gives back every message, also those it does not know", () => {
  const bodies: RobotMessageBody[] = [
    { kind: "text", text: "a tune" },
    { kind: "program-label", id: 12, text: "Down-bow" },
    {
      ...{ kind: "popup", requestId: 1, requestType: 2, warning: true, error: false, blocking: true },
      ...{ title: "Rosin", text: "needed" },
    },
    {
      kind: "version",
      project: "URControl",
      major: 5,
      minor: 25,
      bugfix: 1,
      build: 130310,
      date: "Aug 15 2025",
    },
    { kind: "safety-mode", code: 1, argument: -2, mode: 3, dataType: 0, data: 7 },
    { kind: "error-code", code: 209, argument: 0, level: "warning", dataType: 0, data: 0, text: "stop" },
    key("PROGRAM_XXX_STARTED"),
    { kind: "runtime-exception", line: 2, column: 3, text: "compile_error_name_not_found:bow:" },
    { kind: "other", messageType: 99 },
  ];
  const { client, say } = pair();
  const heard: unknown[] = [];
  client.onMessage((message) => heard.push(message));
  bodies.forEach(say);
  expect(heard).toEqual(bodies.map((body) => ({ ...body, timestampUs: 42_000_000n, source: 7 })));
  expect(client.version).toMatchObject({ project: "URControl", major: 5, minor: 25 });
});

it("skips packages it does not decode and reads what follows them", () => {
  const { client, far, say } = pair();
  const heard: string[] = [];
  client.onMessage(({ kind }) => heard.push(kind));
  far.write(Uint8Array.of(0, 0, 0, 9, 25, 0, 0, 0, 4)); // type 25: variables of a program
  say({ kind: "text", text: "after" });
  expect(heard).toEqual(["text"]);
});

it("resolves when the program starts, with the last line ended", async () => {
  const { client, heard } = pair(() => [key("PROGRAM_XXX_STARTED")]);
  await client.run(script);
  expect(heard).toEqual([`${script}\n`]);
});

it("tells the starts of other programs apart, and knows that names are cut to 31 characters", async () => {
  const name = "a_program_with_quite_a_long_name_indeed"; // its first 31 characters:
  const cut = "a_program_with_quite_a_long_nam";
  const { client, say } = pair();
  let started = false;
  const run = client.run(`def ${name}():\nend`).then(() => (started = true));
  say(key("PROGRAM_XXX_STARTED", "other"));
  await new Promise(setImmediate);
  expect(started).toBe(false);
  say(key("PROGRAM_XXX_STARTED", cut));
  await run;
});

it("waits for the end, and does not take the end of the program it replaces for its own", async () => {
  const { client, say } = pair(() => [key("PROGRAM_XXX_STOPPED"), key("PROGRAM_XXX_STARTED")]);
  let ended = false;
  const run = client.run(script, { waitFor: "end" }).then(() => (ended = true));
  await new Promise(setImmediate);
  expect(ended).toBe(false);
  say(key("PROGRAM_XXX_STOPPED"));
  await run;
});

it("rejects with line, column and text of a script that cannot be compiled", async () => {
  const text = "compile_error_name_not_found:bow:";
  const { client } = pair(() => [{ kind: "runtime-exception", line: 2, column: 3, text }]);
  await expect(client.run(script)).rejects.toMatchObject({
    name: "ScriptError",
    code: "EXCEPTION",
    line: 2,
    column: 3,
    sourceLine: "  bow(1)",
    said: text,
    stage: "compile",
    message: `The script cannot be compiled at line 2, column 3 (${text}): bow(1)`,
  });
});

it("follows a program past its start, and rejects with the line when it fails later", async () => {
  const { client, say } = pair(() => [key("PROGRAM_XXX_STARTED")]);
  const run = client.launch(script);
  await run.started;
  say({ kind: "runtime-exception", line: 2, column: 3, text: "list index out of range" });
  say(key("PROGRAM_XXX_STOPPED"));
  await expect(run.ended).rejects.toMatchObject({
    code: "EXCEPTION",
    stage: "run",
    sourceLine: "  bow(1)",
    message: "The script failed at line 2, column 3 (list index out of range): bow(1)",
  });
});

it("gives up waiting when the signal fires, before and after the start", async () => {
  const { client, say } = pair();
  const abort = new AbortController();
  const early = client.run(script, { signal: abort.signal });
  abort.abort("enough");
  await expect(early).rejects.toMatchObject({ code: "ABORTED", cause: "enough" });
  await expect(client.run(script, { signal: abort.signal })).rejects.toMatchObject({ code: "ABORTED" });
  const later = new AbortController();
  const run = client.run(script, { waitFor: "end", signal: later.signal });
  say(key("PROGRAM_XXX_STARTED"));
  later.abort();
  await expect(run).rejects.toMatchObject({ code: "ABORTED" });
});

it("rejects on a fault of the robot, but not on a warning", async () => {
  const error = { kind: "error-code", code: 210, argument: 1, dataType: 0, data: 0, text: "" } as const;
  const faulty = pair(() => [{ ...error, level: "fault" }]);
  await expect(faulty.client.run(script)).rejects.toMatchObject({ code: "ROBOT_ERROR" });
  const warned = pair(() => [{ ...error, level: "warning" }, key("PROGRAM_XXX_STARTED")]);
  await warned.client.run(script);
});

it("says so when nothing is heard, and when the controller hangs up", async () => {
  await expect(pair().client.run(script, { startTimeoutMs: 20 })).rejects.toMatchObject({
    code: "TIMEOUT",
    message: "The controller did not say within 20 ms that cello did start.",
  });
  const { client, far } = pair();
  const run = client.run(script);
  far.close();
  await expect(run).rejects.toMatchObject({ code: "CONNECTION_LOST" });
});

it("refuses to wait on a port that does not tell what becomes of scripts", async () => {
  const client = new PrimaryClient(memoryByteStreamPair()[0], { readMessages: false });
  await expect(client.run(script)).rejects.toMatchObject({ code: "NO_MESSAGES" });
});

it("sends a script over a real socket and hangs up", async () => {
  let got = "";
  let ended: () => void;
  const all = new Promise<void>((resolve) => (ended = resolve));
  const { port } = await fakeServer((stream) => {
    stream.write(new Uint8Array(5000)); // state that nobody reads
    stream.onData((bytes) => (got += Buffer.from(bytes).toString()));
    stream.onClose(() => ended());
  });
  await sendScript("127.0.0.1", port, "set_digital_out(1, True)\r\n");
  await all;
  expect(got).toBe("set_digital_out(1, True)\n");
});
