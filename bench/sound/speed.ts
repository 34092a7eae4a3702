/**
 * Seconds of sound for each second of processor time, and what each part of it costs. `tsx bench/sound/speed.ts [seconds]`
 *
 * All cores' time of this process counts, so the compiler's and the garbage collector's too; other programs do not.
 */
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

/** Half-second strokes from string to string, every second note stopped, the arm moving: strings never come to rest. */
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

/** C, G, D, A, D, G, … */
function stringOf(note: number): number {
  return [0, 1, 2, 3, 2, 1][note % 6]!;
}

/** Cheapest of some runs after one to compile [s of processor time]: others on the machine only make it dearer. */
function costS(work: () => void): number {
  work();
  const each = Array.from({ length: RUNS }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  });
  return Math.min(...each);
}

const input = performance();
const { jointSpeeds_radps, ...silentArm } = input;
const dry: SoundSettings = { ...DEFAULT_SOUND, room: { ...DEFAULT_SOUND.room, reverberationS: 0 } };
const noise = Float32Array.from({ length: samples }, (_, i) => Math.sin(i * i));

const whole = costS(() => renderSound(input, DEFAULT_SOUND));
const stringsAndBody = costS(() => renderSound(silentArm, dry));
const body = costS(() => {
  const bridge = new Bridge(bodyModes(dry.body), 4, OVERSAMPLING * RATE);
  const force = new Float64Array(BLOCK_SAMPLES).fill(0.1);
  for (let n = 0; n < OVERSAMPLING * samples; n += BLOCK_SAMPLES) bridge.move(force);
});
const room = costS(
  () =>
  new Room(DEFAULT_SOUND.room, RATE).answer(noise, noise, { left: new Float32Array(samples), right: new Float32Array(samples) }), // prettier-ignore
);
const robot = costS(() => jointNoise(jointSpeeds_radps, PERIOD_S, RATE, DEFAULT_SOUND.jointNoise));

const line = (name: string, cost: number): string =>
  `${name.padEnd(34)} ${(lengthS / cost).toFixed(1).padStart(7)} s of sound per CPU second, ${((1e3 * cost) / lengthS).toFixed(1).padStart(6)} ms per s`;
console.log(line("whole (strings, body, room, robot)", whole));
console.log(line("strings and body", stringsAndBody));
console.log(line("  of it the body's modes", body));
console.log(line("  of it all else (strings)", stringsAndBody - body));
console.log(line("room", room));
console.log(line("robot noise", robot));
