// node --import tsx examples/move.ts HOST
import { ControlError, RobotControl, robotAt } from "ur-rtde-ts";

const [host = "127.0.0.1"] = process.argv.slice(2);
const control = await RobotControl.open(robotAt(host), { outputs: ["actual_TCP_pose"] });
try {
  if (!control.condition.canMove) await control.recover();
  const home_rad = Array.from(control.state.actual_q);
  const away_rad = home_rad.map((q_rad, joint) => (joint === 5 ? q_rad + 0.3 : q_rad));

  await control.moves.joints(away_rad, { speed_radps: 1, acceleration_radps2: 5 });
  const [x, y, z, ...turn] = Array.from(control.state.actual_TCP_pose);
  await control.moves.line([x!, y!, z! + 0.02, ...turn], { speedMps: 0.1 });

  // Targets, one for every state of the robot, for a second: joint 6 swings.
  const base_rad = Array.from(control.state.actual_q);
  const began = control.state.timestamp;
  for await (const { timestamp } of control.states()) {
    const t = timestamp - began;
    if (t > 1) break;
    const swing = 0.1 * Math.sin(Math.PI * t) ** 2;
    control.streams.servoJoints(base_rad.map((q_rad, joint) => (joint === 5 ? q_rad + swing : q_rad)));
  }
  await control.streams.stop();

  await control.moves.joints(home_rad, { signal: AbortSignal.timeout(10_000) }); // the signal stops the arm
  console.log(`at rest, ${control.condition.name}`);
} catch (error) {
  if (!(error instanceof ControlError)) throw error;
  console.log(`${error.code}: ${error.message}`);
} finally {
  await control.close();
}
