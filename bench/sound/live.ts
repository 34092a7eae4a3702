import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { PerformanceReport } from "../../src/evaluation/performance-report.ts";

/**
 * Live sound as whoever plays it gets it, while the simulated arm plays in real time: over TCP and through a pipe, and what
 * players that never read do to the arm.
 *
 *     npx tsx bench/sound/live.ts [piece]
 *
 * The first run of every round is without live sound, under the same load: the others are compared with it.
 * `--rounds n` runs all of it n times; `--only part-of-a-name` some of it; `--burn n` beside so many busy processes.
 * Prints the program's own lines on sound and stream, and from this side of the socket or pipe: how unevenly the pieces came,
 * and how often a player that began when the first came would have had nothing left to play. Ends with a verdict: exit code 0
 * where live sound left the arm on time in every run, 1 where it was late and is not without live sound, 2 where the machine
 * is too busy to tell.
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

/** How the arm fared. */
interface Arm {
  readonly code: number | null;
  /** What is not as the score and the controller's clock ask; empty: on time. */
  readonly troubles: readonly string[];
  readonly minAheadS: number;
  readonly onsetP95S: number;
}

/** The path in hand may come so near to its end [s]: half of what is sent ahead. */
const LEAST_AHEAD_S = 0.3;

function armOf(folder: string, code: number | null): Arm {
  try {
    const { streaming, onsets, completeness } = JSON.parse(
      readFileSync(join(folder, "report.json"), "utf8"),
    ) as PerformanceReport;
    const minAheadS = streaming.minAheadS ?? 0;
    const troubles = [
      code === 0 ? "" : `exit code ${code}`,
      streaming.lostSamples > 0 ? `${streaming.lostSamples} cycles lost` : "",
      streaming.starvations > 0 ? `${streaming.starvations} times without path` : "",
      minAheadS < LEAST_AHEAD_S ? `${(1e3 * minAheadS).toFixed(0)} ms ahead` : "",
      completeness.played < completeness.planned ? "notes missing" : "",
    ].filter(Boolean);
    return { code, troubles, minAheadS, onsetP95S: onsets.p95AbsS ?? NaN };
  } catch {
    return { code, troubles: [`exit code ${code}, no report`], minAheadS: 0, onsetP95S: NaN };
  }
}

async function perform({ name, reads, over }: Listening): Promise<Arm> {
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
  const arm = armOf(join(out, "take"), code);
  rmSync(out, { recursive: true, force: true });
  console.log(`${name}: ${arm.troubles.join(", ") || "on time"}${reads ? `; ${player.toString()}` : ""}`);
  for (const line of said.split("\n"))
    if (/live sound|^stream|no live sound|error|refused|^cellist:/i.test(line))
      console.log(`    ${line.trim()}`);
  return arm;
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
const arms = new Map(all.map(({ name }): [string, Arm[]] => [name, []]));
const [control, ...others] = all as [Listening, ...Listening[]];
const wanted = [control, ...others.filter(({ name }) => name.includes(argument("--only") ?? ""))];
for (let round = 0; round < Number(argument("--rounds") ?? 1); round++)
  for (const how of wanted) arms.get(how.name)!.push(await perform(how));

console.log("");
let [late, lateWithout, code] = [0, 0, 0];
for (const { name } of wanted) {
  const runs = arms.get(name)!;
  const lateRuns = runs.filter(({ troubles }) => troubles.length > 0);
  const least = Math.min(...runs.map(({ minAheadS }) => minAheadS));
  const onsets = Math.max(...runs.map(({ onsetP95S }) => onsetP95S).filter(Number.isFinite));
  if (name === control.name) lateWithout = lateRuns.length;
  else late += lateRuns.length;
  console.log(
    `${name.padEnd(18)} late in ${lateRuns.length} of ${runs.length} runs; least ahead ${(1e3 * least).toFixed(0)} ms; 95 % of onsets within ${(1e3 * onsets).toFixed(1)} ms at worst`,
  );
}
if (late > 0) code = lateWithout > 0 ? 2 : 1;
console.log(
  [
    "live sound left the arm on time in every run",
    "LATE with live sound, never without it under the same load",
    "the machine is too busy to tell: late without live sound, too",
  ][code],
);
process.exit(code);
