import { randomBytes } from "node:crypto";
import { CellistError } from "../../errors.ts";
import type { Score } from "../../score/score.ts";
import { measureLoudness } from "../../sound/loudness.ts";
import { truePeakDbtp } from "../../sound/true-peak.ts";
import { decodeWav, encodeWav, type Recording } from "../../sound/wav.ts";
import { audioTimeOf, excerptSeconds } from "../stimuli/excerpt.ts";
import { applySteps, type Step } from "../stimuli/recipe.ts";
import type { Manifest, Stimulus } from "../design/manifest.ts";
import { shuffled } from "../design/shuffle.ts";
import { seal } from "./escrow.ts";
import type { Protocol } from "./protocol.ts";
import type { KeptFile } from "./session-event.ts";
import { plannedStimuli, type PlannedStimulus } from "./planned-stimuli.ts";
import { sha256Of, type SessionFolder } from "./session-folder.ts";
import type { KeyedStimulus, StudyKey } from "./study-key.ts";

/** Greatest difference from the common loudness [LU], and greatest true peak [dBTP]. */
const MOST_OFF_LU = 0.5;
const MOST_PEAK_DBTP = -1;
/** Opus hears everything at this rate. */
const CODEC_RATE_HZ = 48000;

export interface MadeStimuli {
  readonly manifest: Manifest;
  readonly escrowCode: string;
  readonly loudnessLufs: number;
  readonly highestPeakDbtp: number;
}

/**
 * Cuts, evens out and blinds all stimuli of a session, and seals who plays in them.
 *
 * Everything of one excerpt has the same length, head, tail, rate, coding and noise floor; all are equally loud. If a peak
 * stands in the way, all become softer together.
 *
 * @param scoreOf the score that a piece was played from, at the session's tempo
 * @throws CellistError `session-state`, `session-invalid`
 */
export function makeStimuli(session: SessionFolder, scoreOf: (piece: string) => Score): MadeStimuli {
  const random = secureRandom();
  const plan = plannedStimuli(session, random);
  const lengths = new Map<string, number>();
  const takeSound = remembered(session);
  const cut = plan.stimuli.map((planned) => {
    const shaped = shapedTake(session.protocol.stimuli, planned, scoreOf(planned.piece), takeSound);
    const seconds = shaped.sound.channels[0]!.length / shaped.sound.sampleRateHz;
    lengths.set(planned.item, Math.max(lengths.get(planned.item) ?? 0, seconds));
    return { planned, ...shaped };
  });
  const padded = cut.map(({ planned, sound, steps }) => {
    const pad: Step[] = [{ do: "pad", toS: lengths.get(planned.item)! }];
    return { planned, steps: [...steps, ...pad], sound: applySteps(sound, pad) };
  });
  const gains = gainsFor(
    padded.map((p) => p.sound),
    session.protocol.stimuli.loudnessLufs,
  );
  const made = padded.map(({ planned, sound, steps }, i) =>
    finished(session, planned, { sound, steps }, { gainDb: gains[i]!, random }),
  );
  const loudness = checkedLoudness(made.map((m) => m.sound));
  const manifest: Manifest = {
    items: session.protocol.items.map((item) => item.id),
    labels: plan.labels,
    // In order of the random ids: the order of the list says nothing.
    stimuli: made.map((m) => m.stimulus).sort((a, b) => (a.id < b.id ? -1 : 1)),
    controlPairs: plan.controlPairs.map(([a, b]) =>
      shuffled([made[a]!.stimulus.id, made[b]!.stimulus.id], random),
    ) as [string, string][],
  };
  const key: StudyKey = { labels: plan.performerOfLabel, stimuli: made.map((m) => m.keyed) };
  return { manifest, ...loudness, escrowCode: writeAll(session, manifest, key) };
}

function writeAll(session: SessionFolder, manifest: Manifest, key: StudyKey): string {
  const { sealed, code } = seal(JSON.stringify(key));
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
  session.write("stimuli/manifest.json", text);
  session.write("stimuli/key.sealed.json", sealed);
  session.note({
    kind: "stimuli-made",
    manifestSha256: sha256Of(text),
    keySha256: sha256Of(sealed),
    count: manifest.stimuli.length,
  });
  return code;
}

interface Shaped {
  readonly sound: Recording;
  readonly steps: readonly Step[];
}

/** Reads and decodes each take once. */
function remembered(session: SessionFolder): (audio: KeptFile) => Recording {
  const known = new Map<string, Recording>();
  return (audio) => {
    const sound = known.get(audio.sha256) ?? decodeWav(session.read(audio));
    known.set(audio.sha256, sound);
    return sound;
  };
}

function shapedTake(
  stimuli: Protocol["stimuli"],
  planned: PlannedStimulus,
  score: Score,
  takeSound: (audio: KeptFile) => Recording,
): Shaped {
  const { recorded } = planned.take;
  const { fromS, toS } = excerptSeconds(score, planned.bars);
  const [at, to] = [audioTimeOf(recorded.anchors, fromS), audioTimeOf(recorded.anchors, toS)];
  const steps: Step[] = [
    { do: "mono" },
    { do: "cut", fromS: at - stimuli.headS, toS: to + stimuli.tailS },
    { do: "resample", toHz: stimuli.codec === undefined ? stimuli.sampleRateHz : CODEC_RATE_HZ },
    { do: "level", removeOffset: true },
    ...(stimuli.roomS > 0 ? [{ do: "room", decayS: stimuli.roomS, seed: 1 } as const] : []),
    ...(planned.role === "anchor" ? [{ do: "low-pass", hz: 3500 } as const] : []),
    ...(stimuli.codec === undefined
      ? []
      : [
          { do: "codec", codec: "opus", kbps: stimuli.codec.opusKbps } as const,
          { do: "resample", toHz: stimuli.sampleRateHz } as const,
        ]),
    { do: "fade", inS: stimuli.fadeS, outS: Math.max(stimuli.fadeS, stimuli.tailS) },
    ...(planned.beeps === undefined
      ? []
      : [{ do: "beeps", count: planned.beeps, atS: 0.4 * (to - at) } as const]),
  ];
  return { sound: applySteps(takeSound(recorded.audio), steps), steps };
}

/** One gain each, to a common loudness that no peak forbids. */
function gainsFor(sounds: readonly Recording[], wantedLufs: number): readonly number[] {
  const measured = sounds.map((s) => ({
    lufs: measureLoudness(s.channels, s.sampleRateHz).integratedLufs,
    peak: truePeakDbtp(s.channels[0]!),
  }));
  // A tenth of a decibel is left for the noise floor and for rounding.
  const common = Math.min(wantedLufs, ...measured.map((m) => m.lufs + MOST_PEAK_DBTP - 0.1 - m.peak));
  return measured.map((m) => common - m.lufs);
}

function finished(
  session: SessionFolder,
  planned: PlannedStimulus,
  shaped: Shaped,
  { gainDb, random }: { readonly gainDb: number; readonly random: () => number },
) {
  if (!Number.isFinite(gainDb))
    throw new CellistError(
      "session-state",
      `bars ${planned.bars.join(" to ")} of take ${planned.take.id} are silent`,
    );
  const last: Step[] = [
    { do: "gain", db: gainDb },
    { do: "noise", dbfs: session.protocol.stimuli.noiseDbfs, seed: Math.floor(random() * 2 ** 31) },
  ];
  const sound = applySteps(shaped.sound, last);
  const bytes = encodeWav(sound);
  const id = randomBytes(8).toString("hex");
  session.keep(`stimuli/${id}.wav`, bytes);
  const { take } = planned;
  const performer = session.protocol.performers.find((p) => p.id === take.performer)!;
  const stimulus: Stimulus = {
    id,
    item: planned.item,
    label: planned.label,
    role: planned.role,
    sha256: sha256Of(bytes),
    durationS: sound.channels[0]!.length / sound.sampleRateHz,
    bytes: bytes.length,
  };
  const keyed: KeyedStimulus = {
    id,
    item: planned.item,
    performer: performer.id,
    kind: performer.kind,
    simulated: performer.simulated !== undefined,
    take: take.id,
    ...(planned.beeps !== undefined && { beeps: planned.beeps }),
    recipe: { rawSha256: take.recorded.audio.sha256, steps: [...shaped.steps, ...last] },
    ...(take.recorded.bag && { bagSha256: take.recorded.bag.sha256 }),
  };
  return { stimulus, keyed, sound };
}

/** @throws CellistError `session-state` where a stimulus is off: it must never happen, and listeners would hear it */
function checkedLoudness(sounds: readonly Recording[]): {
  readonly loudnessLufs: number;
  readonly highestPeakDbtp: number;
} {
  const loudness = sounds.map((s) => measureLoudness(s.channels, s.sampleRateHz).integratedLufs);
  const mean = loudness.reduce((sum, l) => sum + l, 0) / loudness.length;
  const highestPeakDbtp = Math.max(...sounds.map((s) => truePeakDbtp(s.channels[0]!)));
  const off = Math.max(...loudness.map((l) => Math.abs(l - mean)));
  if (off > MOST_OFF_LU || highestPeakDbtp > MOST_PEAK_DBTP)
    throw new CellistError(
      "session-state",
      `the stimuli differ by up to ${off.toFixed(2)} LU from their mean and peak at ${highestPeakDbtp.toFixed(1)} dBTP; at most ${MOST_OFF_LU} LU and ${MOST_PEAK_DBTP} dBTP are allowed`,
    );
  return { loudnessLufs: mean, highestPeakDbtp };
}

/** Randomness that nobody can repeat: blinding has no seed. */
function secureRandom(): () => number {
  return () => randomBytes(4).readUInt32LE() / 2 ** 32;
}

/**
 * Makes every stimulus again from raw take and recipe and compares it with the one that was heard.
 *
 * @returns ids of those that differ
 */
export function stimuliThatDiffer(
  session: SessionFolder,
  manifest: Manifest,
  key: StudyKey,
): readonly string[] {
  const takeSound = remembered(session);
  const raws = new Map(
    session.state.takes.flatMap((t) => (t.recorded ? [[t.recorded.audio.sha256, t.recorded.audio]] : [])),
  );
  return key.stimuli
    .filter(({ id, recipe }) => {
      const raw = raws.get(recipe.rawSha256);
      if (raw === undefined) return true;
      const again = encodeWav(applySteps(takeSound(raw), recipe.steps));
      return sha256Of(again) !== manifest.stimuli.find((s) => s.id === id)?.sha256;
    })
    .map((s) => s.id);
}
