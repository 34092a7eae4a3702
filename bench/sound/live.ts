import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";

/**
 * Live sound as whoever plays it gets it, while the simulated arm plays in real time: over TCP and through a pipe, and what
 * players that never read do to the arm.
 *
 *     npx tsx bench/sound/live.ts [piece]
 *
 * The first run is without live sound: what the stream has in hand in the others is to be compared with it.
 * `--rounds n` runs all of it n times; `--only part-of-a-name` some of it; `--burn n` beside so many busy processes.
 * Prints the program's own lines on sound and stream, and from this side of the socket or pipe: how unevenly the pieces came,
 * and how often a player that began when the first came would have had nothing left to play.
 */
const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const piece = process.argv[2]?.startsWith("--") === false ? process.argv[2] : "twinkle";
/** 48 kHz, two channels, 16 bit [bytes/s]. */
const BYTES_PER_S = 192_000;

/** What came, and when. */
class Player {
  readonly #cameS: number[] = [];
  #bytes = 0;
  #beganS = NaN;
  #playedUntilS = -Infinity;
  #underruns = 0;
  #leastAheadS = Infinity;

  listen(stream: Readable): void {
    stream.on("data", (piece: Buffer) => this.#take(piece.length));
    stream.on("error", () => undefined);
  }

  #take(bytes: number): void {
    const nowS = performance.now() / 1e3;
    const aheadS = this.#playedUntilS - nowS;
    if (Number.isNaN(this.#beganS)) [this.#beganS, this.#playedUntilS] = [nowS, nowS];
    else if (aheadS < 0) [this.#underruns, this.#playedUntilS] = [this.#underruns + 1, nowS];
    else this.#leastAheadS = Math.min(this.#leastAheadS, aheadS);
    this.#playedUntilS += bytes / BYTES_PER_S;
    this.#bytes += bytes;
    this.#cameS.push(nowS);
  }

  toString(): string {
    const gaps = this.#cameS.slice(1).map((t, i) => 1e3 * (t - this.#cameS[i]!));
    const sorted = gaps.sort((a, b) => a - b);
    const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(1);
    return (
      `${(this.#bytes / BYTES_PER_S).toFixed(1)} s came, from piece to piece ${at(0.5)} ms in the median, 99 % within ${at(0.99)}, at most ${at(1)}; ` +
      `${this.#underruns} underruns, least ahead ${(1e3 * this.#leastAheadS).toFixed(0)} ms`
    );
  }
}

interface Listening {
  readonly name: string;
  readonly reads: boolean;
  readonly over: "tcp" | "pipe" | "nobody";
}

async function perform({ name, reads, over }: Listening): Promise<void> {
  const player = new Player();
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    if (reads) player.listen(socket);
    else socket.pause();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const to = over === "tcp" ? `127.0.0.1:${(server.address() as AddressInfo).port}` : "-";
  const out = mkdtempSync(join(tmpdir(), "live-"));
  const live = over === "nobody" ? [] : ["--live-sound", to];
  const child = spawn("node", ["src/cli/cellist.js", "perform", piece, ...live, "--out", join(out, "take")], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const words = (stream: Readable): void =>
    void stream.on("data", (text: Buffer) => (said += text.toString()));
  words(child.stderr);
  if (over !== "pipe") words(child.stdout);
  else if (reads) player.listen(child.stdout);
  else child.stdout.pause();
  const [code] = (await once(child, "exit")) as [number | null];
  server.close();
  rmSync(out, { recursive: true, force: true });
  console.log(`${name}: exit code ${code}${reads ? `; ${player.toString()}` : ""}`);
  for (const line of said.split("\n"))
    if (/live sound|^stream|no live sound|error|refused|^cellist:/i.test(line))
      console.log(`    ${line.trim()}`);
}

const all: readonly Listening[] = [
  { name: "no live sound", over: "nobody", reads: false },
  { name: "TCP, read", over: "tcp", reads: true },
  { name: "pipe, read", over: "pipe", reads: true },
  { name: "TCP, never read", over: "tcp", reads: false },
  { name: "pipe, never read", over: "pipe", reads: false },
];
const burners = Array.from({ length: Number(argument("--burn") ?? 0) }, () =>
  spawn("node", ["-e", "for (;;) {}"], { stdio: "ignore" }),
);
process.on("exit", () => burners.forEach((burner) => burner.kill())); // and the sockets of players that never read
for (let round = 0; round < Number(argument("--rounds") ?? 1); round++)
  for (const how of all) if (how.name.includes(argument("--only") ?? "")) await perform(how);
process.exit(0);
