import type { Cell } from "../collision/cell.ts";
import type { Profile } from "../planning/profile.ts";
import { loadCell, loadInstrument, type LoadedInstrument } from "./load-instrument.ts";
import { loadProfile } from "./load-profile.ts";

/** Which numbers, which arm and cello, which room; by shipped name or by path. Empty = the default of the line above. */
export interface WorkcellNames {
  readonly profile: string;
  /** `key=value` changes of the profile. */
  readonly set: readonly string[];
  readonly calibration: string;
  readonly cell: string;
}

/** Everything a piece is planned for and played with. */
export interface Workcell extends LoadedInstrument {
  readonly profile: Profile;
  readonly cell: Cell;
}

export async function loadWorkcell(names: WorkcellNames): Promise<Workcell> {
  const profile = await loadProfile(names.profile, names.set);
  const loaded = await loadInstrument(names.calibration || profile.calibration);
  const room = names.cell || (names.calibration ? roomOf(names.calibration, profile) : profile.cell);
  return { ...loaded, profile, cell: await loadCell(room) };
}

/** A shipped calibration has a room of the same name; a file's room is the profile's unless said. */
const roomOf = (calibration: string, profile: Profile): string =>
  /[./\\]/.test(calibration) ? profile.cell : calibration;

/** The same as parameters of a node. */
export const WORKCELL_PARAMETERS = {
  profile: {
    type: "string",
    default: "simulation",
    what: "all the numbers of a scenario: a shipped profile or a file",
    readOnly: true,
  },
  set: {
    type: "string_array",
    default: [] as readonly string[],
    what: "changes of the profile, as in trajectory.knotS=0.03",
    readOnly: true,
  },
  calibration: {
    type: "string",
    default: "",
    what: "arm, bow and cello; empty: as the profile says",
    readOnly: true,
  },
  cell: {
    type: "string",
    default: "",
    what: "the room around them; empty: that of a shipped calibration, for a file the profile's",
    readOnly: true,
  },
} as const;
