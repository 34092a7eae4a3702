import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { readPerformance } from "../../bag/read-performance.ts";
import { CellistError } from "../../errors.ts";
import type { PerformanceRecord } from "../../evaluation/performance-record.ts";
import { scoreClock } from "../../evaluation/score-clock.ts";
import type { Instrument } from "../../instrument/instrument.ts";
import { soundOfPerformance } from "../../performance/sound-of-performance.ts";
import type { Score } from "../../score/score.ts";
import { secondsAtTick } from "../../score/tempo.ts";
import { normaliseLoudness } from "../../sound/normalise-loudness.ts";
import { DEFAULT_SOUND } from "../../sound/sound-settings.ts";
import type { Stems } from "../../sound/stems.ts";
import { decodeWav, encodeWav, type Recording } from "../../sound/wav.ts";
import { envelopeOffset } from "../../evaluation/audio/envelope-offset.ts";
import { barLines, evenAnchors } from "../stimuli/excerpt.ts";
import { MECHANICAL_LEAD_S, mechanicalRendition } from "../stimuli/mechanical.ts";
import { variedPerformance, withVibrato } from "../stimuli/varied-performance.ts";
import type { Performer } from "./protocol.ts";
import type { KeptFile, SessionEvent, TimeAnchor } from "./session-event.ts";
import type { SessionFolder } from "./session-folder.ts";
import type { Take } from "./session-state.ts";
import type { SoundRecorder } from "./sound-recorder.ts";
import { takeQuality } from "./take-quality.ts";

/** A recorder that cannot open its sound card has said so by then [ms]. */
const RECORDER_STARTS_MS = 500;

/** What a take is made with; joined by whoever knows robots, pieces and sound cards. */
export interface TakeSources {
  readonly scoreOf: (piece: string) => Score;
  /** Plays a piece by `cellist perform` into a folder, which then holds bag, sound and report. */
  readonly performTo: (piece: string, folder: string) => Promise<void>;
  readonly instrumentOf: (record: PerformanceRecord) => Promise<Instrument>;
  /** Starts to record the room into a file; undefined where the sound of the bag is the take's, as in simulation. */
  readonly microphone?: (file: string) => SoundRecorder;
}

type Alignment = NonNullable<Recorded["alignment"]>;
type Recorded = Extract<SessionEvent, { kind: "take-recorded" }>;

/** Begins a take in the journal, so that one that is never finished is seen. */
export function beginTake(session: SessionFolder, performer: string, piece: string): Take {
  const { performers } = session.protocol;
  if (!performers.some((p) => p.id === performer))
    throw new CellistError(
      "usage",
      `there is no performer "${performer}" in the protocol; it has ${performers.map((p) => p.id).join(", ")}`,
    );
  if (session.state.stimuli !== undefined)
    throw new CellistError("session-state", "the stimuli are made; takes after that could not be used");
  const number = 1 + session.state.takes.filter((t) => t.performer === performer && t.piece === piece).length;
  const take = `${piece.replace(/^.*[/\\]/, "").replace(/\.midi?$/i, "")}-${performer}-${number}`;
  session.note({ kind: "take-started", take, performer, piece, number });
  return session.state.takes.at(-1)!;
}

/** A take of the robot, of the mechanical rendition, or of a simulated human. */
export async function recordMachineTake(
  session: SessionFolder,
  performer: Performer,
  piece: string,
  sources: TakeSources,
): Promise<Take> {
  if (performer.kind === "mechanical")
    return mechanicalTake(session, performer.id, piece, sources.scoreOf(piece));
  if (performer.simulated) return simulatedTake(session, performer, piece, sources);
  return robotTake(session, performer.id, piece, sources);
}

/**
 * The robot plays; bag and sound are kept together. What a microphone records of it runs from before the first motion to
 * after the last, and is put in step with the bag by the sound that the bag's contacts make.
 */
async function robotTake(
  session: SessionFolder,
  performer: string,
  piece: string,
  sources: TakeSources,
): Promise<Take> {
  const take = beginTake(session, performer, piece);
  const folder = join("takes", take.id);
  const room = await recordRoom(sources, session.at(`${folder}.recording.wav`), () =>
    sources.performTo(piece, session.at(folder, "performance")),
  );
  const bag = keepInPlace(session, join(folder, "performance", "performance.mcap"));
  const rendered = readFileSync(session.at(folder, "performance", "performance.wav"));
  const record = await readPerformance(session.at(bag.path));
  const anchors = anchorsOf(record, sources.scoreOf(piece));
  if (room === undefined) return finishTake(session, take, rendered, { source: "robot", bag, anchors });
  const alignment = alignmentOf(decodeWav(rendered), decodeWav(room));
  const kept = finishTake(session, take, room, {
    source: "robot",
    bag,
    alignment,
    anchors: anchors.map(({ scoreS, audioS }) => ({ scoreS, audioS: audioS + alignment.offsetS })),
  });
  rmSync(session.at(`${folder}.recording.wav`), { force: true });
  return kept;
}

/** Records while something is done; without a microphone, only does it. The file stays until its take is finished. */
async function recordRoom(
  { microphone }: TakeSources,
  file: string,
  perform: () => Promise<void>,
): Promise<Uint8Array | undefined> {
  if (microphone === undefined) {
    await perform();
    return undefined;
  }
  mkdirSync(dirname(file), { recursive: true });
  const recorder = microphone(file);
  const failed = recorder.failed.then((why) => {
    throw new CellistError("session-state", why);
  });
  failed.catch(() => undefined); // also where nobody waits for it any more
  // A recorder that cannot start says so at once: before the arm moves.
  await Promise.race([failed, sleep(RECORDER_STARTS_MS)]);
  await perform();
  return Promise.race([failed, recorder.stop()]);
}

const sleep = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms));

/** Where the sound of a bag lies in a recording of the room. */
function alignmentOf(rendered: Recording, room: Recording): Alignment {
  const mono = (r: Recording) => ({ samples: r.channels[0]!, sampleRateHz: r.sampleRateHz });
  const mostS = room.channels[0]!.length / room.sampleRateHz;
  return envelopeOffset(mono(rendered), mono(room), mostS);
}

function mechanicalTake(session: SessionFolder, performer: string, piece: string, score: Score): Take {
  const take = beginTake(session, performer, piece);
  const { samples, sampleRateHz } = mechanicalRendition(score);
  return finishTake(session, take, encodeWav({ sampleRateHz, channels: [samples] }), {
    source: "mechanical",
    anchors: barLines(score).map((scoreS) => ({ scoreS, audioS: scoreS + MECHANICAL_LEAD_S })),
  });
}

async function simulatedTake(
  session: SessionFolder,
  performer: Performer,
  piece: string,
  sources: TakeSources,
): Promise<Take> {
  const robot = session.state.takes.find((t) => t.piece === piece && t.recorded?.bag !== undefined);
  if (robot === undefined)
    throw new CellistError(
      "session-state",
      `${performer.id} is simulated from the robot's performance; record ${piece} by the robot first`,
    );
  const take = beginTake(session, performer.id, piece);
  session.read(robot.recorded!.bag!);
  const record = await readPerformance(session.at(robot.recorded!.bag!.path));
  const variation = performer.simulated!;
  const varied = variedPerformance(record, variation, hashOf(`${performer.id} ${piece}`));
  const { stems } = soundOfPerformance(varied, await sources.instrumentOf(record), DEFAULT_SOUND);
  const { samples: played } = normaliseLoudness(withoutArm(stems), stems.sampleRateHz);
  const samples = withVibrato(played, stems.sampleRateHz, variation);
  return finishTake(
    session,
    take,
    encodeWav({ sampleRateHz: DEFAULT_SOUND.sampleRateHz, channels: [samples] }),
    {
      source: "simulated",
      anchors: anchorsOf(varied, sources.scoreOf(piece)),
    },
  );
}

/** Cello and room in one channel: a human has no motors in the joints. */
const withoutArm = ({ cello, room }: Stems): Float32Array =>
  cello.left.map((x, i) => 0.5 * (x + cello.right[i]! + room.left[i]! + room.right[i]!));

/** A recording that was made elsewhere, or by `recordSound`. */
export function takeFromWav(
  session: SessionFolder,
  take: Take,
  wav: Uint8Array,
  of: { readonly score: Score; readonly source: "recorded" | "imported"; readonly startsAtS?: number },
): Take {
  const recording = decodeWav(wav);
  const { score } = of;
  const at = (tick: number): number => secondsAtTick(score.tempos, score.ticksPerQuarter, tick);
  const lines = barLines(score);
  const anchors =
    of.startsAtS === undefined
      ? evenAnchors(recording.channels[0]!, recording.sampleRateHz, {
          lines,
          firstNoteS: at(score.notes[0]!.startTick),
          lastNoteS: at(score.notes.at(-1)!.endTick),
        })
      : lines.map((scoreS) => ({ scoreS, audioS: scoreS + of.startsAtS! }));
  return finishTake(session, take, wav, { source: of.source, anchors });
}

function finishTake(
  session: SessionFolder,
  take: Take,
  wav: Uint8Array,
  rest: Pick<Recorded, "source" | "anchors" | "bag" | "alignment">,
): Take {
  const recording = decodeWav(wav);
  const audio = session.keep(join("takes", take.id, "raw.wav"), wav);
  const quality = takeQuality(recording);
  session.note({ kind: "take-recorded", take: take.id, audio, quality, ...rest });
  return session.state.takes.find((t) => t.id === take.id)!;
}

function keepInPlace(session: SessionFolder, relative: string): KeptFile {
  const path = session.at(relative);
  if (!existsSync(path)) throw new CellistError("session-state", `the performance left no bag at ${path}`);
  const bytes = readFileSync(path);
  const aside = `${path}.made`;
  renameSync(path, aside);
  const kept = session.keep(relative, bytes);
  rmSync(aside);
  return kept;
}

/** Where every bar line of the score is in the sound of a record. */
function anchorsOf(record: PerformanceRecord, score: Score): readonly TimeAnchor[] {
  const { scoreS } = scoreClock(record);
  const { robotTimeS } = record;
  return barLines(score).map((line) => {
    let k = scoreS.findIndex((s) => s >= line);
    if (k === -1) k = scoreS.length - 1;
    return { scoreS: line, audioS: robotTimeS[k]! - robotTimeS[0]! + (line - scoreS[k]!) };
  });
}

function hashOf(text: string): number {
  let hash = 2166136261;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619);
  return hash >>> 0;
}
