import { mkdirSync, readFileSync } from "node:fs";
import { CellistError } from "../../errors.ts";
import { analyseStudy, type StudyAnalysis } from "../report/analyse-study.ts";
import { answersCsv, codebookCsv, listenersCsv } from "../report/answer-table.ts";
import { reportPage } from "../report/report-page.ts";
import { studyData } from "../report/study-data.ts";
import type { Database } from "../store/database.ts";
import { readStudy, refuseDamage } from "../store/study-contents.ts";
import { unseal } from "./escrow.ts";
import { loadManifest } from "./load-study.ts";
import { stimuliThatDiffer } from "./make-stimuli.ts";
import { sha256Of, type SessionFolder } from "./session-folder.ts";
import type { StudyKey } from "./study-key.ts";

/** The key of a session, once it is frozen. @throws CellistError `key-sealed` before, or for a wrong code */
export function openKey(session: SessionFolder, escrowCode: string): StudyKey {
  const { frozen, stimuli } = session.state;
  if (frozen === undefined)
    throw new CellistError(
      "key-sealed",
      `the key stays sealed until no more answers can come; \`cellist session freeze ${session.path}\` first`,
    );
  session.read({ path: "stimuli/key.sealed.json", sha256: stimuli!.keySha256 });
  return JSON.parse(
    unseal(readFileSync(session.at("stimuli/key.sealed.json"), "utf8"), escrowCode),
  ) as StudyKey;
}

/**
 * Opens the key, checks everything, and writes the report: a page, the figures, the tables with their codebook, and what
 * a reader needs to check them.
 */
export async function reportStudy(
  session: SessionFolder,
  database: Database,
  escrowCode: string,
): Promise<StudyAnalysis> {
  const key = openKey(session, escrowCode);
  await refuseDamage(database);
  const contents = await readStudy(database);
  const answersSha256 = session.state.frozen!.answersSha256;
  if (contents.answersSha256 !== answersSha256)
    throw new CellistError(
      "study-invalid",
      "the database does not hold the answers that this session was frozen with",
    );
  if (!session.state.keyOpened) session.note({ kind: "key-opened" });
  const manifest = loadManifest(session);
  const data = studyData(contents, manifest, key);
  const analysis = analyseStudy(data, session.protocol);
  const { planSha256, protocolSha256 } = session.state;
  const page = reportPage(analysis, {
    protocol: session.protocol,
    protocolSha256,
    answersSha256,
    stimuliDiffer: stimuliThatDiffer(session, manifest, key),
    ...(planSha256 !== undefined && { planSha256 }),
  });
  mkdirSync(session.at("report"), { recursive: true });
  session.write("report/report.html", page);
  session.write("report/report.json", `${JSON.stringify(analysis, undefined, 2)}\n`);
  session.write("report/answers.csv", answersCsv(data));
  session.write("report/listeners.csv", listenersCsv(data, analysis.exclusions));
  session.write("report/codebook.csv", codebookCsv());
  session.write("report/stimuli.json", `${JSON.stringify(key, undefined, 2)}\n`);
  session.note({ kind: "reported", reportSha256: sha256Of(page) });
  return analysis;
}
