import { loadWorkcell, type Workcell, type WorkcellNames } from "../shelf/workcell.ts";

/** Loads arm, cello and room, and tells on standard error what became of the room's files. */
export async function workcellAtHand(names: WorkcellNames): Promise<Workcell> {
  const workcell = await loadWorkcell(names);
  workcell.cell.remarks.forEach((remark) => console.error(`note: ${remark}`));
  return workcell;
}
