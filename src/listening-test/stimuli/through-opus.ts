import OpusScript from "opusscript";

/** Rates that Opus works at [Hz]. */
export const OPUS_RATES_HZ = [8000, 12000, 16000, 24000, 48000] as const;
export type OpusRateHz = (typeof OPUS_RATES_HZ)[number];

/** By how much libopus delays music at 48 kHz [samples]: 4 ms for its look-ahead, 2.5 ms for the overlap of blocks. */
const DELAY_48K = 312;
const FRAMES_PER_S = 50;

/**
 * A recording as it comes out of Opus: everything that is heard of coding, none of its delay. The codec counts in 16 bits;
 * the recording is scaled by a power of two for it, so a soft take is not coded coarser than a loud one.
 *
 * @param rateHz one of `OPUS_RATES_HZ`
 * @returns as long as before; the same samples for the same recording and rate
 * @source RFC 6716 (the codec), RFC 7845 4.2 (the delay)
 */
export function throughOpus(x: Float32Array, rateHz: OpusRateHz, kbps: number): Float32Array {
  const delay = (DELAY_48K * rateHz) / 48000;
  const peak = x.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  const scale = peak === 0 ? 1 : 2 ** Math.floor(14 - Math.log2(peak));
  const frame = rateHz / FRAMES_PER_S;
  const out = new Float32Array(x.length);
  const codec = new OpusScript(rateHz, 1, OpusScript.Application.AUDIO);
  try {
    codec.setBitrate(1000 * kbps);
    for (let from = 0; from < x.length + delay; from += frame) {
      const pcm = Buffer.alloc(2 * frame);
      for (let i = 0; i < frame; i++) pcm.writeInt16LE(Math.round(scale * (x[from + i] ?? 0)), 2 * i);
      const heard = codec.decode(codec.encode(pcm, frame));
      for (let i = 0; i < frame; i++) {
        const at = from + i - delay;
        if (at >= 0 && at < out.length) out[at] = heard.readInt16LE(2 * i) / scale;
      }
    }
  } finally {
    codec.delete();
  }
  return out;
}
