import { parse } from "yaml";
import { z } from "zod";
import { CellistError } from "../../errors.ts";
import { METHODS } from "../design/method.ts";

const NAME = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "use small letters, figures and dashes");
const BARS = z
  .tuple([z.int().min(1), z.int().min(1)])
  .refine(([a, b]) => a <= b, "the first bar comes first");

/** Makes a stand-in for a human out of a robot's performance. Such takes are called simulated wherever they appear. */
const VARIATION = z.strictObject({
  /** Tempo swings around the written one by this share [-]. */
  rubato: z.number().min(0).max(0.2),
  /** Bow force and speed wander by these shares, standard deviation [-]. */
  forceSpread: z.number().min(0).max(0.5),
  speedSpread: z.number().min(0).max(0.5),
  vibratoCents: z.number().min(0).max(50),
  vibratoHz: z.number().min(1).max(10),
});
export type Variation = z.infer<typeof VARIATION>;

const PERFORMER = z.strictObject({
  id: NAME,
  kind: z.enum(["human", "robot", "mechanical"]),
  /** Which form was signed and when; for humans. No name belongs here. */
  consent: z.string().min(1).optional(),
  simulated: VARIATION.optional(),
});

const ITEM = z.strictObject({ id: NAME, piece: z.string().min(1), bars: BARS });

const BLOCK = z.strictObject({
  method: z.enum(METHODS),
  controls: z.int().min(0).max(20).default(0),
  traps: z.int().min(0).max(10).default(0),
  repeats: z.int().min(0).max(4).default(0),
});

const SCHEMA = z.strictObject({
  title: z.string().min(1),
  institution: z.string().min(1),
  contact: z.string().min(1),
  ethicsApproval: z.string().default("none"),
  retention: z.string().default("ten years, without any link to a person"),
  recording: z.strictObject({
    room: z.string(),
    microphone: z.string(),
    gainDb: z.number(),
    instrument: z.string(),
    strings: z.string(),
    bow: z.string(),
    rosin: z.string(),
    tuningA4Hz: z.number().min(400).max(480),
    calibration: z.string(),
    /** Program that records until it is interrupted; {file} is where to. */
    recorder: z.string().default("arecord -q -f S24_3LE -c 1 -r 48000 {file}"),
  }),
  takes: z.int().min(1).max(50),
  /** Declared before the first take; the program applies it, nobody chooses. */
  takeSelection: z.enum(["first-kept", "last-kept"]),
  tempo: z.number().min(0.1).max(4).default(1),
  performers: z.array(PERFORMER).min(2),
  items: z.array(ITEM).min(2).max(24),
  practice: z.array(ITEM).max(2).default([]),
  stimuli: z.strictObject({
    sampleRateHz: z.literal([24000, 32000, 44100, 48000]).default(44100),
    loudnessLufs: z.number().min(-40).max(-14).default(-23),
    headS: z.number().min(0).max(1).default(0.1),
    tailS: z.number().min(0).max(3).default(0.5),
    fadeS: z.number().min(0.005).max(1).default(0.1),
    /** Reverberation of one room for all [s to −60 dB]; 0 none. */
    roomS: z.number().min(0).max(4).default(0),
    /** All go through this codec, so that a take that was coded once does not give itself away; nothing is coded without it. */
    codec: z.strictObject({ opusKbps: z.int().min(16).max(256) }).optional(),
    /** One noise floor for all [dBFS]. */
    noiseDbfs: z.number().min(-120).max(-40).default(-75),
    mechanical: z.int().min(0).default(2),
    traps: z.int().min(0).default(2),
    humanPairs: z.int().min(0).default(0),
  }),
  test: z.strictObject({
    blocks: z.array(BLOCK).min(1).max(5),
    languages: z.array(z.string().regex(/^[a-z]{2}$/)).min(1),
    minimumAge: z.int().min(0).max(99).default(18),
    headphones: z.enum(["required", "recorded", "off"]),
    baseRate: z.enum(["stated", "unstated"]),
    playedShare: z.number().min(0.5).max(1).default(0.9),
    consentVersion: z.string().min(1),
  }),
  analysis: z.strictObject({
    hypothesis: z.string().min(1),
    participants: z.int().min(2),
    stopRule: z.string().min(1),
    /** Half-width around one half that counts as "no better than chance", as 0.1. */
    margin: z.number().min(0.01).max(0.4),
    level: z.number().min(0.001).max(0.2).default(0.05),
    exclude: z.strictObject({
      failedTraps: z.int().min(1).default(1),
      failedHeadphones: z.boolean().default(false),
      heardBefore: z.boolean().default(true),
      unfinished: z.boolean().default(true),
    }),
  }),
});

/** What is recorded, how it is tested and how it will be analysed, as declared in `session.yaml`. */
export type Protocol = z.infer<typeof SCHEMA>;
export type Performer = Protocol["performers"][number];
export type Item = Protocol["items"][number];

/** @throws CellistError `session-invalid` with the place of the first fault */
export function parseProtocol(text: string, where: string): Protocol {
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (cause) {
    throw invalid(where, `it is no YAML: ${(cause as Error).message.split("\n")[0]}`, cause);
  }
  const read = SCHEMA.safeParse(raw);
  if (!read.success) {
    const [first] = read.error.issues;
    throw invalid(where, `${first!.path.join(".") || "the file"}: ${first!.message}`, read.error);
  }
  checkWhole(read.data, where);
  return read.data;
}

function checkWhole(protocol: Protocol, where: string): void {
  const { performers, items, practice, test } = protocol;
  const ids = [...performers.map((p) => p.id)];
  if (new Set(ids).size < ids.length) throw invalid(where, "two performers have the same id");
  const itemIds = [...items, ...practice].map((i) => i.id);
  if (new Set(itemIds).size < itemIds.length) throw invalid(where, "two excerpts have the same id");
  if (!performers.some((p) => p.kind === "robot")) throw invalid(where, "performers: a robot is needed");
  if (!performers.some((p) => p.kind === "human")) throw invalid(where, "performers: a human is needed");
  if (performers.filter((p) => p.kind === "mechanical").length > 1)
    throw invalid(where, "performers: one mechanical rendition is enough");
  const unasked = performers.find((p) => p.kind === "human" && !p.simulated && p.consent === undefined);
  if (unasked)
    throw invalid(where, `performers.${unasked.id}.consent: say which form the performer signed, and when`);
  if (protocol.stimuli.mechanical > 0 && !performers.some((p) => p.kind === "mechanical"))
    throw invalid(where, "stimuli.mechanical: there is no performer of kind mechanical");
  for (const [i, block] of test.blocks.entries())
    if (block.traps > protocol.stimuli.traps)
      throw invalid(
        where,
        `test.blocks.${i}.traps: ${block.traps} are asked for, stimuli.traps makes ${protocol.stimuli.traps}`,
      );
}

const invalid = (where: string, what: string, cause?: unknown): CellistError =>
  new CellistError("session-invalid", `${where}: ${what}`, { where }, cause);

/** The pieces to be played, each once per take however many excerpts come from it. */
export const piecesOf = (protocol: Protocol): readonly string[] => [
  ...new Set([...protocol.items, ...protocol.practice].map((item) => item.piece)),
];
