import type { MeterChange } from "../score.ts";
import { element, leaf, type XmlNode } from "./xml-text.ts";

/** The beat as a musician counts it: a dotted quarter in 6/8, 9/8 and 12/8, a quarter elsewhere. */
export function metronomeNode(usPerQuarter: number, meter: MeterChange | undefined): XmlNode {
  const isCompound = meter?.beatUnit === 8 && meter.beatsPerBar % 3 === 0 && meter.beatsPerBar > 3;
  const quarters = isCompound ? 1.5 : 1;
  return element("metronome", {}, [
    leaf("beat-unit", "quarter"),
    isCompound && element("beat-unit-dot", {}),
    leaf("per-minute", String(Math.round(Number(tempoText(usPerQuarter)) / quarters))),
  ]);
}

/** Quarters a minute in as few decimals as bring the same microseconds back. */
export function tempoText(usPerQuarter: number): string {
  for (let decimals = 0; decimals < 12; decimals++) {
    const text = (60e6 / usPerQuarter).toFixed(decimals);
    if (Number(text) > 0 && Math.round(60e6 / Number(text)) === Math.round(usPerQuarter)) return text;
  }
  return String(60e6 / usPerQuarter);
}
