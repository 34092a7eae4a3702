import * as z from "zod";
import { CellistError } from "../errors.ts";
import { provenanceOf } from "../provenance.ts";
import { plainYaml } from "./plain-yaml.ts";
import { formatBarBeat, parseBarBeat, tickAtBarBeat } from "./position.ts";
import { STRING_NAMES, type Score } from "./score.ts";

const must =
  (be: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    `is "${String(input)}"; it must be ${be}`;
const oneOf = <const T extends readonly string[]>(names: T) =>
  z.enum(names, { error: must(names.join(" or ")) }).optional();
function between(least: number, most: number) {
  const error = must(`${least} to ${most}`);
  return z.coerce.number({ error }).min(least, { error }).max(most, { error }).optional();
}

/** What a person may fix for one note; the planner decides the rest around it. */
const Lock = z.strictObject({
  bow: oneOf(["down", "up"]),
  string: oneOf(STRING_NAMES),
  /** A new bow here, under a written slur. */
  slur: oneOf(["break"]),
  /** Steady speed of the hair; locks the whole stroke [m/s]. */
  speedMps: between(0.01, 1),
  /** Still kept inside what the string and the arm bear [N]. */
  forceN: between(0.05, 5),
  /** Hair to bridge; locks the whole stroke, inside the arm's window [m]. */
  contactM: between(0.02, 0.2),
});

/**
 * Locks the notes that a file names:
 *
 *     5.1: { bow: up, string: D }
 *     7.3: { speedMps: 0.2, forceN: 1.1, contactM: 0.08 }
 *     9.1: { slur: break }                          # a new bow in a slur
 *
 * A place is `bar.beat` or `bar.beat+n/d` as in a markings file, in bars as played.
 *
 * @throws markings-invalid in one sentence: not YAML, a place where no note begins, an unknown key, a number out of range
 */
export function lockNotes(score: Score, text: string): Score {
  const notes = [...score.notes];
  for (const [place, value] of entriesOf(text)) {
    const at = parseBarBeat(place);
    const tick = at && tickAtBarBeat(score, at);
    if (at === undefined || tick === undefined)
      throw wrong(place, "is no bar.beat of this piece, such as 3.2 or 3.2+1/2");
    const index = notes.findIndex(({ startTick }) => Math.abs(startTick - tick) < 1);
    if (index < 0) throw wrong(formatBarBeat(at), "is a place where no note begins");
    const read = Lock.safeParse(value);
    if (!read.success) throw wrong(place, sayIssue(read.error), ": ");
    const { bow, string, slur, speedMps, forceN, contactM } = read.data;
    const slurred = notes[index]!.slurredFromPrevious;
    if (slur && !slurred) throw wrong(place, "is not slurred to the note before it");
    if (bow && slurred && !slur)
      throw wrong(place, "is inside a slur, where the bow cannot turn; add slur: break");
    const override = defined({ ...notes[index]!.override, ...defined({ speedMps, forceN, contactM }) });
    notes[index] = {
      ...notes[index]!,
      ...(slur && { slurredFromPrevious: false }),
      ...(bow && { bow }),
      ...(string && { string }),
      ...(Object.keys(override).length > 0 && { override }),
    };
  }
  return { ...score, notes, provenance: provenanceOf("locks", score.provenance, text) };
}

function entriesOf(text: string): readonly (readonly [string, unknown])[] {
  const value = plainYaml(text, "locks");
  if (value === null || value === undefined) return [];
  if (typeof value !== "object" || Array.isArray(value))
    throw new CellistError(
      "markings-invalid",
      "the locks must be places with what is locked, such as 5.1: { bow: up }.",
    );
  return Object.entries(value);
}

type Defined<T> = { [key in keyof T]?: Exclude<T[key], undefined> };

const defined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>;

function sayIssue({ issues }: z.ZodError): string {
  const [issue] = issues;
  if (issue?.code === "unrecognized_keys")
    return `unknown key ${issue.keys.join(", ")}; known are ${Object.keys(Lock.shape).join(", ")}`;
  return `${issue?.path.join(".") ?? "the value"} ${issue?.message ?? "is not readable"}`;
}

const wrong = (place: string, sentence: string, between = " "): CellistError =>
  new CellistError("markings-invalid", `the locks: "${place}"${between}${sentence}.`);
