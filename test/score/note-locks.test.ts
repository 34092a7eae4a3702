import { expect, it } from "vitest";
import { lockNotes } from "../../src/score/note-locks.ts";
import { onOpenStrings } from "../../src/score/open-strings.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";
import { refusal } from "./refusal.ts";

const score = scoreOf([
  { quarters: 1 },
  { quarters: 1, slurredFromPrevious: true },
  { quarters: 2, midi: 60 },
]);
const refused = (text: string): string => refusal("markings-invalid", () => lockNotes(score, text));

it("locks bow, string, speed, force and contact point of the notes it names", () => {
  const { notes, provenance } = lockNotes(
    score,
    "1.1: { bow: up, string: G }\n1.3: { speedMps: 0.2, forceN: 1 }",
  );
  expect(notes[0]).toMatchObject({ bow: "up", string: "G" });
  expect(notes[0]).not.toHaveProperty("override");
  expect(notes[2]!.override).toEqual({ speedMps: 0.2, forceN: 1 });
  expect(provenance).not.toEqual(score.provenance);
  expect(lockNotes(score, "").notes).toEqual(score.notes);
});

it("breaks a slur where it is locked, and takes a bow there", () => {
  const { notes } = lockNotes(score, "1.2: { slur: break, bow: up }");
  expect(notes[1]).toMatchObject({ slurredFromPrevious: false, bow: "up" });
});

it("refuses locks on nothing, of nothing known, out of range or inside a slur", () => {
  expect(refused("9.1: { bow: up }")).toContain('"9.1" is a place where no note begins');
  expect(refused("1.4: { bow: up }")).toContain('"1.4" is a place where no note begins');
  expect(refused("first: { bow: up }")).toContain("is no bar.beat of this piece");
  expect(refused("1.1: { colour: red }")).toContain(
    "unknown key colour; known are bow, string, slur, speedMps",
  );
  expect(refused("1.1: { forceN: 50 }")).toContain('"1.1": forceN is "50"; it must be 0.05 to 5');
  expect(refused("1.1: { bow: left }")).toContain('"1.1": bow is "left"; it must be down or up');
  expect(refused("1.2: { bow: up }")).toContain("inside a slur");
  expect(refused("1.1: { slur: break }")).toContain("is not slurred to the note before it");
  expect(refused("1.2: { slur: stay }")).toContain("slur");
  expect(refused("- a")).toContain("must be places");
  expect(refused("1.1: [")).toMatch(/^the locks are not YAML at line \d: [^:]*[^.:]\.$/);
});

it("sounds the open string of every note's string, and says how many notes that changes", () => {
  const open = onOpenStrings(
    scoreOf([
      { quarters: 1, midi: 50 },
      { quarters: 1, midi: 55 },
      { quarters: 1, midi: 55, string: "G" },
    ]),
  );
  expect(open.notes.map(({ midi, string }) => [midi, string])).toEqual([
    [50, "D"],
    [50, "D"],
    [43, "G"],
  ]);
  expect(open.ignored).toEqual(["open strings: 2 of 3 notes sound their open string instead"]);
});
