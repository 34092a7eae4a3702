// node --import tsx examples/stream-path.ts HOST
import { type Knot, RtdeClient, robotAt, TrajectoryStream } from "ur-rtde-ts";

const [host = "127.0.0.1"] = process.argv.slice(2);
const first_rad = await jointsOf(host);

/** Joint 6 swings twice by 0.2 rad and comes to rest: a knot every 20 ms, position, speed and acceleration. */
function* knots(): Generator<Knot> {
  const [swing_rad, omega, lengthS] = [0.1, Math.PI, 4];
  for (let k = 0; k <= 50 * lengthS; k += 1) {
    const timeS = k / 50;
    const only6 = (value: number) => [0, 0, 0, 0, 0, value];
    const away_rad = swing_rad * (1 - Math.cos(omega * timeS));
    yield {
      timeS,
      q_rad: first_rad.map((q_rad, joint) => (joint === 5 ? q_rad + away_rad : q_rad)),
      qd_radps: only6(swing_rad * omega * Math.sin(omega * timeS)),
      qdd_radps2: only6(swing_rad * omega ** 2 * Math.cos(omega * timeS)),
      last: k === 50 * lengthS,
    };
  }
}

const stream = await TrajectoryStream.open(robotAt(host), { first_rad });
const { armRestS, wayS } = stream.rest;
console.log(`from full rate to rest: ${armRestS} s, ${wayS} s of path`);

const played = stream.play(knots()); // returns at the end of the path; throws a TrajectoryError elsewhere
await stream.until(["playing"]);
const paused = await stream.pause(); // at rest on the path
console.log(`paused at rate ${paused.rate}`);
await stream.resume();
const { phase, pathTimeS } = await played;
console.log(`${phase} at ${pathTimeS} s, no knot late: ${stream.leastSlackS > 0}`);
stream.close();

async function jointsOf(robot: string): Promise<number[]> {
  const client = await RtdeClient.connect({ host: robot });
  await client.negotiate();
  const recipe = await client.setupOutputs(["actual_q"], 500);
  const packages = recipe.packages();
  await client.start();
  const { value } = await packages.next();
  client.close();
  return Array.from(value!.actual_q);
}
