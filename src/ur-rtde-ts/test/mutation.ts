/** Mulberry32: a seeded stream of numbers in [0, 1). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = <T>(all: readonly T[], random: () => number): T =>
  all[Math.floor(random() * all.length)]!;

/**
 * A copy with up to four bytes changed, cut out or put in; now and then the whole is noise. Its size field is put right
 * more often than not: else most of the noise would only be waited for.
 *
 * @param sizeBytes of the field at its beginning; 0: it has none
 */
export function mutated(bytes: Uint8Array, random: () => number, sizeBytes: 0 | 2 | 4): Uint8Array {
  const whole = (below: number) => Math.floor(random() * below);
  if (whole(20) === 0) return Uint8Array.from({ length: whole(40) }, () => whole(256));
  let mutant = bytes.slice();
  for (let n = whole(5); n > 0; n -= 1) {
    const at = whole(mutant.length);
    const kind = whole(4);
    if (kind === 0) mutant = joined(mutant.subarray(0, at), mutant.subarray(at + whole(4)));
    else if (kind === 1)
      mutant = joined(mutant.subarray(0, at), Uint8Array.of(whole(256)), mutant.subarray(at));
    else if (kind === 2) mutant = mutant.slice(0, at + 1);
    else mutant[at] = whole(256);
  }
  if (sizeBytes > 0 && mutant.length > sizeBytes && whole(10) > 0) {
    const view = new DataView(mutant.buffer);
    if (sizeBytes === 2) view.setUint16(0, mutant.length);
    else view.setUint32(0, mutant.length);
  }
  return mutant;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
