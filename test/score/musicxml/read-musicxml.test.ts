import { expect, it } from "vitest";
import { secondsAtTick } from "../../../src/score/tempo.ts";
import { refusal } from "../refusal.ts";
import { document, dynamics, names, notations, note, parts, read, rest, wedge } from "./document.ts";

const FOUR = note("C3") + note("D3") + note("E3") + note("F3");
const slur = (type: string, number = 1): string => `<slur type="${type}" number="${number}"/>`;

it("joins tied notes to one, across the bar line, and keeps rests as gaps", () => {
  const tie = (type: string): string => `<tie type="${type}"/>`;
  const score = read(
    document(rest(4) + note("D3", 4, tie("start")), note("D3", 4, tie("stop")) + note("E3", 4)),
  );
  // 480 ticks a quarter: a half rest, then D for a whole note over the bar line
  expect(score.notes.map(({ startTick, endTick }) => [startTick, endTick])).toEqual([
    [960, 2880],
    [2880, 3840],
  ]);
});

it("reads slurs, bow marks, strings and articulations off the notes", () => {
  const score = read(
    document(
      note("D3", 2, notations(slur("start") + "<technical><up-bow/><string>2</string></technical>")) +
        note("E3", 2, notations(slur("stop"))) +
        note("F3", 2, notations("<articulations><staccato/></articulations>")) +
        note("G3", 2, notations("<articulations><accent/><staccato/></articulations>")),
    ),
  );
  expect(score.notes.map((n) => [n.slurredFromPrevious, n.articulation, n.bow, n.string])).toEqual([
    [false, "legato", "up", "D"],
    [true, "legato", undefined, undefined],
    [false, "staccato", undefined, undefined],
    [false, "martele", undefined, undefined],
  ]);
});

it("keeps staccato under a slur: a hooked bow", () => {
  const dot = "<articulations><staccato/></articulations>";
  const { notes } = read(
    document(note("D3", 4, notations(slur("start") + dot)) + note("E3", 4, notations(slur("stop") + dot))),
  );
  expect(notes.map((n) => [n.slurredFromPrevious, n.articulation])).toEqual([
    [false, "staccato"],
    [true, "staccato"],
  ]);
});

it("lets a dynamic hold, a hairpin lead to the next one, and a sforzato be an accent", () => {
  const { notes } = read(
    document(
      dynamics("p") + wedge("crescendo") + note("D3", 4) + note("E3", 4) + wedge("stop"),
      dynamics("f") + note("F3") + dynamics("sfz") + note("G3") + rest(4),
    ),
  );
  // p = 1 to f = 4 over two equal notes: 1 to 2.5 to 4; the middles 1.75 and 3.25 are nearest to mp and mf
  expect(notes.map(({ dynamic, swell }) => [dynamic, swell?.fromLevel, swell?.toLevel])).toEqual([
    ["mp", 1, 2.5],
    ["mf", 2.5, 4],
    ["f", undefined, undefined],
    ["f", undefined, undefined],
  ]);
  expect(notes[3]!.articulation).toBe("accent");
});

it("swells and fades inside one note, where two hairpins meet in it or one begins or ends in it", () => {
  const tie = (type: string): string => `<tie type="${type}"/>`;
  // a whole note as two tied halves: p < f in its middle > and back to p at the next note
  const { notes } = read(
    document(
      dynamics("p") + wedge("crescendo") + note("D3", 4, tie("start")) + wedge("stop") + dynamics("f") +
        wedge("diminuendo") + note("D3", 4, tie("stop")) + wedge("stop"), // prettier-ignore
      dynamics("p") +
        note("E3", 4, tie("start")) +
        wedge("crescendo") +
        note("E3", 4, tie("stop")) +
        wedge("stop"),
      dynamics("ff") + note("F3", 8),
    ),
  );
  expect(notes.map(({ swell }) => swell)).toEqual([
    { fromLevel: 1, toLevel: 1, turns: [{ share: 0.5, level: 4 }] },
    { fromLevel: 1, toLevel: 5, turns: [{ share: 0.5, level: 1 }] },
    undefined,
  ]);
  // means: half-way between p and f; p for half the note and half-way p to ff for the other: 2.5 and 2
  expect(notes.map(({ dynamic }) => dynamic)).toEqual(["mf", "mp", "ff"]);
});

it("does not let a swell inside a note reach for the dynamic of the note after it", () => {
  const tie = (type: string): string => `<tie type="${type}"/>`;
  const { notes } = read(
    document(
      dynamics("p") + wedge("crescendo") + note("D3", 4, tie("start")) + wedge("stop") + wedge("diminuendo") +
        note("D3", 4, tie("stop")) + wedge("stop"), // prettier-ignore
      dynamics("ff") + note("F3", 8),
    ),
  );
  expect(notes[0]!.swell).toEqual({ fromLevel: 1, toLevel: 1, turns: [{ share: 0.5, level: 2 }] });
});

it("holds a note under a fermata 1.75 times as long and gives the tempo back after it", () => {
  const tempo = '<direction><sound tempo="60"/></direction>';
  const { tempos, ticksPerQuarter } = read(
    document(tempo + note("C3", 4) + note("D3", 4, notations("<fermata/>")), FOUR),
  );
  // two seconds, two held for 3.5, then four
  expect([960, 1920, 3840].map((tick) => secondsAtTick(tempos, ticksPerQuarter, tick))).toEqual([
    2, 5.5, 9.5,
  ]);
});

it("takes the tempo from a metronome mark with dots, in whichever part it stands", () => {
  const mark =
    "<direction><direction-type><metronome><beat-unit>quarter</beat-unit><beat-unit-dot/><per-minute>40</per-minute></metronome></direction-type></direction>";
  const { tempos } = read(parts({ Flute: [mark + note("C5", 8)], Cello: [FOUR] }), { part: "cello" });
  expect(tempos).toEqual([{ tick: 0, usPerQuarter: 1_000_000 }]); // 40 dotted quarters are 60 quarters
});

it("plays grace notes on the beat, slurred into their note, and says so", () => {
  const grace =
    '<note><grace slash="yes"/><pitch><step>E</step><octave>3</octave></pitch><voice>1</voice></note>';
  const score = read(document(grace + note("D3", 4) + note("F3", 4)));
  expect(names(score)).toBe("E3 D3 F3");
  expect(score.notes.map(({ startTick }) => startTick)).toEqual([0, 60, 960]); // a 1/32 is 60 ticks
  expect(score.notes[1]!.slurredFromPrevious).toBe(true);
  expect(score.ignored.join()).toContain("grace notes: 1 played on the beat");
});

it("gives a leaning grace note half of the note it leans on", () => {
  const grace = "<note><grace/><pitch><step>E</step><octave>3</octave></pitch><voice>1</voice></note>";
  const score = read(document(grace + note("D3", 4) + note("F3", 4)));
  expect(score.notes.map(({ startTick }) => startTick)).toEqual([0, 480, 960]);
});

it("makes chords of two one double stop, also when two voices write it, and refuses three", () => {
  const chord = note("D3", 4) + note("A3", 4, "", true);
  const voices =
    note("G2", 4) +
    "<backup><duration>4</duration></backup>" +
    note("D3", 4).replace(">1</voice>", ">2</voice>");
  expect(names(read(document(chord + voices)))).toBe("D3+A3 G2+D3");
  const three = refusal("score-invalid", () => read(document(chord + note("F#3", 4, "", true) + rest(4))));
  expect(three).toContain("three notes or more sound at once at bar 1 beat 1");
  expect(names(read(document(chord + voices), { voice: "bottom" }))).toBe("D3 G2");
});

it("sounds a transposing part where it sounds, key and all", () => {
  const clarinet =
    "<attributes><key><fifths>2</fifths></key><transpose><chromatic>-2</chromatic></transpose></attributes>";
  const score = read(document(clarinet + FOUR));
  expect(names(score)).toBe("A#2 C3 D3 D#3");
  expect(score.keys).toEqual([{ tick: 0, fifths: 0, minor: false }]); // D major a tone lower is C major
  expect(names(read(document(FOUR), { transpose: -12 }))).toBe("C2 D2 E2 F2");
});

it("reads a pickup as a short first bar", () => {
  const pickup = `<measure number="0" implicit="yes">${note("G3")}</measure>`;
  expect(read(document(pickup, FOUR)).meters).toEqual([
    { tick: 0, beatsPerBar: 1, beatUnit: 4 },
    { tick: 480, beatsPerBar: 4, beatUnit: 4 },
  ]);
});

it("plays one or two tremolo beams as repeated notes and keeps three as a tremolo", () => {
  const beams = (count: number): string =>
    notations(`<ornaments><tremolo type="single">${count}</tremolo></ornaments>`);
  const { notes } = read(document(note("D3", 4, beams(1)) + note("E3", 4, beams(3))));
  expect(notes.map(({ startTick, articulation }) => [startTick, articulation])).toEqual([
    [0, "detache"],
    [240, "detache"],
    [480, "detache"],
    [720, "detache"],
    [960, "tremolo"],
  ]);
});

it("counts the beams of an eighth note with those of its tremolo: one more means sixteenths", () => {
  const beamed = (name: string, count: number): string =>
    note(name, 1, notations(`<ornaments><tremolo type="single">${count}</tremolo></ornaments>`)).replace(
      "</voice>",
      "</voice><type>eighth</type>",
    );
  const { notes } = read(document(beamed("D3", 1) + beamed("E3", 2) + note("F3", 6)));
  expect(notes.map(({ startTick, articulation }) => [startTick, articulation])).toEqual([
    [0, "detache"],
    [120, "detache"],
    [240, "tremolo"],
    [480, "detache"],
  ]);
});

it("says what it does not play: other parts, trills, pizzicato, phrase marks", () => {
  const pizz = "<direction><direction-type><words>pizz.</words></direction-type></direction>";
  const score = read(
    parts({
      Cello: [
        pizz +
          note("C3", 2, notations(slur("start", 1) + slur("start", 2))) +
          note("D3", 2, notations(slur("stop", 2) + "<ornaments><trill-mark/></ornaments>")) +
          note("E3") +
          note("F3", 2, notations(slur("stop", 1))),
      ],
      Piano: [note("C4", 8)],
    }),
    { part: 1 },
  );
  expect(score.notes.map(({ slurredFromPrevious }) => slurredFromPrevious)).toEqual([
    false,
    true,
    false,
    false,
  ]);
  const said = score.ignored.join("\n");
  for (const what of [
    'part 2 "Piano" (P2, 1 note): not played',
    "trill-mark: 1, first in measure 1",
    '"pizz."',
    "phrase marks: 1",
  ])
    expect(said).toContain(what);
});

it("reads a timewise score like a partwise one", () => {
  const partwise = document(FOUR, FOUR);
  const timewise = partwise
    .replace(/<part id="P1">|<\/part>/g, "")
    .replaceAll("score-partwise", "score-timewise")
    .replace(/<measure([^>]*)>/g, '<measure$1><part id="P1">')
    .replaceAll("</measure>", "</part></measure>");
  expect(read(timewise).notes).toEqual(read(partwise).notes);
});

it("refuses in one sentence with part, measure and beat", () => {
  const bad = (...measures: readonly string[]): string =>
    refusal("musicxml-invalid", () => read(document(...measures)));
  expect(bad(FOUR, FOUR + note("C3"))).toBe(
    'part "Cello", measure 2, beat 5: the measure holds 5 beats where 4/4 has 4.',
  );
  expect(bad(FOUR, rest() + note("C3").replace("<duration>2</duration>", ""))).toBe(
    'part "Cello", measure 2, beat 2: a <note> has no readable duration ("").',
  );
  expect(bad(note("C3").replace(">C<", ">H<"))).toContain(
    'measure 1, beat 1: a note has no readable pitch (step "H"',
  );
  expect(bad(note("C3").replace("</step>", "</step><alter>0.5</alter>"))).toContain(
    "altered by 0.5 semitones",
  );
  expect(bad("<backup><duration>2</duration></backup>")).toContain("goes back before the start");
  expect(refusal("musicxml-invalid", () => read("<opus/>"))).toContain("its root is <opus>");
  expect(refusal("musicxml-invalid", () => read("<score-partwise><part>"))).toContain("at line 1 column");
  expect(refusal("score-invalid", () => read(document(rest(8))))).toBe("the file holds no notes.");
  expect(refusal("score-invalid", () => read(parts({ A: [FOUR], B: [FOUR] })))).toContain(
    "2 parts play; choose one",
  );
  expect(refusal("score-invalid", () => read(document(note("C7", 8))))).toContain(
    "C7 at bar 1 beat 1 lies above",
  );
  expect(refusal("usage", () => read(document(FOUR), { clef: "tenor" }))).toContain("holds pitches");
});

it("refuses entities of its own making, so that no text can grow", () => {
  const bomb = '<!DOCTYPE score-partwise [<!ENTITY a "aaaa">]><score-partwise>&a;</score-partwise>';
  expect(refusal("musicxml-invalid", () => read(bomb))).toContain("not well-formed");
});
