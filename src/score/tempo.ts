/** One tempo event of a Standard MIDI File. Events are sorted by tick and the first is at tick 0. */
export interface TempoChange {
  readonly tick: number;
  /** Microseconds per quarter note, as stored in the file. */
  readonly usPerQuarter: number;
}

/**
 * Score time of a MIDI tick, in seconds from the start of the piece.
 *
 * Ticks are the truth and seconds are derived: editing a tempo must move every later note,
 * so no note ever stores its own seconds.
 *
 *     t(k) = Σ Δtick · usPerQuarter / (ticksPerQuarter · 1e6)      summed over tempo segments
 *
 * @param tempos sorted by tick, first at tick 0
 * @param ticksPerQuarter division of the file header, ≥ 1
 * @param tick ≥ 0
 * @returns seconds ≥ 0
 * @source Standard MIDI File 1.0, meta event FF 51 03 (set tempo)
 */
export function secondsAtTick(tempos: readonly TempoChange[], ticksPerQuarter: number, tick: number): number {
  let seconds = 0;
  for (const [index, tempo] of tempos.entries()) {
    const segmentEnd = Math.min(tick, tempos[index + 1]?.tick ?? Infinity);
    if (segmentEnd <= tempo.tick) break;
    seconds += ((segmentEnd - tempo.tick) * tempo.usPerQuarter) / (ticksPerQuarter * 1e6);
  }
  return seconds;
}
