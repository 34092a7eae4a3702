import type { ProgramFolder, StoredProgram } from "./program-folder.ts";

/** What PolyScope, the software of the teach pendant, knows beside the controller. */
export class Pendant {
  readonly programs: ProgramFolder;
  /** The switch at the top right: remote control lets clients command, local control only the person in front. */
  remoteControl: boolean;
  operationalMode: "NONE" | "MANUAL" | "AUTOMATIC" = "NONE";
  /** The program that `play` starts. */
  loaded: StoredProgram | undefined;
  /** Cycle in which the last program ended. */
  programEndedInCycle = -Infinity;
  /** Called when a client shuts the controller down. */
  readonly shutDown: () => void;

  constructor(programs: ProgramFolder, remoteControl: boolean, shutDown: () => void = () => undefined) {
    this.programs = programs;
    this.remoteControl = remoteControl;
    this.shutDown = shutDown;
  }
}
