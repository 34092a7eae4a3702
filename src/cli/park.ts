import type { Command } from "commander";
import { workcellAtHand } from "./workcell-at-hand.ts";
import { openArmDesk } from "../teaching/arm-desk.ts";
import { planParkingTravel, playTravel, standingAt, travelS } from "../teaching/travel.ts";
import { confirmRobot, type RobotOptions } from "./confirm-robot.ts";
import { addPlaceOptions, addRobotOptions, robotOf, type PlaceOptions } from "./robot-option.ts";
import { stoppable } from "./stoppable.ts";
import { wholeNumber } from "./whole-number.ts";

const HELP = `
From wherever it stands, say after a stop in the middle of a piece: first straight off what the bow touches, then around cello, room
and the arm itself. Every bit of the way is proven clear before anything moves; where there is no way, the two bodies are named, and
the joint that would have to turn past something it cannot pass. Where the base cannot pass, but comes to the same place the other way
around, and has room left to play from there, it does, and music is played from there as well. A hard way is looked for for up to half
a minute.

Example:
  cellist park --robot 192.0.2.7 --calibration my-cell.yaml --cell my-room.yaml
`;

const AROUND = ", its base a whole turn away from where the calibration has it,";
const CABLES = " See to the cables of bow and gripper.";

interface ParkOptions extends RobotOptions, PlaceOptions {
  readonly seed: number;
}

/** `cellist park`: bring an arm to where it waits. */
export function addParkCommand(program: Command): void {
  const command = program
    .command("park")
    .summary("bring the arm to its parked pose, from wherever it stands");
  addPlaceOptions(addRobotOptions(command))
    .option("--seed <n>", "of the search for a way", wholeNumber, 1)
    .addHelpText("after", HELP)
    .action(park);
}

async function park(options: ParkOptions): Promise<void> {
  const { profile, set, calibration = "", cell = "" } = options;
  const workcell = await workcellAtHand({ profile, set, calibration, cell });
  const { instrument } = workcell;
  const desk = await openArmDesk(robotOf(options), { tcp_F: instrument.tcp_F, payload: instrument.payload });
  try {
    const context = { ...workcell, seed: options.seed };
    const { parts, parked_rad } = planParkingTravel(desk.name, standingAt(desk), context);
    const seconds = travelS(parts, workcell.profile).toFixed(1);
    const around = parked_rad[0] === instrument.parked_rad[0] ? "" : AROUND;
    await confirmRobot(
      `The arm at ${options.robot} will move to the parked pose of "${instrument.name}"${around} in ${seconds} s, around what is in the ` +
        `room "${workcell.cell.name}". Ctrl-C stops it.${around && CABLES}`,
      options.robot,
      options.confirm,
    );
    await stoppable((stop) => playTravel(desk, parts, workcell.profile, stop));
    console.log(`parked${around} after ${seconds} s`);
  } finally {
    await desk.close();
  }
}
