import { createServer, type AddressInfo, type Socket } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { preflight, readJoints, robotStreams, type RobotAddress } from "../../src/rtde/preflight.ts";
import { RtdeRobotLink } from "../../src/rtde/rtde-robot-link.ts";
import { openArmDesk } from "../../src/teaching/arm-desk.ts";
import { FakeController } from "../../src/ur-rtde-ts/test/fake-controller.ts";
import { socketByteStream } from "../../src/ur-rtde-ts/src/connection/tcp-byte-stream.ts";
import { celloInFront } from "../sim/plant/cello-in-front.ts";

// Real sockets that take the connection and then say nothing, or nothing more: a controller that boots, hangs or was unplugged. What
// waits for one takes 5 s of the clock; all of it waits at the same time here.

async function listening(serve: (socket: Socket) => void = () => undefined): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A dashboard whose robot is ready. */
const readyDashboard = (socket: Socket): void => {
  socket.write("Connected: Universal Robots Dashboard Server\n");
  const answers: Readonly<Record<string, string>> = {
    robotmode: "Robotmode: RUNNING",
    safetystatus: "Safetystatus: NORMAL",
    "is in remote control": "true",
  };
  socket.on("data", (asked) => void socket.write(`${answers[String(asked).trim()] ?? "?"}\n`));
};

const silentAfter = (seconds: number) => `has said nothing for ${seconds} s; wait until it has booted`;

it("says within seconds that a controller is silent, and where", { timeout: 30_000 }, async () => {
  const silent = await listening();
  const starts = await listening((socket) => void new FakeController(socketByteStream(socket)));
  const dashboardPort = await listening(readyDashboard);
  const address: RobotAddress = { host: "127.0.0.1", rtdePort: silent, scriptPort: silent, dashboardPort };
  const started = { ...address, rtdePort: starts };
  const instrument = celloInFront();
  const first_rad = [0, 0, 0, 0, 0, 0] as const;
  const link = new RtdeRobotLink(robotStreams(started), { instrument, player: {}, first_rad, session: 1 });
  const refused = (code: string, ...parts: string[]) => ({
    code,
    message: expect.stringMatching(new RegExp(parts.join(".*"), "s")) as string,
  });
  const tool = { tcp_F: [0, 0, 0, 0, 0, 0], payload: { massKg: 0.3, centre_F_m: [0, 0, 0] } };
  await Promise.all([
    expect(readJoints(address, 3)).rejects.toMatchObject(
      refused("robot-unreachable", `127.0.0.1:${silent} \\(RTDE\\)`, silentAfter(5)),
    ),
    expect(readJoints(started, 3)).rejects.toMatchObject(
      refused("robot-unreachable", `127.0.0.1:${starts} \\(RTDE\\)`, silentAfter(5)),
    ),
    expect(preflight(started, instrument, first_rad)).rejects.toMatchObject(
      refused("robot-unreachable", `127.0.0.1:${starts} \\(RTDE\\)`, silentAfter(5)),
    ),
    expect(preflight({ ...address, dashboardPort: silent }, instrument, first_rad)).rejects.toMatchObject(
      refused("robot-unreachable", `127.0.0.1:${silent} \\(dashboard\\)`, silentAfter(5)),
    ),
    expect(openArmDesk(robotStreams({ ...address, dashboardPort: silent }), tool)).rejects.toMatchObject(
      refused("robot-not-ready", "127.0.0.1", "dashboard server gave no greeting within 5000 ms"),
    ),
    expect(openArmDesk(robotStreams(address), tool)).rejects.toMatchObject(
      refused("robot-not-ready", "127.0.0.1", "primary interface did not come within 5000 ms"),
    ),
    expect(link.connect()).rejects.toMatchObject(
      refused("robot-not-ready", "cannot stream to 127.0.0.1", "within 5000 ms|sent nothing for 5000 ms"),
    ),
  ]);
});

it("tells a controller that is not there from one that is silent", async () => {
  const gone = { host: "127.0.0.1", rtdePort: 9, dashboardPort: 9, scriptPort: 9 };
  await expect(readJoints(gone, 1)).rejects.toMatchObject({
    code: "robot-unreachable",
    message:
      "no robot answers at 127.0.0.1:9 (RTDE): Nothing listens on 127.0.0.1:9; check that it is switched on and in this network",
  });
});
