import type { Articulation } from "../score.ts";
import type { NoteSigns } from "./written-note.ts";

/**
 * The articulation that a note's signs mean together; undefined where none is drawn.
 *
 *     > accent · ^ martele · > with . martele · . staccato · - tenuto · - with . portato · three beams tremolo
 *
 * Spiccato leaves the string between notes, which the arm does not; it is taken as staccato and said by `unplayedOf`.
 */
export function articulationOf({ articulations, tremoloMarks }: NoteSigns): Articulation | undefined {
  const has = (name: string): boolean => articulations.includes(name);
  const short = has("staccato") || has("staccatissimo") || has("spiccato");
  if (tremoloMarks > 0) return "tremolo";
  if (has("strong-accent") || (has("accent") && short)) return "martele";
  if (has("accent")) return "accent";
  if (has("detached-legato") || (has("tenuto") && short)) return "portato";
  if (short) return "staccato";
  return has("tenuto") ? "tenuto" : undefined;
}
