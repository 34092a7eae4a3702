import { expect, it } from "vitest";
import { seededRandom } from "../../../src/math/random.ts";
import {
  dynamicAtLevel,
  loudnessOf,
  velocityAtLevel,
  VELOCITY_OF_DYNAMIC,
} from "../../../src/score/dynamics.ts";
import { spellPitch } from "../../../src/score/musicxml/spell-pitch.ts";
import { writeMusicXml } from "../../../src/score/musicxml/write-musicxml.ts";
import { barTicks } from "../../../src/score/position.ts";
import {
  ARTICULATIONS,
  DYNAMICS,
  type Score,
  type ScoreNote,
  STRING_NAMES,
  type Swell,
} from "../../../src/score/score.ts";
import { holdFermatas } from "../../../src/score/hold-fermatas.ts";
import { secondsAtTick } from "../../../src/score/tempo.ts";
import { document, dynamics, notations, note, read, rest, wedge } from "./document.ts";

type Random = () => number;
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

/** A random score of what MusicXML can say, full bars, some after an upbeat, in eighths, triplets and dotted values. */
function randomScore(random: Random): Score {
  const first = pick(random, [
    { tick: 0, beatsPerBar: 4, beatUnit: 4 },
    { tick: 0, beatsPerBar: 3, beatUnit: 4 },
    { tick: 0, beatsPerBar: 6, beatUnit: 8 },
  ]);
  const upbeat = { ...first, beatsPerBar: 1 };
  const upbeatTicks = random() < 0.3 ? barTicks(480, upbeat) : 0;
  const meter = { ...first, tick: upbeatTicks };
  const full = barTicks(480, meter);
  const notes: ScoreNote[] = [];
  let tick = 0;
  let dynamic = pick(random, DYNAMICS);
  const count = 3 + Math.floor(random() * 25);
  while (notes.length < count) {
    if (random() < 0.2) tick += pick(random, [240, 480, 960]);
    const [startTick, endTick] = [
      tick,
      tick + pick(random, [120, 160, 240, 320, 360, 480, 600, 720, 960, 2400]),
    ];
    tick = endTick;
    if (random() < 0.2) dynamic = pick(random, DYNAMICS);
    const slurred = notes.length > 0 && random() < 0.4;
    const before = notes.at(-1);
    const free = pick(
      random,
      // two lines or more under a slur are portato
      ARTICULATIONS.filter((one) => one !== "legato" && one !== "detache" && !(slurred && one === "tenuto")),
    );
    const midi = 45 + Math.floor(random() * 30);
    if (slurred && before?.articulation === "detache")
      notes.splice(-1, 1, { ...before, articulation: "legato" });
    notes.push({
      index: notes.length,
      startTick,
      endTick,
      midi,
      ...(random() < 0.1 && { lowerMidi: midi - 7 }),
      velocity: VELOCITY_OF_DYNAMIC[dynamic],
      dynamic,
      articulation: random() < 0.3 ? free : slurred ? "legato" : "detache",
      slurredFromPrevious: slurred,
      ...(!slurred && random() < 0.2 && { bow: pick(random, ["down", "up"] as const) }),
      ...(random() < 0.2 && { string: pick(random, STRING_NAMES) }),
    });
  }
  const bars = Math.ceil((tick - upbeatTicks) / full);
  const tempos = [
    { tick: 0, usPerQuarter: 300_000 + Math.floor(random() * 900_000) },
    { tick: 240 + Math.floor(random() * 1000), usPerQuarter: 400_000 },
  ];
  const fermatas = notes
    .filter(() => random() < 0.1)
    .map(({ startTick, endTick }) => ({ fromTick: startTick, toTick: endTick }));
  return {
    title: pick(random, ["Étude", "A & B <C>", "曲"]),
    composer: 'Anon "the" Nobody',
    ticksPerQuarter: 480,
    tempos: holdFermatas(tempos, fermatas),
    ...(fermatas.length > 0 && { fermatas }),
    meters: upbeatTicks > 0 ? [upbeat, meter] : [meter],
    keys: [{ tick: 0, fifths: Math.floor(random() * 13) - 6, minor: random() < 0.5 }],
    notes,
    endTick: upbeatTicks + bars * full,
    ignored: [],
    provenance: { sha256: "" },
  };
}

it("is read back as the same score, for any score", () => {
  const random = seededRandom(4);
  for (let round = 0; round < 150; round++) {
    const score = randomScore(random);
    const again = read(writeMusicXml(score));
    expect({ ...again, provenance: score.provenance }, `round ${round}`).toEqual(score);
  }
});

it("draws a fermata over a note or a rest as one sign, with no tempo mark of its own", () => {
  // D3 half, tied on over the bar and held there; then a held rest: at 120 a minute as at first, and no other number
  const tie = (type: string): string => `<tie type="${type}"/>`;
  const fermata = notations("<fermata/>");
  const half = note("D3", 4);
  const score = read(
    document(half + note("D3", 4, tie("start")), note("D3", 4, tie("stop") + fermata) + rest(4, fermata)),
  );
  const text = writeMusicXml(score);
  expect(text.match(/<fermata/g)).toHaveLength(2);
  expect(text.match(/<metronome/g)).toHaveLength(1);
  expect(text.match(/<sound tempo="[^"]*"/g)).toEqual(['<sound tempo="120"']);
  // a half of 1 s, four quarters held for 3.5 instead of 2 s, a rest for 1.75 instead of 1 s
  expect(secondsAtTick(score.tempos, score.ticksPerQuarter, score.endTick)).toBeCloseTo(1 + 3.5 + 1.75, 6);
});

it("brings hairpins back", () => {
  const swelling = (levels: readonly (readonly [number, number])[]): Score => {
    const score = randomScore(seededRandom(1));
    const notes = levels.map(([fromLevel, toLevel], index): ScoreNote => {
      const dynamic = DYNAMICS[Math.floor((fromLevel + toLevel) / 2 + 0.5)]!;
      const velocity = velocityAtLevel((fromLevel + toLevel) / 2);
      const swell = fromLevel === toLevel ? {} : { swell: { fromLevel, toLevel } };
      const [startTick, endTick] = [index * 480, (index + 1) * 480];
      return {
        index,
        startTick,
        endTick,
        midi: 50,
        velocity,
        dynamic,
        articulation: "detache",
        slurredFromPrevious: false,
        ...swell,
      };
    });
    return { ...score, meters: [{ tick: 0, beatsPerBar: 4, beatUnit: 4 }], notes, endTick: 1920 };
  };
  for (const levels of [
    [
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 4],
    ],
    [
      [4, 1],
      [1, 1],
      [1, 2],
      [2, 2],
    ],
    [
      [0, 2.5],
      [2.5, 5],
      [5, 4],
      [4, 4],
    ],
  ] as const)
    expect(read(writeMusicXml(swelling(levels))).notes).toEqual(swelling(levels).notes);
});

it("brings swells back that turn inside a note", () => {
  const plain = randomScore(seededRandom(1));
  const swells: readonly (Swell | undefined)[] = [
    { fromLevel: 1, toLevel: 1, turns: [{ share: 0.5, level: 4 }] },
    { fromLevel: 1, toLevel: 3, turns: [{ share: 0.25, level: 1 }] },
    { fromLevel: 3, toLevel: 3, turns: [{ share: 0.25, level: 4 }, { share: 0.75, level: 2 }] }, // prettier-ignore
    { fromLevel: 3, toLevel: 4, turns: [{ share: 0.5, level: 4 }] },
    undefined,
  ];
  const notes = swells.map((swell, index): ScoreNote => {
    const loud = { dynamic: "f" as const, ...(swell && { swell }) };
    const level = loudnessOf(loud);
    return {
      ...{
        index,
        startTick: index * 1440,
        endTick: (index + 1) * 1440,
        midi: 50,
        velocity: velocityAtLevel(level),
      },
      ...{ articulation: "detache", slurredFromPrevious: false, ...loud, dynamic: dynamicAtLevel(level) },
    };
  });
  const score = { ...plain, meters: [{ tick: 0, beatsPerBar: 4, beatUnit: 4 }], notes, endTick: 7200 };
  expect(read(writeMusicXml(score)).notes).toEqual(notes);
});

it("spells pitches by the key: F sharp in G, E flat in F, G sharp in A minor", () => {
  const name = (midi: number, fifths: number): string => {
    const { step, alter, octave } = spellPitch(midi, fifths);
    return step + (alter > 0 ? "#".repeat(alter) : "b".repeat(-alter)) + octave;
  };
  expect([name(54, 1), name(51, -1), name(56, 0), name(60, 7), name(59, -7), name(58, 0)]).toEqual([
    "F#3",
    "Eb3",
    "G#3",
    "B#3",
    "Cb4",
    "Bb3",
  ]);
  expect(spellPitch(58, 1, "up")).toEqual({ step: "A", alter: 1, octave: 3 }); // A sharp leads to B
  expect(spellPitch(56, 0, "down")).toEqual({ step: "A", alter: -1, octave: 3 }); // A flat leads to G
  for (let fifths = -7; fifths <= 7; fifths++)
    for (let midi = 36; midi <= 81; midi++) {
      const { step, alter, octave } = spellPitch(midi, fifths);
      expect((octave + 1) * 12 + "C D EF G A B".indexOf(step) + alter).toBe(midi);
    }
});

it("ends every hairpin once, also one that ends with its bar", () => {
  const xml = document(
    wedge("crescendo") + note("C3", 8) + wedge("stop"),
    wedge("diminuendo") + note("D3", 8) + wedge("stop"),
    note("E3", 8),
  );
  const written = [...writeMusicXml(read(xml)).matchAll(/<wedge type="(\w+)"/g)].map(([, type]) => type);
  expect(written).toEqual(["crescendo", "stop", "diminuendo", "stop"]);
});

it("draws one hairpin over notes with rests between them, and reads it back", () => {
  const score = read(
    document(
      dynamics("p") + wedge("crescendo") + note("C3") + rest() + note("D3") + rest(),
      rest(4) + note("E3", 4) + wedge("stop"),
      dynamics("f") + note("F3", 8),
    ),
  );
  const text = writeMusicXml(score);
  expect(text.match(/<wedge/g)).toHaveLength(2);
  expect(read(text).notes).toEqual(score.notes);
});

it("draws a hairpin that ends in a rest as far as it goes", () => {
  const score = read(
    document(
      dynamics("p") + wedge("crescendo") + note("C3", 4) + rest(2) + wedge("stop") + rest(2),
      dynamics("f") + wedge("diminuendo") + note("D3", 4) + rest(4),
      wedge("stop") + note("E3", 8),
    ),
  );
  // p to f in three beats, of which the note has two; f to mf in four
  expect(score.notes.map(({ swell }) => swell?.toLevel)).toEqual([3, 3.5, undefined]);
  expect(read(writeMusicXml(score)).notes).toEqual(score.notes);
});
