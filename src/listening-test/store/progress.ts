import type { Queries } from "./database.ts";
import type { StudyStore } from "./study-store.ts";

/** How far a study is; says nothing of what was answered. */
export interface StudyProgress {
  readonly began: number;
  readonly finished: number;
  readonly withdrawn: number;
  readonly answers: number;
  readonly frozen: boolean;
  /** Listeners in each cell who finished or may come back. */
  readonly cells: readonly number[];
}

export async function progressOf(queries: Queries, store: StudyStore, nowMs: number): Promise<StudyProgress> {
  const [row] = await queries.all<
    Record<"began" | "finished" | "answers" | "withdrawn", number | string> & { frozen_ms: number | null }
  >(
    `SELECT (SELECT COUNT(*) FROM participant) AS began,
     (SELECT COUNT(*) FROM participant WHERE finished_ms IS NOT NULL) AS finished,
     (SELECT COUNT(*) FROM answer) AS answers, withdrawn, frozen_ms FROM study WHERE id = 1`,
  );
  return {
    began: Number(row!.began),
    finished: Number(row!.finished),
    withdrawn: Number(row!.withdrawn),
    answers: Number(row!.answers),
    frozen: row!.frozen_ms !== null,
    cells: await store.filledCells(nowMs),
  };
}
