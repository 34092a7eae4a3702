import type { Command } from "commander";

/** A file of commands: what they are called on the command line, and how to add them to the program. */
export interface CommandFile {
  readonly names: readonly string[];
  readonly load: () => Promise<(program: Command) => void>;
}

/**
 * All commands, in the order of `cellist --help`. Each is loaded when it is asked for: one that lists pieces need not
 * wait for the physics.
 */
export const COMMAND_FILES: readonly CommandFile[] = [
  { names: ["pieces"], load: async () => (await import("./pieces.ts")).addPiecesCommand },
  { names: ["check"], load: async () => (await import("./check.ts")).addCheckCommand },
  { names: ["plan"], load: async () => (await import("./plan.ts")).addPlanCommand },
  { names: ["score"], load: async () => (await import("./score.ts")).addScoreCommand },
  { names: ["perform"], load: async () => (await import("./perform.ts")).addPerformCommand },
  { names: ["report"], load: async () => (await import("./report.ts")).addReportCommand },
  { names: ["listen"], load: async () => (await import("./listen.ts")).addListenCommand },
  { names: ["bag"], load: async () => (await import("./bag/bag.ts")).addBagCommands },
  { names: ["replay"], load: async () => (await import("./replay.ts")).addReplayCommand },
  { names: ["park"], load: async () => (await import("./park.ts")).addParkCommand },
  { names: ["zero-force"], load: async () => (await import("./zero-force.ts")).addZeroForceCommand },
  { names: ["calibrate"], load: async () => (await import("./calibrate.ts")).addCalibrateCommand },
  { names: ["calibration"], load: async () => (await import("./calibration.ts")).addCalibrationCommand },
  { names: ["sim"], load: async () => (await import("./sim.ts")).addSimCommand },
  { names: ["launch"], load: async () => (await import("./launch.ts")).addLaunchCommand },
  { names: ["view"], load: async () => (await import("./view.ts")).addViewCommand },
  { names: ["doctor"], load: async () => (await import("./doctor.ts")).addDoctorCommand },
  { names: ["topic"], load: async () => (await import("./graph/topic.ts")).addTopicCommand },
  {
    names: ["graph", "node", "lifecycle"],
    load: async () => (await import("./graph/node.ts")).addNodeCommands,
  },
  { names: ["param"], load: async () => (await import("./graph/param.ts")).addParamCommand },
  { names: ["service"], load: async () => (await import("./graph/service.ts")).addServiceCommand },
  { names: ["action"], load: async () => (await import("./graph/action.ts")).addActionCommand },
  { names: ["session"], load: async () => (await import("./session.ts")).addSessionCommand },
];

/** Adds the command of that name; all where there is none of that name (help, or a misspelling). */
export async function addCommands(program: Command, name: string | undefined): Promise<void> {
  const asked = COMMAND_FILES.filter(({ names }) => name !== undefined && names.includes(name));
  const files = asked.length > 0 ? asked : COMMAND_FILES;
  for (const add of await Promise.all(files.map(({ load }) => load()))) add(program);
}
