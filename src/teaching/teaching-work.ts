import { basename } from "node:path";
import { CellistError } from "../errors.ts";
import type { FreeContext } from "../planning/plan-free-motion.ts";
import type { TopicPublisher } from "../ros/node/graph-node.ts";
import type { MessageOf } from "../ros/topics.ts";
import { lettingGo, type CalibrationsAtHand } from "./calibrations-at-hand.ts";
import type { HandTeaching } from "./hand-teaching.ts";
import type { CalibrationTitle } from "./make-calibration.ts";

/** What is taught on a graph, with what, and where it goes. */
export interface TeachingWork extends CalibrationsAtHand {
  readonly teaching: HandTeaching;
  readonly room: Pick<FreeContext, "cell" | "profile">;
  /** "sim", or the real robot's address. */
  readonly robot: string;
  /** The file to write. */
  readonly out: string;
  /** What the cell is called; empty: as before, or the file's name. */
  readonly name: string;
  /** Where the places that were taught are shown. */
  readonly markers: TopicPublisher<MessageOf<"/markers_static">>;
  readonly onSaved: () => void;
}

/** @throws CellistError `not-confirmed` unless the person beside a real arm has said its address */
export function refuseUnconfirmed({ robot, start }: TeachingWork, confirmed: string): void {
  if (robot === "sim" || confirmed === robot) return;
  const said = confirmed === "" ? "" : `"${confirmed}" is not the robot's address. `;
  const how = `It was not let go: stand beside it and confirm with "{confirm: ${robot}}"`;
  throw new CellistError("not-confirmed", `${said}${lettingGo(robot, start)} ${how}`);
}

/** How the calibration is called that comes next in its file. */
export const titleOf = ({ robot, out, name, last }: TeachingWork, takenAt: Date): CalibrationTitle => ({
  name: name || (last?.calibration.name ?? basename(out).replace(/\.ya?ml$/i, "")),
  origin: `taught at ${robot === "sim" ? "the simulated arm" : `the robot ${robot}`}`,
  revision: (last?.calibration.revision ?? 0) + 1,
  takenAt,
});
