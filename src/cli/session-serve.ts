import { randomBytes } from "node:crypto";
import { networkInterfaces } from "node:os";
import { Option, type Command } from "commander";
import { bundlePages } from "../listening-test/server/page-bundle.ts";
import type { ServerMode } from "../listening-test/server/open-study.ts";
import { operatorApp } from "../listening-test/server/operator-app.ts";
import { participantApp } from "../listening-test/server/participant-app.ts";
import { serveApp } from "../listening-test/server/serve.ts";
import { loadStudy } from "../listening-test/session/load-study.ts";
import { SessionFolder } from "../listening-test/session/session-folder.ts";
import { backUp } from "../listening-test/store/backup.ts";
import { openDatabase } from "../listening-test/store/open-database.ts";
import { refuseDamage } from "../listening-test/store/study-contents.ts";
import { StudyStore } from "../listening-test/store/study-store.ts";
import { wholeNumber } from "./whole-number.ts";

interface ServeOptions {
  readonly mode: ServerMode;
  readonly port: number;
  readonly operatorPort: number;
  readonly behindTls?: true;
  readonly database?: string;
  readonly operatorToken?: string;
}

const HELP = `
kiosk: on this machine alone, listener after listener. network: on all addresses of this machine. For the internet put a
proxy with TLS in front (docs/listening-test.md) and say --behind-tls, so that cookies travel encrypted only.
Operator pages are a server of their own, on this machine alone, behind a token that is printed at the start.

Examples:
  cellist session serve my-study
  cellist session serve my-study --mode network
  cellist session serve my-study --mode network --behind-tls --database postgres://study@db.lab/study
`;

/** `cellist session serve`: the test itself. */
export function addSessionServe(session: Command): void {
  session
    .command("serve")
    .summary("run the test in the browser")
    .argument("<folder>", "the session")
    .addOption(new Option("--mode <mode>", "kiosk or network").choices(["kiosk", "network"]).default("kiosk"))
    .option("--port <n>", "of the test", wholeNumber, 8080)
    .option("--operator-port <n>", "of the operator's pages", wholeNumber, 8081)
    .option("--behind-tls", "a proxy in front speaks TLS with the listeners")
    .option(
      "--database <url>",
      "postgres://… for a study of several servers; default: study.sqlite in the session",
    )
    .option("--operator-token <token>", "instead of a new random one")
    .addHelpText("after", HELP)
    .action(runServe);
}

async function runServe(folder: string, options: ServeOptions): Promise<void> {
  const session = SessionFolder.open(folder);
  const study = loadStudy(session);
  const database = await openDatabase(options.database ?? session.at("study.sqlite"));
  const now = Date.now;
  const store = await StudyStore.open(database, study, now());
  await refuseDamage(database);
  const pages = await bundlePages();
  const { mode } = options;
  const secureCookies = options.behindTls === true;
  const test = participantApp({ study, store, pages, mode, secureCookies, now });
  const host = mode === "kiosk" ? "127.0.0.1" : "0.0.0.0";
  const running = await serveApp(test, { host, port: options.port });
  const participantUrl = urlOf(mode, running.port);
  const token = options.operatorToken ?? randomBytes(18).toString("base64url");
  const operator = operatorApp({
    title: study.title,
    database,
    store,
    token,
    participantUrl,
    now,
    backUp: async () => {
      const path = session.at(`backup-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.sqlite`);
      await backUp(database, path);
      return path;
    },
  });
  const operating = await serveApp(operator, { host: "127.0.0.1", port: options.operatorPort });
  session.note({ kind: "test-opened", mode });
  console.log(`listeners:      ${participantUrl}`);
  console.log(`operator:       http://127.0.0.1:${operating.port}/`);
  console.log(`operator token: ${token}`);
  console.log(`It takes about ${study.rules.minutes} minutes. Ctrl-C stops the server; nothing is lost.`);
  await new Promise<void>((done) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => done());
  });
  await Promise.all([running.close(), operating.close()]);
  await database.close();
}

function urlOf(mode: ServerMode, port: number): string {
  if (mode === "kiosk") return `http://127.0.0.1:${port}/`;
  const own = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === "IPv4" && !address.internal);
  return `http://${own?.address ?? "127.0.0.1"}:${port}/`;
}
