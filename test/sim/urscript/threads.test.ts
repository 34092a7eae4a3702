import { expect, it } from "vitest";
import { RecordingHost, finish, said, saidBy, start } from "./recording-host.ts";

it("lets sync take one cycle and sleep the cycles of its time", () => {
  const host = new RecordingHost();
  const run = start('sync()\ntextmsg("a")\nsleep(0.01)\ntextmsg("b")', host);
  run.cycle();
  expect(host.messages).toEqual([]);
  run.cycle();
  expect(host.messages).toEqual(["a"]);
  for (let i = 0; i < 4; i++) run.cycle();
  expect(host.messages).toEqual(["a"]);
  expect(run.cycle().kind).toBe("finished"); // 0.01 s are 5 cycles of 2 ms
  expect(host.messages).toEqual(["a", "b"]);
});

it("calls servoj once per cycle in a loop", () => {
  const host = new RecordingHost();
  const run = start(
    "q = [0, 0, 0, 0, 0, 0]\nwhile True:\n q[0] = q[0] + 0.1\n servoj(q, t=0.002, gain=500)\nend",
    host,
  );
  for (let i = 0; i < 3; i++) run.cycle();
  expect(host.servoTargets.map((q) => Number(q[0]!.toFixed(9)))).toEqual([0.1, 0.2, 0.3]);
});

it("waits in the middle of an expression, of an argument and of a condition", () => {
  const body = `
  def slow(x):
    return measure(x) + 1
  end
  a = 100 + slow(slow(2)) * measure(1)
  l = [measure(1), a]
  if measure(0) < 5 and slow(1) == 11:
    textmsg(l)
  end
  while measure(1) > 20 or slow(0) != 1:
    textmsg("never")
  end
  l[measure(0)] = measure(3)
  textmsg(l, to_str(-measure(4)))`;
  // slow(2) = 21, slow(21) = 211, times 10, plus 100
  expect(saidBy(body)).toEqual(["[10, 2210]", "[30, 2210]-40"]);
});

it("waits in functions called over several others, whichever the text defines first", () => {
  const body = `
  textmsg(outer(3))
  def outer(n):
    return middle(n) + 1
  end
  def middle(n):
    if n > 0:
      return outer(n - 1)
    end
    return inner()
  end
  def inner():
    return measure(5)
  end`;
  expect(saidBy(body)).toEqual(["54"]); // 50, and 1 from each of four calls of outer
});

it("keeps the value that an operand had when a later one lets others change it", () => {
  expect(saidBy("a = [1]\nthread t():\n a[0] = 2\nend\nrun t()\ntextmsg(a + [measure(1)])")).toEqual([
    "[11]",
  ]); // 1 + 10: the thread wrote 2 while the program waited
});

it("runs threads in the order of their birth, each up to its next wait", () => {
  const text = `
def prog():
  thread worker(name):
    while True:
      textmsg(name)
      sync()
    end
  end
  a = run worker("a")
  b = run worker("b")
  textmsg("main")
  sync()
  kill a
  sync()
  textmsg("end")
end`;
  expect(said(text)).toEqual(["main", "a", "b", "b", "end"]);
});

it("joins a thread in the cycle in which it ends", () => {
  const host = new RecordingHost();
  const run = start(
    'thread t():\n sleep(0.006)\n textmsg("t")\nend\nh = run t()\njoin h\ntextmsg("joined")\njoin h\njoin 0\nkill h',
    host,
  );
  for (let i = 0; i < 4; i++) run.cycle();
  expect(host.messages).toEqual(["t", "joined"]);
  expect(run.state.kind).toBe("finished");
});

it("ends all threads with the program", () => {
  const host = new RecordingHost();
  const run = start(
    'def p():\n thread t():\n  while True:\n   sync()\n   textmsg("t")\n  end\n end\n run t()\n sleep(0.004)\nend',
    host,
  );
  finish(run);
  expect(host.messages).toEqual(["t"]);
  expect(run.threads).toEqual([]);
});

it("cancels the motion of a thread that is killed and of a program that is stopped", () => {
  const host = new RecordingHost();
  const text =
    "def p():\n thread t():\n  enter_critical\n  movej([0,0,0,0,0,0], t=1)\n  exit_critical\n end\n h = run t()\n sync()\n kill h\n sync()\n movej([0,0,0,0,0,0], a=2, t=1)\nend";
  const run = start(text, host);
  run.cycle();
  run.cycle();
  expect(host.cancelled).toBe(1);
  run.cycle();
  run.stop();
  expect(host.cancelled).toBe(2);
  expect(host.motions).toEqual(["movej a=1.4 v=1.05 r=0 thread=1", "movej a=2 v=1.05 r=0 thread=0"]);
});

it("lets a thread end itself", () => {
  expect(
    saidBy('h = 0\nthread t():\n kill h\n textmsg("never")\nend\nh = run t()\nsync()\ntextmsg("main")'),
  ).toEqual(["main"]);
});

it("evaluates the arguments of run at once and gives the thread copies", () => {
  expect(saidBy("thread t(x):\n sync()\n textmsg(x)\nend\na = [1]\nh = run t(a)\na[0] = 2\njoin h")).toEqual([
    "[1]",
  ]);
});

it("stands at pause until it is resumed", () => {
  const host = new RecordingHost();
  const run = start('textmsg("a")\npause\ntextmsg("b")', host);
  expect(run.cycle().kind).toBe("paused");
  expect(run.cycle().kind).toBe("paused");
  run.resume();
  expect(run.cycle().kind).toBe("finished");
  expect(host.messages).toEqual(["a", "b"]);
});

it("stops a thread that never waits, at the loop", () => {
  expect(said("x = 0\nwhile True:\n x = x + 1\nend")).toEqual([
    expect.stringMatching(/^[23]:[12] Thread used too much time$/),
  ]);
  expect(said("def f():\n f()\nend\nf()")).toEqual(["2:2 Functions call each other more than 100 deep"]);
  expect(said("thread t():\n run t()\nend\nrun t()\nsync()").at(-1)).toMatch(
    /Thread used too much time|More than 50 threads/,
  );
});

it("ends the program when any thread fails, at the place of the failure", () => {
  expect(said('thread t():\n sync()\n x = [1][3]\nend\nrun t()\nsleep(1)\ntextmsg("never")')).toEqual([
    "3:9 Index 3 is outside the list of 1 elements",
  ]);
});

it("ends the program when what is killed or joined is no thread", () => {
  expect(said('sync()\nkill "x"')).toEqual([
    "2:1 Type error: thread handle must be a whole number, not a string",
  ]);
  expect(said("sync()\njoin True")).toEqual([
    "2:1 Type error: thread handle must be a whole number, not a boolean",
  ]);
});

it("refuses physical time and threads in a secondary program", () => {
  expect(said("sec s():\n textmsg(1)\n sync()\nend")).toEqual([
    "1",
    "3:2 A secondary program cannot take physical time",
  ]);
  expect(said("sec s():\n thread t():\n end\n run t()\nend")).toEqual([
    "4:2 A secondary program cannot start threads",
  ]);
});

it("says at which line the program stands", () => {
  const run = start("def p():\n x = 1\n sync()\n sleep(1)\nend");
  run.cycle();
  expect(run.line).toBe(3);
  run.cycle();
  expect(run.line).toBe(4);
  expect(run.global("x")).toBe(1);
});

it("shows a blocking popup and waits for it", () => {
  const host = new RecordingHost();
  const run = start('popup("stop here", title="T", blocking=True)\ntextmsg("on")', host);
  for (let i = 0; i < 5; i++) run.cycle();
  expect([host.popups, host.messages]).toEqual([["stop here"], []]);
  run.cycle();
  expect(host.messages).toEqual(["on"]);
});
