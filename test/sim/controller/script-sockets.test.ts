import { createServer, type Server, type Socket } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { bench, texts, untilServed } from "./robot-in-memory.ts";

/** A peer on a real socket of this machine. */
async function peer(): Promise<{
  port: number;
  heard: () => Buffer;
  ended: () => boolean;
  say: (bytes: Buffer | string) => void;
  hangUp: () => void;
}> {
  const sockets: Socket[] = [];
  let heard = Buffer.alloc(0);
  let ended = false;
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    socket.on("data", (bytes) => (heard = Buffer.concat([heard, bytes])));
    socket.on("end", () => (ended = true));
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    port: (server.address() as { port: number }).port,
    heard: () => heard,
    ended: () => ended,
    say: (bytes) => void sockets.at(-1)!.write(bytes),
    hangUp: () => sockets.at(-1)!.destroy(),
  };
}

const ints = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => bytes.writeInt32BE(value, 4 * i));
  return bytes;
};

it("talks to a real peer in every format, as the manual says", async () => {
  const one = await bench();
  const there = await peer();
  one.robot.controller.runScript(`def talk():
  textmsg(socket_open("127.0.0.1", ${there.port}, "s"))
  socket_send_string("hi", "s")
  socket_send_line(" there", "s")
  socket_send_byte(65, "s")
  socket_send_int(-2, "s")
  socket_set_var("x", 7, "s")
  textmsg(socket_read_binary_integer(3, "s"))
  textmsg(socket_read_byte_list(2, "s"))
  textmsg(socket_read_ascii_float(2, "s"))
  textmsg(socket_read_line("s"))
  textmsg(socket_read_string("s", prefix=">", suffix="<"))
  textmsg(socket_read_string("s", "\\n", "\\n", True))
  textmsg(socket_get_var("y", "s"))
  socket_close("s")
  textmsg(socket_send_string("gone", "s"))
end
`);
  await untilServed(one, () => there.heard().includes("SET x 7\n"));
  expect(there.heard()).toEqual(
    Buffer.concat([Buffer.from("hi there\nA"), ints(-2), Buffer.from("SET x 7\n")]),
  );
  there.say(Buffer.concat([ints(1, -1, 2147483647), Buffer.from([200, 3])]));
  there.say("(1.5, -3e2)one line\r\nnoise>hello<\nescaped\n");
  await untilServed(one, () => there.heard().includes("GET y\n"));
  there.say("y -42\n");
  await untilServed(one, () => !one.robot.controller.runner.isRunning);
  expect(texts(one.said).slice(1, -1)).toEqual([
    "True",
    "[3, 1, -1, 2147483647]",
    "[2, 200, 3]",
    "[2, 1.5, -300]",
    "one line",
    "hello",
    "escaped",
    "-42",
    "False",
  ]);
});

it("gives up reading after the time-out, and at once when the peer hangs up; an unreachable peer is False", async () => {
  const one = await bench();
  const { controller } = one.robot;
  const there = await peer();
  controller.runScript(`def wait():
  socket_open("127.0.0.1", ${there.port})
  write_output_integer_register(0, 1)
  textmsg(socket_read_binary_integer(2, timeout=0.1))
  write_output_integer_register(0, 2)
  textmsg(socket_read_string(timeout=0))
  textmsg(socket_read_ascii_float(1))
  textmsg(socket_open("127.0.0.1", 1, "nobody"))
  textmsg(socket_read_line("never opened", timeout=0))
end
`);
  await untilServed(one, () => controller.registers.outputIntegers[0] === 1);
  expect(
    Math.abs((await untilServed(one, () => controller.registers.outputIntegers[0] === 2)) - 50),
  ).toBeLessThan(2);
  await untilServed(one, () => controller.runner.line === 6);
  for (let i = 0; i < 1500; i++) one.robot.stepCycle(); // a time-out of 0 is for ever
  expect(texts(one.said)).toHaveLength(2);
  there.hangUp();
  await untilServed(one, () => !controller.runner.isRunning);
  expect(texts(one.said).slice(1, -1)).toEqual(["[0, -1, -1]", "", "[0, NaN]", "False", ""]);
});

it("lets other threads run while one waits for a peer, also in a critical section", async () => {
  const one = await bench();
  const { controller } = one.robot;
  const there = await peer();
  controller.runScript(`def two():
  global n = 0
  thread count():
    while True:
      enter_critical
      n = n + 1
      exit_critical
      sync()
    end
  end
  socket_open("127.0.0.1", ${there.port})
  run count()
  enter_critical
  l = socket_read_line(timeout=0.2)
  exit_critical
  textmsg(n >= 99)
end
`);
  await untilServed(one, () => !controller.runner.isRunning);
  expect(texts(one.said)[1]).toBe("True");
});

it("closes its connections when the program ends", async () => {
  const one = await bench();
  const there = await peer();
  one.robot.controller.runScript(
    `def talk():\n socket_open("127.0.0.1", ${there.port})\n socket_send_string("x")\n sleep(9)\nend\n`,
  );
  await untilServed(one, () => there.heard().length > 0);
  expect(there.ended()).toBe(false);
  one.robot.controller.runner.stop();
  await untilServed(one, () => there.ended());
});
