import { spawn, type ChildProcess } from "node:child_process";
import { participantApp } from "../../src/listening-test/server/participant-app.ts";
import { serveApp } from "../../src/listening-test/server/serve.ts";
import { openDatabase } from "../../src/listening-test/store/open-database.ts";
import { StudyStore } from "../../src/listening-test/store/study-store.ts";
import { sampleStudy } from "../../test/listening-test/sample-server.ts";

/** What a served study is like: recordings of so many seconds (8 kHz, 16 bit), on this port, answers in this file. */
export interface ServedStudy {
  readonly path: string;
  readonly port: number;
  readonly durationS: number;
}

/** Serves the sample study in this process until it is killed. Recordings count as heard at once. */
export async function serveStudy({ path, port, durationS }: ServedStudy): Promise<void> {
  const study = sampleStudy({ playedShare: 0 }, durationS);
  const store = await StudyStore.open(await openDatabase(path), study, 0);
  const pages = { html: "", script: "", style: "" };
  const options = { study, store, pages, mode: "network" as const, secureCookies: false, now: Date.now };
  await serveApp(participantApp(options), { host: "127.0.0.1", port });
  process.send!("ready");
}

/** Runs this very bench again as `serve SETTINGS`, in a process that can be killed; resolves when it listens. */
export function startServer(served: ServedStudy): Promise<ChildProcess> {
  return new Promise((ready, failed) => {
    const args = [...process.execArgv, process.argv[1]!, "serve", JSON.stringify(served)];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    child.once("message", () => ready(child));
    child.once("exit", (code) => failed(new Error(`the server ended with ${code} before it listened`)));
  });
}
