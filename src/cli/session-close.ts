import { existsSync } from "node:fs";
import type { Command } from "commander";
import { CellistError } from "../errors.ts";
import { exportStudy } from "../listening-test/session/export-study.ts";
import { loadManifest } from "../listening-test/session/load-study.ts";
import { NOBODY_LEFT } from "../listening-test/report/analyse-study.ts";
import { reportStudy } from "../listening-test/session/report-study.ts";
import { SessionFolder } from "../listening-test/session/session-folder.ts";
import { backUp } from "../listening-test/store/backup.ts";
import type { Database } from "../listening-test/store/database.ts";
import { migrate } from "../listening-test/store/migrations.ts";
import { openDatabase } from "../listening-test/store/open-database.ts";
import { findDamage, freezeStudy } from "../listening-test/store/study-contents.ts";

interface DatabaseOption {
  readonly database?: string;
}

/** `cellist session backup|verify|freeze|report|export`. */
export function addSessionClosing(session: Command): void {
  const command = (name: string, summary: string): Command =>
    session
      .command(name)
      .summary(summary)
      .argument("<folder>", "the session")
      .option("--database <url>", "postgres://…; default: study.sqlite in the session");
  command("backup", "copy the database while the test runs")
    .argument("<file>", "a new SQLite file")
    .action((folder: string, file: string, options: DatabaseOption) =>
      withDatabase(folder, options, async (_, database) => {
        await backUp(database, file);
        console.log(`backed up to ${file}, read back and checked`);
      }),
    );
  command("verify", "check journal, raw takes, stimuli and database").action(
    (folder: string, options: DatabaseOption) => verify(folder, options),
  );
  command("freeze", "close the test for ever; codes are forgotten").action(
    (folder: string, options: DatabaseOption) =>
      withDatabase(folder, options, async (opened, database) => {
        const { answersSha256 } = await freezeStudy(database, Date.now());
        if (opened.state.frozen === undefined) opened.note({ kind: "frozen", answersSha256 });
        console.log(`frozen; sha256 of all answers: ${answersSha256}`);
      }),
  );
  command("report", "open the key and report")
    .requiredOption("--escrow-code <code>", "from whoever was given it when the stimuli were made")
    .action((folder: string, options: DatabaseOption & { escrowCode: string }) =>
      withDatabase(folder, options, async (opened, database) => {
        const analysis = await reportStudy(opened, database, options.escrowCode);
        if (analysis.analysed === 0) console.log(NOBODY_LEFT);
        for (const block of analysis.blocks)
          for (const { sentence } of block.conclusions) console.log(sentence);
        if (analysis.simulatedHumans)
          console.log("The human takes are simulated: nothing here is about human players.");
        console.log(
          `${opened.at("report/report.html")} has all of it; answers.csv, listeners.csv and codebook.csv lie beside it.`,
        );
      }),
    );
  command("export", "a folder fit for an archive")
    .argument("<to>", "a new folder")
    .action((folder: string, to: string, options: DatabaseOption) =>
      withDatabase(folder, options, async (opened, database) => {
        const files = await exportStudy(opened, database, to);
        console.log(`${files} files in ${to}; sha256sum -c SHA256SUMS checks them`);
      }),
    );
}

async function withDatabase(
  folder: string,
  { database: url }: DatabaseOption,
  work: (session: SessionFolder, database: Database) => Promise<void>,
): Promise<void> {
  const session = SessionFolder.open(folder);
  const where = url ?? session.at("study.sqlite");
  if (url === undefined && !existsSync(where))
    throw new CellistError(
      "session-state",
      `there are no answers yet; \`cellist session serve ${folder}\` opens the test`,
    );
  const database = await openDatabase(where);
  try {
    await migrate(database);
    await work(session, database);
  } finally {
    await database.close();
  }
}

async function verify(folder: string, options: DatabaseOption): Promise<void> {
  const session = SessionFolder.open(folder);
  for (const { recorded } of session.state.takes) {
    if (recorded) session.read(recorded.audio);
    if (recorded?.bag) session.read(recorded.bag);
  }
  console.log(
    `journal whole; ${session.state.takes.filter((t) => t.recorded).length} takes as they were recorded`,
  );
  if (session.state.stimuli) {
    const { stimuli } = loadManifest(session);
    for (const s of stimuli) session.read({ path: `stimuli/${s.id}.wav`, sha256: s.sha256 });
    console.log(`${stimuli.length} stimuli as they were made`);
  }
  if (options.database === undefined && !existsSync(session.at("study.sqlite"))) return;
  await withDatabase(folder, options, async (_, database) => {
    const damage = await findDamage(database);
    if (damage.length > 0)
      throw new CellistError("study-invalid", `the database is damaged: ${damage.join("; ")}`);
    console.log("the database is whole");
  });
}
