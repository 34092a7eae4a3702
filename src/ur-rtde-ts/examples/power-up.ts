// node --import tsx examples/power-up.ts HOST
import { DashboardClient, recover, RecoveryError, robotAt } from "ur-rtde-ts";

const [host = "127.0.0.1"] = process.argv.slice(2);
try {
  const steps = await recover(robotAt(host), { onStep: (step) => console.log(`now: ${step}`) });
  console.log(steps.length === 0 ? "it was ready" : "it is ready");
} catch (error) {
  if (!(error instanceof RecoveryError)) throw error;
  console.log(error.message); // what it is like, and what somebody has to do
}

const dashboard = await DashboardClient.connect({ host });
const { major, minor } = await dashboard.version();
console.log(`${await dashboard.robotModel()}, PolyScope ${major}.${minor}: ${await dashboard.robotMode()}`);
await dashboard.quit();
