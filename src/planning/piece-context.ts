import type { Cell } from "../collision/cell.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { Profile } from "./profile.ts";

/** What a piece is planned for. */
export interface PieceContext {
  readonly instrument: Instrument;
  readonly cell: Cell;
  readonly profile: Pick<Profile, "bowing" | "trajectory" | "limits">;
}
