import { connect, type Socket } from "node:net";
import { once } from "node:events";
import { expect, it, onTestFinished, vi } from "vitest";
import { RtdeClient } from "ur-rtde-ts";
import { seededRandom } from "../../../src/math/random.ts";
import { startSimulatedRobot } from "../../../src/sim/simulated-robot.ts";
import { ANY_PORTS, type PortName } from "../../../src/sim/servers/tcp-front.ts";
import { celloInFront } from "../plant/cello-in-front.ts";
import { hostileBytes } from "./hostile-input.ts";

const host = "127.0.0.1";

it("serves a good client through real sockets while others send nonsense to every port", async () => {
  const robot = await startSimulatedRobot({
    instrument: celloInFront(),
    ports: ANY_PORTS,
    realTime: false,
    seed: 1,
    poweredOn: true,
  });
  onTestFinished(() => robot.close());
  const good = await RtdeClient.connect({ host, port: robot.ports!.rtde });
  await good.negotiate();
  const recipe = await good.setupOutputs(["timestamp"], 500);
  await good.start();

  const random = seededRandom(23);
  const sockets: Socket[] = [];
  for (const [name, port] of Object.entries(robot.ports!) as [PortName, number][])
    for (let client = 0; client < 8; client++) {
      const socket = connect(port, host);
      socket.on("error", () => undefined); // cut off, as it should be for some
      socket.resume();
      sockets.push(socket);
      await once(socket, "connect");
      for (let n = 0; n < 12 && socket.writable; n++) {
        socket.write(hostileBytes(name, random));
        robot.stepCycle();
        if (n % 4 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      if (client % 3 === 0) socket.resetAndDestroy();
    }
  for (const socket of sockets) socket.destroy();
  robot.stepCycle();
  const { timeS } = robot.controller;
  await vi.waitFor(() => expect(recipe.package.timestamp).toBe(timeS), { timeout: 20_000 });
  expect(good.closed).toBe(false);
});
