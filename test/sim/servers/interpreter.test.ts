import { expect, it } from "vitest";
import { type Bench, bench, texts } from "../controller/robot-in-memory.ts";

/** A client of port 30020: each line sent, and the answer. */
function client({ robot }: Bench): (line: string) => string {
  const stream = robot.connect("interpreter");
  let heard = "";
  stream.onData((bytes) => (heard += Buffer.from(bytes).toString()));
  return (line) => {
    heard = "";
    stream.write(Buffer.from(`${line}\n`));
    return heard.trimEnd();
  };
}

async function inInterpreterMode(): Promise<[Bench, (line: string) => string]> {
  const one = await bench();
  one.robot.controller.runScript("interpreter_mode()\n");
  one.cycles(1);
  return [one, client(one)];
}

it("acknowledges lines with their number and runs them one after the other", async () => {
  const [one, say] = await inInterpreterMode();
  expect(say("sleep(0.1)")).toBe("ack: 1: sleep(0.1)");
  expect(say("set_digital_out(1, True)")).toBe("ack: 2: set_digital_out(1, True)");
  expect(say("stateunexecuted")).toBe("state: 2: stateunexecuted");
  one.cycles(10);
  expect(say("statelastexecuted")).toBe("state: 1: statelastexecuted");
  expect(one.robot.controller.io.isSet(1)).toBe(false);
  one.cycles(60);
  expect(say("statelastexecuted")).toBe("state: 2: statelastexecuted");
  expect(say("statelastinterpreted")).toBe("state: 2: statelastinterpreted");
  expect(one.robot.controller.io.isSet(1)).toBe(true);
  expect(one.robot.controller.runner.isRunning).toBe(true);
});

it("keeps variables and functions from line to line", async () => {
  const [one, say] = await inInterpreterMode();
  say("x = 3");
  say("def twice(v): return 2 * v end");
  say("y = twice(x) + 1");
  say('textmsg("y = ", y)');
  one.cycles(2);
  expect(texts(one.said)).toContain("y = 7");
});

it("moves the arm, and skips what waits", async () => {
  const [one, say] = await inInterpreterMode();
  const q = [...one.robot.controller.plant.q_rad];
  say(`movej([${[q[0]! + 0.1, ...q.slice(1)].join(",")}], a=4, v=2)`);
  say("set_digital_out(2, True)");
  one.cycles(20);
  expect(say("skipbuffer")).toBe("state: 1: skipbuffer");
  one.cycles(400);
  expect(one.robot.controller.plant.q_rad[0]).toBeCloseTo(q[0]! + 0.1, 3);
  expect(one.robot.controller.io.isSet(2)).toBe(false);
});

it("discards what it cannot read, and everything outside interpreter mode", async () => {
  const [one, say] = await inInterpreterMode();
  expect(say("foo(1)")).toMatch(/^discard: compile_error_name_not_found:foo.*: foo\(1\)$/);
  expect(say("movej(")).toMatch(/^discard: /);
  expect(say("end_interpreter()")).toBe("ack: 1: end_interpreter()");
  one.cycles(2);
  expect(one.robot.controller.runner.isRunning).toBe(false);
  expect(say("x = 1")).toMatch(/^discard: .*: x = 1$/);
  expect(say("statelastcleared")).toBe("state: 1: statelastcleared");
});

it("ends with the program, and a fault in a line ends the program", async () => {
  const [one, say] = await inInterpreterMode();
  say("sleep(100)");
  one.cycles(2);
  one.robot.controller.runner.stop();
  expect(say("x = 1")).toMatch(/^discard: /);
  one.robot.controller.runScript("interpreter_mode()\n");
  one.cycles(1);
  expect(say("x = [1, 2]")).toMatch(/^ack: /);
  say("y = x[5]");
  one.cycles(1);
  expect(one.robot.controller.runner.isRunning).toBe(false);
  expect(texts(one.said).join("\n")).toContain("Index 5 is outside the list");
});

it("lets the program go on behind interpreter_mode", async () => {
  const one = await bench();
  const say = client(one);
  one.robot.controller.runScript(
    "def p():\n  interpreter_mode(clearOnEnd=False)\n  set_digital_out(7, True)\nend\n",
  );
  one.cycles(1);
  say("end_interpreter()");
  one.cycles(2);
  expect(one.robot.controller.io.isSet(7)).toBe(true);
});
