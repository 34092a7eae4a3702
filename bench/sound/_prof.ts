import { Bridge, BLOCK_SAMPLES } from "../../src/sound/body/bridge.ts";
import { bodyModes } from "../../src/sound/body/body-modes.ts";
import { smoothstep } from "../../src/math/smoothstep.ts";
import { renderSound, type SoundInput } from "../../src/sound/render.ts";
import { jointNoise } from "../../src/sound/robot/joint-noise.ts";
import { Room } from "../../src/sound/room/room.ts";
import { DEFAULT_SOUND, type SoundSettings } from "../../src/sound/sound-settings.ts";
import { OVERSAMPLING } from "../../src/sound/string/string-drive.ts";
import { STRINGS } from "../../test/sound/steady-note.ts";
const lengthS = Number(process.argv[2] ?? 20);
const RUNS = 5;
const PERIOD_S = 0.002;
const NOTE_S = 0.5;
const RATE = DEFAULT_SOUND.sampleRateHz;
const samples = Math.round(lengthS * RATE);
function performance(): SoundInput & { readonly jointSpeeds_radps: Float64Array } {
  const rows = Math.round(lengthS / PERIOD_S);
  const [forceN, bowSpeedMps, contactM] = [new Float64Array(4 * rows), new Float64Array(4 * rows), new Float64Array(4 * rows)]; // prettier-ignore
  for (let row = 0; row < rows; row++) {
    const note = Math.floor((row * PERIOD_S) / NOTE_S);
    const sinceS = row * PERIOD_S - note * NOTE_S;
    const inside = smoothstep(sinceS / 0.08) * smoothstep((NOTE_S - sinceS) / 0.05);
    const cell = 4 * row + stringOf(note);
    forceN[cell] = 0.3 + 0.9 * inside;
    bowSpeedMps[cell] = (note % 2 === 0 ? 0.25 : -0.25) * inside;
    contactM[cell] = 0.08;
  }
  const fingers = Array.from({ length: Math.floor(lengthS / NOTE_S / 2) }, (_, k) => ({
    string: stringOf(2 * k + 1),
    startS: (2 * k + 1) * NOTE_S,
    endS: (2 * k + 2) * NOTE_S,
    midi: STRINGS[stringOf(2 * k + 1)]!.openMidi + 2 + (k % 4),
  }));
  const jointSpeeds_radps = Float64Array.from({ length: 6 * rows }, (_, i) => 0.4 * Math.sin(i / 900));
  return { periodS: PERIOD_S, contacts: { forceN, bowSpeedMps, contactM }, fingers, strings: STRINGS, jointSpeeds_radps }; // prettier-ignore
}
function stringOf(note: number): number {
  return [0, 1, 2, 3, 2, 1][note % 6]!;
}
const input = performance(); 
import { createHash } from "node:crypto";
import { STEADY, inputOf } from "../../test/sound/steady-note.ts";
const hash = (i: SoundInput) => { const r = renderSound(i, DEFAULT_SOUND); const h = createHash("sha256"); for (const s of ["cello","room","robot"] as const) for (const c of ["left","right"] as const) h.update(new Uint8Array(r.stems[s][c].slice().buffer)); h.update(JSON.stringify(r.slips)); return h.digest("hex").slice(0,16); };
if (process.argv[3] === "hash") {
  console.log(hash(input), hash({ ...inputOf({ ...STEADY, leaveS: 0.5, lengthS: 3 }, {...STEADY, string: "A", semitones: 4, leaveS: 1}), plucks: [{ string: 1, atS: 0.4, contactM: 0.15, forceN: 2 }] }), hash({...inputOf({...STEADY, semitones: 5}), fingers: [{string: 2, startS: 0.1, endS: 1, midi: 55, vibrato: {rateHz:5,cents:12,afterS:0.1,growS:0.2}}]}));
} else for (let i = 0; i < 3; i++) renderSound(input, DEFAULT_SOUND);
