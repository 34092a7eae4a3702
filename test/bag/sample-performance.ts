import { JOINT_NAMES, type Joints } from "../../src/math/joints.ts";
import type { UrPose } from "../../src/math/pose.ts";
import type { PlannedPerformance } from "../../src/bag/write-performance.ts";
import { DYNAMICS, STRING_NAMES, type ScoreNote } from "../../src/score/score.ts";
import { PLAYER_PHASES } from "ur-rtde-ts";
import type { StringContacts } from "../../src/instrument/hair/string-contacts.ts";
import type { RobotState } from "../../src/stream/robot-link.ts";

type Random = () => number;
const pick = <T>(items: readonly T[], random: Random): T => items[Math.floor(random() * items.length)]!;
const six = (random: Random) => JOINT_NAMES.map(() => 6 * (random() - 0.5)) as unknown as Joints & UrPose;
const four = (random: Random) =>
  STRING_NAMES.map(() => random()) as unknown as [number, number, number, number];

/** A performance whose every number is random: nothing musical, but every field has a value of its own. */
export function samplePlanned(random: Random, notes = 20, knots = 50): PlannedPerformance {
  const row = (length: number) => Float64Array.from({ length }, () => 6 * (random() - 0.5));
  const use = () => ({ joint: Math.floor(6 * random()), atS: random(), value: random(), limit: random() });
  const provenance = () => ({
    sha256: Array.from({ length: 64 }, () => pick([..."0123456789abcdef"], random)).join(""),
  });
  const index = Array.from({ length: notes }, (_, k) => k);
  return {
    score: {
      title: "Le cygne — „Der Schwan“",
      composer: "Camille Saint-Saëns",
      ticksPerQuarter: 480,
      tempos: [0, 960].map((tick) => ({ tick, usPerQuarter: 5e5 / (0.5 + random()) })),
      meters: [{ tick: 0, beatsPerBar: 6, beatUnit: 4 }],
      keys: [{ tick: 0, fifths: -3, minor: true }],
      notes: index.map((k) => sampleNote(k, random)),
      endTick: 480 * notes,
      ignored: ["sustain pedal: 12 events ignored", "Höhe ♯"],
      provenance: provenance(),
    },
    plan: {
      title: "Le cygne",
      notes: index.map((noteIndex) => ({
        noteIndex,
        midi: 36 + Math.floor(40 * random()),
        string: pick(STRING_NAMES, random),
        direction: pick(["down", "up"] as const, random),
        stroke: Math.floor(noteIndex / 2),
        startS: noteIndex + random() / 9,
        endS: noteIndex + 1 - random() / 9,
        bowStartM: random(),
        bowEndM: random(),
        bowSpeedMps: random(),
        contactM: random(),
        forceN: random(),
        minForceN: random(),
        maxForceN: random(),
        dynamic: pick(DYNAMICS, random),
        articulation: pick(["legato", "staccato"] as const, random),
        why: pick([[], ["first in the bar"], ["slurred", "the tip is near: 41 mm left"]], random),
      })),
      lifts: [{ after: 1, before: 2, startS: random(), endS: 1 + random() }],
      objections: [
        { noteIndex: 2, from: "C", to: "DA", before: "down", after: "up", bowM: random(), reachM: random() },
      ],
      foresight: random() < 0.5,
      provenance: provenance(),
    },
    trajectory: {
      title: "Le cygne",
      timeS: Float64Array.from({ length: knots }, (_, k) => k / 30 + (k > 0 ? random() / 99 : 0)),
      q_rad: row(6 * knots),
      qd_radps: row(6 * knots),
      qdd_radps2: row(6 * knots),
      scoreStartS: 3 + random(),
      margins: {
        jointSpeed: use(),
        jointAcceleration: use(),
        jointJerk: use(),
        jointPosition: use(),
        tcpSpeed: { maxMps: random(), limitMps: 1.5, atS: -random() },
        singularity: {
          minSigma: random(),
          limitSigma: 0.01,
          minElbow_rad: random(),
          atS: random(),
          elbowAtS: random(),
        },
        clearance: { minM: Infinity, requiredM: 0.02, pair: ["frog", "bridge"], atS: NaN },
      },
      provenance: provenance(),
    },
    settings: { profile: "sim", seed: 7, start: { wallClock: "2026-11-20T10:00:00Z" }, tempo: 0.1 + 0.2 },
    servoLagS: 0.1 * random(),
    robotDescription: "<robot name='ur5e'/>",
  };
}

function sampleNote(index: number, random: Random): ScoreNote {
  return {
    index,
    startTick: 480 * index,
    endTick: 480 * index + 1 + Math.floor(479 * random()),
    midi: 36 + Math.floor(40 * random()),
    velocity: 1 + Math.floor(127 * random()),
    dynamic: pick(DYNAMICS, random),
    articulation: pick(["legato", "detache", "accent"] as const, random),
    ...(random() < 0.5 && { bow: pick(["down", "up"] as const, random) }),
    slurredFromPrevious: random() < 0.3,
    ...(random() < 0.5 && { string: pick(STRING_NAMES, random) }),
  };
}

/** State number `k` of a 500 Hz arm: every number random, the clock not a round one. */
export function sampleState(k: number, random: Random): RobotState {
  return {
    robotTimeS: 1234.56789 + 0.002 * k,
    q_rad: six(random),
    qd_radps: six(random),
    targetQ_rad: six(random),
    currentA: six(random),
    tcpPose: six(random),
    tcpWrench: six(random),
    robotMode: 7,
    safetyStatus: 1,
    speedScaling: random(),
    player: {
      phase: pick(PLAYER_PHASES, random),
      acceptedKnot: k - 1,
      pathTimeS: 0.002 * k * random(),
      rate: random(),
      aheadS: random(),
    },
    contact: sampleContact(random),
  };
}

export const sampleContact = (random: Random): StringContacts => ({
  forceN: four(random),
  bowSpeedMps: four(random),
  contactM: four(random),
  bowPositionM: four(random),
});
