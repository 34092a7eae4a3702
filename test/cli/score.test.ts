import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { document, note } from "../score/musicxml/document.ts";
import { calledHere } from "./called-here.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-score-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A slashed grace note that the musician would take on the A string, and from which the arm cannot cross to D in time. */
const file = join(folder, "grace.musicxml");
const grace =
  '<note><grace slash="yes"/><pitch><step>A</step><octave>3</octave></pitch><voice>1</voice></note>';
writeFileSync(file, document(note("G3", 4) + grace + note("G3", 4)));
const strings = (text: string): string =>
  [...text.matchAll(/<words[^>]*>([CGDA]+)<\/words>/g)].map(([, letter]) => letter).join(" ");

it("draws the written tempo and loudness where rules of expression move every beat and note", async () => {
  const drawn = join(folder, "expressed.musicxml");
  const rules = "phrase=1,accent=1,variation=1,seed=3";
  await calledHere("score", "twinkle", "--as-written", "--express", rules, "--musicxml", drawn);
  const text = readFileSync(drawn, "utf8");
  expect(text.match(/<metronome/g)).toHaveLength(1);
  expect(text).not.toContain("<wedge");
});

it("names the fingers that a cellist has", async () => {
  const { stdout } = await calledHere("plan", "bach-minuet", "--left-hand", "human");
  expect(stdout).toContain("finger 4 extended, hand 2 semitones from the nut"); // F#2 on C, in bar 7
  expect(stdout).not.toMatch(/finger [56]/);
});

it("names the fingers of a double stop in the order of its notes and forces, the lower first", async () => {
  const { stdout } = await calledHere("plan", "double-stop-study", "--left-hand", "human");
  const line = stdout.split("\n").find((text) => text.includes("G2+B3"));
  expect(line).toMatch(/ GD .* open and finger 1, hand 9 semitones from the nut$/); // G is open; B3 is 9 above the open D
});

it("writes other bowings into the JSON of the plan, no more than were asked for", async () => {
  const four = join(folder, "four.musicxml");
  writeFileSync(four, document(note("D3"), note("E3"), note("B3"), note("F3")));
  const { stdout } = await calledHere("plan", four, "--alternatives", "2", "--json");
  const said = JSON.parse(stdout) as { notes: unknown[]; alternatives: { ways: unknown[] } };
  expect(said.notes).toHaveLength(4);
  expect(said.alternatives.ways).toHaveLength(2);
});

it.each([
  ["plan", []],
  ["score", ["--musicxml", join(folder, "said.musicxml")]],
])("cellist %s says what of the file is not played as it stands there", async (command, options) => {
  const { stdout } = await calledHere(command, file, "--tempo", "50%", ...options);
  expect(stdout).toContain("note: grace notes: 1 played on the beat");
});

it("names the way to a picture of a piece that no bow can play", async () => {
  const tie = '<tie type="start"/>';
  const long = join(folder, "long.musicxml");
  writeFileSync(
    long,
    document(
      ...Array.from({ length: 12 }, (_, i) =>
        note("D3", 8, `${i > 0 ? '<tie type="stop"/>' : ""}${i < 11 ? tie : ""}`),
      ),
    ),
  );
  const drawn = join(folder, "long.svg");
  const { status, stderr } = await calledHere("score", long, "--svg", drawn);
  expect(status).toBe(1);
  expect(stderr).toContain("--as-written draws it without a bowing");
  expect((await calledHere("score", long, "--as-written", "--svg", drawn)).status).toBe(0);
});

it("draws the bowing that is performed, not one that the arm cannot follow", async () => {
  const drawn = join(folder, "drawn.musicxml");
  const args = [file, "--tempo", "50%"];
  expect(await calledHere("score", ...args, "--musicxml", drawn)).toMatchObject({ status: 0, stderr: "" });
  const { stdout } = await calledHere("plan", ...args, "--json");
  const { notes } = JSON.parse(stdout) as { notes: { string: string }[] };
  expect(notes.map((one) => one.string).join(" ")).toBe("D D D");
  expect(strings(readFileSync(drawn, "utf8"))).toBe("D");
});
