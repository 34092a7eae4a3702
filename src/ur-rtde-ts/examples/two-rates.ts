// node --import tsx examples/two-rates.ts HOST [SECONDS]
import { RtdeReceiver, robotAt, robotModes, wordFor } from "ur-rtde-ts";

const [host = "127.0.0.1", seconds = "1"] = process.argv.slice(2);
const receiver = new RtdeReceiver(robotAt(host), { silenceMs: 1000 }); // connects again by itself
const fast = receiver.subscribe(["timestamp", "actual_q", "actual_qd"], 500);
const slow = receiver.subscribe(["robot_mode", "joint_temperatures"], 10, { optional: ["payload_inertia"] });

let fastest = 0;
fast.onPackage(({ actual_qd }) => {
  for (const qd_radps of actual_qd) fastest = Math.max(fastest, Math.abs(qd_radps));
});
slow.onState(({ state }) => console.log(`slow recipe: ${state}`));
await receiver.ready();
await new Promise((resolve) => setTimeout(resolve, 1000 * Number(seconds)));

const { packages, missed, late, connections } = fast.stats;
console.log(`${packages} packages, ${missed} missed, ${late} late, ${connections} connection`);
console.log(
  `fastest joint ${fastest.toFixed(3)} rad/s, mode ${wordFor(robotModes, slow.package!.robot_mode)}`,
);
receiver.close();
