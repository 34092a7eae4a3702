import * as z from "zod";
import { CellistError } from "../errors.ts";
import { plainYaml } from "./plain-yaml.ts";
import { type BarBeat, parseBarBeat } from "./position.ts";
import { type Articulation, ARTICULATIONS, type BowDirection, DYNAMICS, type Dynamic } from "./score.ts";
import { STRING_NAMES, type StringName } from "./score.ts";

/** The note that begins at a place, or every note from one place to another, both included. */
export interface Span {
  readonly from: BarBeat;
  /** Same as `from` for a single note. */
  readonly to: BarBeat;
  /** As written, for messages. */
  readonly text: string;
}

/** Something written over a note or a run of notes. */
export interface Mark<T> {
  readonly over: Span;
  readonly value: T;
}

/** How loudness goes under a hairpin; the last two turn half-way. */
const HAIRPIN_WAYS = ["crescendo", "diminuendo", "crescendo-diminuendo", "diminuendo-crescendo"] as const;
export type HairpinWay = (typeof HAIRPIN_WAYS)[number];

/**
 * What a musician pencils into a part, read from a `*.marks.yaml` file:
 *
 *     title: Long, Long Ago
 *     composer: Thomas Haynes Bayly (1797-1839)
 *     source: engraved for this project from the tune as sung
 *     licence: CC0-1.0
 *     slurs: 2.2 - 2.2+1/2, 6.2 - 6.2+1/2         # first and last note under each slur
 *     dynamics: { 1.1: mf, 9.1: p }               # from this note on
 *     hairpins: { 7.1 - 8.3: diminuendo }         # to the dynamic after it, or one step
 *     hairpins: { 8.1: crescendo-diminuendo }     # one step up and back, turning half-way (messa di voce)
 *     bows: { 1.1: down, 9.1: up }                # this note
 *     articulations: { 8.1: tenuto, 3.1 - 4.3: staccato }
 *     strings: { 5.1 - 5.4: G }                   # sul G
 *     fermatas: 8.1, 16.1                         # these notes are held
 *
 * A place is `bar.beat`, or `bar.beat+n/d` for a note n/d of a beat later; bar 1 begins at tick 0. A run is
 * `first - last`, with spaces around the dash; slurs and fermatas stand between commas or on lines of their own. A place must be
 * where a note begins.
 */
export interface Markings {
  readonly title?: string;
  readonly composer?: string;
  readonly source?: string;
  readonly licence?: string;
  readonly slurs: readonly Span[];
  readonly dynamics: readonly Mark<Dynamic>[];
  readonly hairpins: readonly Mark<HairpinWay>[];
  readonly bows: readonly Mark<BowDirection>[];
  readonly articulations: readonly Mark<Articulation>[];
  readonly strings: readonly Mark<StringName>[];
  /** Single notes. */
  readonly fermatas: readonly Span[];
}

const Line = z.string().trim().min(1);
const Place = z
  .string()
  .transform((text, context) => spanOf(text, false) ?? refusePlace(context, text, false));
const Run = z.string().transform((text, context) => spanOf(text, true) ?? refusePlace(context, text, true));

const MarkingsFile = z.strictObject({
  title: Line.exactOptional(),
  composer: Line.exactOptional(),
  source: Line.exactOptional(),
  licence: Line.exactOptional(),
  slurs: listOf(Run),
  dynamics: marksBy(Place, z.enum(DYNAMICS)),
  hairpins: marksBy(Run, z.enum(HAIRPIN_WAYS)),
  bows: marksBy(Place, z.enum(["down", "up"])),
  articulations: marksBy(Run, z.enum(ARTICULATIONS)),
  strings: marksBy(Run, z.enum(STRING_NAMES)),
  fermatas: listOf(Place),
});

/**
 * Reads the text of a markings file.
 *
 * @throws markings-invalid in one sentence: not YAML, an unknown key, a value that is no dynamic, string or place
 */
export function parseMarkings(text: string): Markings {
  const read = MarkingsFile.safeParse(plainYaml(text, "markings") ?? {});
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue!.path.length === 0 ? "" : ` under "${issue!.path.join(" / ")}"`;
  throw new CellistError("markings-invalid", `the markings${where}: ${sayIssue(issue!)}.`);
}

function listOf(place: z.ZodType<Span, string>) {
  return z
    .string({ error: "write them as one line with commas between, such as 2.2 - 2.4, 6.1" })
    .default("")
    .transform((text) => text.split(/[,\n]/).filter((entry) => entry.trim() !== ""))
    .pipe(z.array(place));
}

function marksBy<T>(place: z.ZodType<Span, string>, value: z.ZodType<T, unknown>) {
  return z
    .record(z.string(), value)
    .default({})
    .transform((entries, context) =>
      Object.entries(entries).map(([text, marked]): Mark<T> => {
        const over = place.safeParse(text);
        if (over.success) return { over: over.data, value: marked };
        context.addIssue({ code: "custom", message: over.error.issues[0]!.message });
        return z.NEVER;
      }),
    );
}

function spanOf(text: string, mayBeRun: boolean): Span | undefined {
  const [first, last, ...rest] = text.trim().split(/\s+-\s+/);
  const from = parseBarBeat(first ?? "");
  const to = last === undefined ? from : parseBarBeat(last);
  if (from === undefined || to === undefined || rest.length > 0) return undefined;
  return last === undefined || mayBeRun ? { from, to, text: text.trim() } : undefined;
}

function refusePlace(context: z.RefinementCtx, text: string, mayBeRun: boolean): never {
  const runs = mayBeRun ? ", or a run such as 3.1 - 3.4" : "";
  context.addIssue({
    code: "custom",
    message: `"${text}" is no place; write bar.beat such as 3.2 or 3.2+1/2${runs}`,
  });
  return z.NEVER;
}

function sayIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys")
    return `unknown key ${issue.keys.map((key) => `"${key}"`).join(", ")}; known are ${Object.keys(MarkingsFile.shape).join(", ")}`;
  if (issue.code === "invalid_value") return `the value must be one of ${issue.values.join(", ")}`;
  return issue.message;
}
