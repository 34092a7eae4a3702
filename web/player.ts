/** A change of version takes this long: both sound, one falling as the other rises, their sum constant [s]. */
export const CROSSFADE_S = 0.01;

/**
 * Plays recordings with the exactness of the sound card's own clock.
 *
 * All recordings of a trial are started at one moment and run side by side; which is heard is a matter of gains. So
 * switching keeps the place in the music to the sample, and there is no gap: of two equal recordings a switch cannot be
 * heard.
 */
export class Player {
  readonly #context: BaseAudioContext;
  readonly #buffers: readonly AudioBuffer[];
  #sources: AudioBufferSourceNode[] = [];
  #gains: GainNode[] = [];
  #heard = 0;
  #startedAt = 0;

  constructor(context: BaseAudioContext, buffers: readonly AudioBuffer[]) {
    this.#context = context;
    this.#buffers = buffers;
  }

  durationS(slot: number): number {
    return this.#buffers[slot]!.duration;
  }

  /** Starts one recording from its beginning, the others silent beside it. Resolves when it has ended or was stopped. */
  start(slot: number, { loop = false } = {}): Promise<void> {
    this.stop();
    // A little ahead: every source must still be able to begin on time.
    const at = this.#context.currentTime + 0.03;
    this.#startedAt = at;
    this.#heard = slot;
    this.#gains = this.#buffers.map((_, i) => {
      const gain = this.#context.createGain();
      gain.gain.setValueAtTime(i === slot ? 1 : 0, 0);
      gain.connect(this.#context.destination);
      return gain;
    });
    this.#sources = this.#buffers.map((buffer, i) => {
      const source = this.#context.createBufferSource();
      source.buffer = buffer;
      source.loop = loop;
      source.connect(this.#gains[i]!);
      source.start(at);
      return source;
    });
    const heard = this.#sources[slot]!;
    return new Promise((ended) => heard.addEventListener("ended", () => ended(), { once: true }));
  }

  /** Lets another recording be heard from here on, at the same place in the music. */
  switchTo(slot: number): void {
    if (slot === this.#heard || this.#gains.length === 0) return;
    const now = this.#context.currentTime;
    this.#gains.forEach((gain, i) => {
      const from = i === this.#heard ? 1 : 0;
      const to = i === slot ? 1 : 0;
      gain.gain.cancelScheduledValues(now);
      gain.gain.setValueAtTime(from, now);
      gain.gain.linearRampToValueAtTime(to, now + CROSSFADE_S);
    });
    this.#heard = slot;
  }

  stop(): void {
    for (const source of this.#sources) source.stop();
    for (const gain of this.#gains) gain.disconnect();
    this.#sources = [];
    this.#gains = [];
  }

  /** Time since the start, by the sound card's clock [s]. */
  playedS(): number {
    return Math.max(0, this.#context.currentTime - this.#startedAt);
  }
}

let shared: AudioContext | undefined;

/** The one audio context; silent until it is woken. */
export const audioContext = (): AudioContext => (shared ??= new AudioContext({ latencyHint: "playback" }));

/** Lets it sound; browsers allow that only in a press of a button. */
export const wakeAudio = (): Promise<void> => audioContext().resume();

/** Decodes a WAV file at its own rate if the device plays it, else at the device's. */
export async function decode(bytes: ArrayBuffer): Promise<AudioBuffer> {
  const rateHz = new DataView(bytes).getUint32(24, true);
  const channels = new DataView(bytes).getUint16(22, true);
  return new OfflineAudioContext(channels, 1, rateHz).decodeAudioData(bytes);
}
