import { DYNAMICS, type Dynamic, type StringName } from "../score.ts";
import { stringInWords } from "./string-words.ts";
import { swellInWords } from "./swell-words.ts";
import { childrenOf, textAt, type XmlElement } from "./xml-tree.ts";

/** What stands above or below the staff at a moment. */
export type Direction =
  | { readonly kind: "dynamic"; readonly value: Dynamic }
  /** sf, sfz, fp …: what the note here is begun with. */
  | ({ readonly kind: "sudden" } & Sudden)
  | { readonly kind: "wedge"; readonly type: "crescendo" | "diminuendo" | "stop"; readonly number: string }
  /** cresc., dim.; a line drawn from it says how far it reaches. */
  | { readonly kind: "swell-words"; readonly grows: boolean; readonly line?: string }
  | { readonly kind: "tempo"; readonly usPerQuarter: number }
  | { readonly kind: "jump"; readonly to: Jump }
  /** sul G …, loco; a line drawn from it says how far it reaches. */
  | { readonly kind: "string"; readonly string: StringName | "any"; readonly line?: string }
  | { readonly kind: "line-stop"; readonly line: string }
  | { readonly kind: "unplayed"; readonly what: string };

/** Signs of the way through a piece. */
export type Jump = "da-capo" | "dal-segno" | "segno" | "to-coda" | "coda" | "fine";

const SOUND_JUMPS: Readonly<Record<string, Jump>> = {
  dacapo: "da-capo",
  dalsegno: "dal-segno",
  segno: "segno",
  tocoda: "to-coda",
  coda: "coda",
  fine: "fine",
};

const WORD_JUMPS: readonly (readonly [RegExp, Jump])[] = [
  [/^(d\.? ?c\b\.?|da capo)/i, "da-capo"],
  [/^(d\.? ?s\b\.?|dal segno)/i, "dal-segno"],
  [/^to coda/i, "to-coda"],
  [/^fine$/i, "fine"],
];

/** How a note is begun that a sudden dynamic stands at. */
export interface Sudden {
  readonly isAccented: boolean;
  /** Its dynamic at the very beginning, and the one it soon has and leaves behind; absent = the one that holds. */
  readonly turn?: { readonly from: Dynamic; readonly to: Dynamic };
}

const SUDDEN: Readonly<Record<string, Sudden>> = {
  sf: { isAccented: true },
  sfz: { isAccented: true },
  sffz: { isAccented: true },
  fz: { isAccented: true },
  rf: { isAccented: true },
  rfz: { isAccented: true },
  sfp: { isAccented: true, turn: { from: "f", to: "p" } },
  sfzp: { isAccented: true, turn: { from: "f", to: "p" } },
  sfpp: { isAccented: true, turn: { from: "f", to: "pp" } },
  fp: { isAccented: true, turn: { from: "f", to: "p" } },
  ffp: { isAccented: true, turn: { from: "ff", to: "p" } },
  mfp: { isAccented: true, turn: { from: "mf", to: "p" } },
  pf: { isAccented: false, turn: { from: "p", to: "f" } },
};

/** Extreme dynamics are played as the nearest there is. */
const BEYOND: Readonly<Record<string, Dynamic>> = { ppp: "pp", pppp: "pp", fff: "ff", ffff: "ff" };

/** Words that change nothing that the bow does. */
const HARMLESS = /^(arco|legato|espr|dolce|cantabile|solo|tutti|senza sord|[a-z]$|\d+$|$)/i;

/** Words of tempo: what they ask for is played where a number stands beside them. */
const TEMPO_WORDS =
  /^(rit|rall|accel|string|allarg|a tempo|tempo|meno|pi[uù] mosso|più|stretto|morendo|smorz|rubato)/i;
const MOVEMENTS =
  /^(molto |poco |non |un poco )*(largo|larghetto|lento|grave|adagi|andant|moderato|allegr|vivace|vivo|prest)/i;

/** Words of the bow's and the hand's ways, which no tempo stands for. */
const TECHNIQUE_WORDS =
  /\b(sul|pizz|col legno|con sord|mute|pont|tasto|flaut|spicc|ricoch|saltando|trem|vib|harm)/i;

/** Everything a `<direction>` or a `<sound>` says, in order. */
export function directionsOf(element: XmlElement): readonly Direction[] {
  if (element.name === "sound") return soundDirections(element);
  const types = childrenOf(element, "direction-type").flatMap(({ children }) => children);
  const sounds = childrenOf(element, "sound").flatMap(soundDirections);
  const has = (kind: Direction["kind"]): boolean => sounds.some((sound) => sound.kind === kind);
  const isNumbered =
    has("tempo") || types.some((type) => type.name === "metronome" && metronome(type).kind === "tempo");
  const said = withLine(
    types.flatMap((type) => typeDirections(type, isNumbered)),
    types,
  );
  // a sound says exactly what the words beside it mean
  return [
    ...sounds,
    ...said.filter(({ kind }) => !((kind === "tempo" || kind === "jump") && has(kind))),
    ...types.flatMap(({ name, text }) => (name === "words" && !isNumbered ? tempoWords(text) : [])),
  ];
}

/** Dynamics that are drawn as signs of a note. */
export const dynamicsDrawnAt = (note: XmlElement): readonly Direction[] =>
  childrenOf(note, "notations")
    .flatMap((notations) => childrenOf(notations, "dynamics"))
    .flatMap((type) => typeDirections(type));

function soundDirections({ attributes }: XmlElement): readonly Direction[] {
  const directions: Direction[] = [];
  const tempo = Number(attributes["tempo"] ?? Number.NaN);
  if (tempo > 0) directions.push({ kind: "tempo", usPerQuarter: Math.round(60e6 / tempo) });
  for (const [name, to] of Object.entries(SOUND_JUMPS))
    if (attributes[name] !== undefined) directions.push({ kind: "jump", to });
  if (attributes["pizzicato"] === "yes") directions.push({ kind: "unplayed", what: "pizzicato" });
  return directions;
}

/** @param isNumbered whether a tempo in numbers stands beside it */
function typeDirections(type: XmlElement, isNumbered = false): readonly Direction[] {
  switch (type.name) {
    case "dynamics":
      return type.children.flatMap(({ name, text }) =>
        dynamicDirections(name === "other-dynamics" ? text : name),
      );
    case "wedge":
      return wedge(type);
    case "metronome":
      return [metronome(type)];
    case "segno":
    case "coda":
      return [{ kind: "jump", to: type.name }];
    case "words":
      return words(type.text, isNumbered);
    case "bracket":
    case "dashes":
      return type.attributes["type"] === "stop" ? [{ kind: "line-stop", line: lineOf(type) }] : [];
    case "string-mute":
      return type.attributes["type"] === "on" ? [{ kind: "unplayed", what: "the mute" }] : [];
    case "scordatura":
      return [{ kind: "unplayed", what: "another tuning of the strings" }];
    default:
      return [];
  }
}

function dynamicDirections(name: string): readonly Direction[] {
  const plain = DYNAMICS.find((dynamic) => dynamic === name);
  if (plain) return [{ kind: "dynamic", value: plain }];
  if (Object.hasOwn(BEYOND, name))
    return [
      { kind: "dynamic", value: BEYOND[name]! },
      { kind: "unplayed", what: `${name}, played ${BEYOND[name]}` },
    ];
  if (!Object.hasOwn(SUDDEN, name)) return [{ kind: "unplayed", what: `dynamic "${name}"` }];
  return [{ kind: "sudden", ...SUDDEN[name]! }];
}

function wedge({ attributes }: XmlElement): readonly Direction[] {
  const { type, number = "1" } = attributes;
  return type === "crescendo" || type === "diminuendo" || type === "stop"
    ? [{ kind: "wedge", type, number }]
    : [];
}

const QUARTERS_OF_UNIT: Readonly<Record<string, number>> = {
  breve: 8,
  whole: 4,
  half: 2,
  quarter: 1,
  eighth: 0.5,
  "16th": 0.25,
  "32nd": 0.125,
};

function metronome(type: XmlElement): Direction {
  const perMinute = Number(/\d+(\.\d+)?/.exec(textAt(type, "per-minute") ?? "")?.[0] ?? Number.NaN);
  const unit = QUARTERS_OF_UNIT[textAt(type, "beat-unit") ?? ""];
  const dots = childrenOf(type, "beat-unit-dot").length;
  if (unit === undefined || !(perMinute > 0))
    return { kind: "unplayed", what: "a metronome mark without a number" };
  return { kind: "tempo", usPerQuarter: Math.round(60e6 / (perMinute * unit * (2 - 0.5 ** dots))) };
}

/** Strings and swells that are asked for with the line that begins beside the words. */
function withLine(said: readonly Direction[], types: readonly XmlElement[]): readonly Direction[] {
  const line = types.find(
    ({ name, attributes }) => (name === "bracket" || name === "dashes") && attributes["type"] === "start",
  );
  return line === undefined
    ? said
    : said.map((one) =>
        one.kind === "string" || one.kind === "swell-words" ? { ...one, line: lineOf(line) } : one,
      );
}

const lineOf = ({ name, attributes }: XmlElement): string => `${name} ${attributes["number"] ?? "1"}`;

function words(text: string, isNumbered: boolean): readonly Direction[] {
  const string = stringInWords(text);
  if (string !== undefined) return [{ kind: "string", string }];
  const typed = DYNAMICS.find((dynamic) => dynamic === text);
  if (typed) return [{ kind: "dynamic", value: typed }];
  const swell = swellInWords(text);
  if (swell)
    return [
      { kind: "swell-words", grows: swell.grows },
      ...(swell.saysMore && !isNumbered ? [{ kind: "unplayed", what: `"${text}"` } as const] : []),
    ];
  const jump = WORD_JUMPS.find(([pattern]) => pattern.test(text));
  if (jump) return [{ kind: "jump", to: jump[1] }];
  if ([HARMLESS, TEMPO_WORDS, MOVEMENTS].some((pattern) => pattern.test(text))) return [];
  if (isNumbered && !TECHNIQUE_WORDS.test(text)) return []; // "faster", "Mit Schwung": the number says it
  return [{ kind: "unplayed", what: `"${text}"` }];
}

function tempoWords(text: string): readonly Direction[] {
  const isTempo = TEMPO_WORDS.test(text) || MOVEMENTS.test(text);
  return isTempo ? [{ kind: "unplayed", what: `"${text}" with no metronome mark beside it` }] : [];
}
