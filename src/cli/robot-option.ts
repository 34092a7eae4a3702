import type { Command } from "commander";
import type { RobotStreams } from "ur-rtde-ts";
import { urAddress } from "../performance/arm-of-driver.ts";
import { robotStreams } from "../rtde/preflight.ts";
import type { RobotOptions } from "./confirm-robot.ts";
import { wholeNumber } from "./whole-number.ts";

/** Options of every command that moves a real arm and nothing else. */
export const addRobotOptions = (command: Command): Command =>
  command
    .requiredOption("--robot <host>", "the robot's address")
    .option(
      "--port-offset <n>",
      "the robot's ports are moved by this (cellist sim --port-offset)",
      wholeNumber,
      0,
    )
    .option("--confirm <host>", "confirm the robot by its address instead of typing it");

/** Which arm, bow and cello stand in which room, for commands that look what is near what. */
export interface PlaceOptions {
  readonly calibration?: string;
  readonly cell?: string;
  readonly profile: string;
  readonly set: readonly string[];
}

export const addPlaceOptions = (command: Command): Command =>
  command
    .option("--calibration <name|file>", "arm, bow and cello; default: as the profile says")
    .option(
      "--cell <name|file>",
      "the room around them; default: that of a shipped calibration, for a file the profile's",
    )
    .option("--profile <name|file>", "limits and pace", "robot")
    .option(
      "--set <key=value>",
      "change one number of the profile",
      (value, all: string[]) => [...all, value],
      [],
    );

/** The interfaces of the robot on the command line. */
export const robotOf = (options: Pick<RobotOptions, "robot" | "portOffset">): RobotStreams =>
  robotStreams(urAddress(options));
