/** A host that streams a swing, to be killed or frozen by `host-faults.ts`: `host.ts PORTS(JSON) FIRST(JSON) SECONDS`. */
import { robotAt, TrajectoryStream } from "ur-rtde-ts";
import { swingFrom } from "./swing.ts";

const [ports, first_rad, seconds] = process.argv.slice(2).map((text) => JSON.parse(text) as unknown) as [
  Record<"rtde" | "primary" | "dashboard", number>,
  number[],
  number,
];
const swing = swingFrom(first_rad, seconds);
const stream = await TrajectoryStream.open(robotAt("127.0.0.1", ports), { first_rad: swing.at(0) });
const { phase } = await stream.play(swing.knots(0.02));
console.log(JSON.stringify({ phase, leastSlackS: stream.leastSlackS }));
stream.close();
