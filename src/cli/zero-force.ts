import type { Command } from "commander";
import { openArmDesk } from "../teaching/arm-desk.ts";
import { sayForce, zeroForce } from "../teaching/zero-force.ts";
import { confirmRobot, type RobotOptions } from "./confirm-robot.ts";
import { addPlaceOptions, addRobotOptions, robotOf, type PlaceOptions } from "./robot-option.ts";
import { workcellAtHand } from "./workcell-at-hand.ts";

const HELP = `
For an arm whose force sensor was zeroed while a hand held it, or the bow lay on a string: park and calibrate refuse it, because it feels
what is not there. The arm must stand still, and by calibration and room nothing may be near; that no hand and no cable touches arm or
bow only you can see. Nothing moves. A weight that the calibration does not know of is not helped by this: correct its payload.

Example:
  cellist zero-force --robot 192.0.2.7 --calibration my-cell.yaml --cell my-room.yaml
`;

/** `cellist zero-force`: put a force sensor right that was zeroed while something touched it. */
export function addZeroForceCommand(program: Command): void {
  const command = program
    .command("zero-force")
    .summary("zero the arm's force sensor, with nothing touching arm and bow");
  addPlaceOptions(addRobotOptions(command)).addHelpText("after", HELP).action(zero);
}

async function zero(options: RobotOptions & PlaceOptions): Promise<void> {
  const { robot, confirm, profile, set, calibration = "", cell = "" } = options;
  const workcell = await workcellAtHand({ profile, set, calibration, cell });
  const { tcp_F, payload } = workcell.instrument;
  const desk = await openArmDesk(robotOf(options), { tcp_F, payload }, "doubted");
  try {
    const zeroed = await zeroForce(desk, { tcp_F, payload }, workcell, async (felt) => {
      const text =
        `${felt} The force sensor of the arm at ${robot} will be zeroed: what touches it now is not felt from then on. See that no hand, ` +
        "no cable and no string touches arm or bow.";
      await confirmRobot(text, robot, confirm, "zero its force sensor");
    });
    console.log(`before: ${sayForce(zeroed.before_N)}; after: ${sayForce(zeroed.after_N)}`);
  } finally {
    await desk.close();
  }
}
