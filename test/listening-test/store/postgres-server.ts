import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface PostgresServer {
  readonly url: string;
  stop(): Promise<void>;
}

const ROOT = "/usr/lib/postgresql";
const bin = existsSync(ROOT)
  ? readdirSync(ROOT)
      .map((version) => join(ROOT, version, "bin"))
      .find((folder) => existsSync(join(folder, "initdb")))
  : undefined;

/** Where a server could be started from, as Debian installs it; undefined where there is none. */
export const POSTGRES_AT_HAND: string | undefined = bin;

/** A fresh server on a free port, in a folder that goes with it. It refuses root, so root lends it to `postgres`. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "cellist-postgres-"));
  const asPostgres = process.getuid?.() === 0 ? { uid: idOf("-u"), gid: idOf("-g") } : {};
  if (asPostgres.uid !== undefined) chownSync(folder, asPostgres.uid, asPostgres.gid);
  const cluster = join(folder, "cluster");
  execFileSync(
    join(bin!, "initdb"),
    ["-D", cluster, "-U", "study", "-A", "trust", "--no-sync", "--no-locale", "-E", "UTF8"],
    {
      ...asPostgres,
      cwd: folder,
      stdio: "ignore",
    },
  );
  const port = await freePort();
  const server = spawn(
    join(bin!, "postgres"),
    ["-D", cluster, "-p", String(port), "-h", "127.0.0.1", "-k", folder, "-c", "fsync=off"],
    { ...asPostgres, cwd: folder, stdio: "ignore" },
  );
  const gone = new Promise<void>((done) => server.once("exit", () => done()));
  for (let i = 0; i < 200 && !isReady(port); i++) await new Promise((wake) => setTimeout(wake, 50));
  return {
    url: `postgres://study@127.0.0.1:${port}/postgres`,
    stop: async () => {
      server.kill("SIGINT");
      await gone;
      rmSync(folder, { recursive: true });
    },
  };
}

const idOf = (flag: string): number => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));

function isReady(port: number): boolean {
  try {
    execFileSync(join(bin!, "pg_isready"), ["-h", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
