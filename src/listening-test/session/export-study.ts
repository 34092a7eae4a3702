import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { CellistError } from "../../errors.ts";
import { backUp } from "../store/backup.ts";
import type { Database } from "../store/database.ts";
import { sha256Of, type SessionFolder } from "./session-folder.ts";

/**
 * A folder fit for an archive: protocol, journal, raw takes with bags, stimuli, answers, report, and a list of every file
 * with its hash.
 *
 * @returns how many files
 * @throws CellistError `session-state` before the report, `file-unwritable` for a folder that holds something
 */
export async function exportStudy(session: SessionFolder, database: Database, to: string): Promise<number> {
  if (!existsSync(session.at("report/report.html")))
    throw new CellistError(
      "session-state",
      `there is no report yet; \`cellist session report ${session.path}\` makes it`,
    );
  if (existsSync(to) && readdirSync(to).length > 0)
    throw new CellistError("file-unwritable", `${to} holds something already; choose a new folder`);
  const files = filesBelow(session.path).filter((file) => !/\.sqlite(-wal|-shm)?$|\.unfinished$/.test(file));
  for (const file of files) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    copyFileSync(session.at(file), join(to, file));
  }
  await backUp(database, join(to, "answers.sqlite"));
  writeFileSync(join(to, "README.md"), readme(session));
  const all = filesBelow(to);
  writeFileSync(
    join(to, "SHA256SUMS"),
    all.map((file) => `${sha256Of(readFileSync(join(to, file)))}  ${file}\n`).join(""),
  );
  return all.length;
}

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => statSync(join(folder, file)).isFile())
    .map((file) => relative(".", file))
    .sort();

function readme({ protocol, state }: SessionFolder): string {
  return `# ${protocol.title}

A blinded listening test of robot and human cello playing, made with robot-cellist.

- \`session.yaml\`: the protocol, ${state.planSha256 ? "locked before the first listener" : "not locked before the test"}; \`plan/\` the locked plan with its hash.
- \`journal.jsonl\`: everything that happened, each line sealed by the hash of those before it.
- \`takes/\`: raw recordings, unchanged, and the ROS 2 bags (MCAP) of robot performances.
- \`stimuli/\`: what listeners heard; \`report/stimuli.json\` says who plays in each and how it was made from which take.
- \`report/\`: \`report.html\`, its figures (\`report.json\`), \`answers.csv\`, \`listeners.csv\`; \`codebook.csv\` explains every column.
- \`answers.sqlite\`: the database; answers of a listener are chained by hashes.
- \`SHA256SUMS\`: every file; \`sha256sum -c SHA256SUMS\` checks them.

Institution: ${protocol.institution}. Contact: ${protocol.contact}. Ethics approval: ${protocol.ethicsApproval}.
To be kept: ${protocol.retention}. No name, address or other direct identifier of a listener was ever stored.
`;
}
