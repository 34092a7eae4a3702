import { CellistError } from "../errors.ts";
import { bowOnString, type BowPlace } from "../instrument/bow-on-string.ts";
import { waitingAs } from "../instrument/base-turns.ts";
import { fitDrift, type Drift } from "../instrument/drift.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { Joints } from "../math/joints.ts";
import type { FreeContext } from "../planning/plan-free-motion.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import { firstBranch } from "../trajectory/first-branch.ts";
import type { ArmDesk } from "./arm-desk.ts";
import { touchDown, type FeltString, type TouchSettings } from "./touch-down.ts";
import { planTravel, playTravel, standingAt } from "./travel.ts";

/** What a re-check has found. */
export interface Recheck {
  readonly touches: readonly FeltString[];
  readonly drift: Drift;
}

/** A place where a string is touched. */
interface TouchPlace extends BowPlace {
  readonly string: StringName;
}

/** Share of the playable hair and distance from the bridge at which each string is touched. */
const ENDS = [
  { share: 0.1, contactM: 0.07 },
  { share: 0.9, contactM: 0.105 },
] as const;
/** Share of the string's window that the bow leans to one side. */
const LEAN = 0.5;

/**
 * Where the strings are touched: each near frog and tip, at two contact points, leaning once to either side.
 *
 * The lean turns about from string to string, so that no motion of the cello looks like another; a bow in the middle of each
 * window would feel nothing of a bridge that has turned about its own curve.
 */
export const touchPlaces = ({ strings }: Instrument): TouchPlace[] =>
  STRING_NAMES.flatMap((string, i) =>
    ENDS.map(({ share, contactM }, end) => {
      const { playable, window } = strings[string];
      const side = i % 2 === end ? 1 : -1;
      const bowM = playable.fromM + share * (playable.toM - playable.fromM);
      return { string, bowM, contactM, lean_rad: side * LEAN * window.half_rad };
    }),
  );

/**
 * Touches down on every string at low force and finds how the cello has moved since it was calibrated. The arm ends where it is
 * parked.
 *
 * @param stop stops the arm where it is
 * @throws CellistError `robot-not-ready` when a way is not clear, by name of what is in it; `robot-stopped`
 */
export async function recheckCello(
  desk: ArmDesk,
  context: FreeContext,
  settings: TouchSettings,
  say: (text: string) => void,
  stop?: AbortSignal,
): Promise<Recheck> {
  const { profile } = context;
  // An arm that is parked with its base a turn away touches, and is parked again, from there.
  const instrument = {
    ...context.instrument,
    parked_rad: waitingAs(context.instrument.parked_rad, standingAt(desk)),
  };
  const places = touchPlaces(instrument);
  const hovers = places.map((place) => hoverJoints(instrument, place, settings.hoverM));
  const stops = [standingAt(desk), ...hovers, instrument.parked_rad];
  const ways = stops.slice(1).map((goal, i) => planTravel(desk.name, stops[i]!, goal, context));
  const touches: FeltString[] = [];
  for (const [i, place] of places.entries()) {
    await playTravel(desk, ways[i]!, profile, stop);
    const touch = await touchDown(desk, instrument, place, settings, stop);
    say(
      `${place.string} string, ${(1e3 * place.bowM).toFixed(0)} mm from the frog: touched ${signedMm(touch.felt.heightM)} mm ` +
        `from where it should be, ${touch.felt.stiffnessNpm.toFixed(0)} N/m`,
    );
    touches.push(touch);
  }
  await playTravel(desk, ways.at(-1)!, profile, stop);
  return { touches, drift: fitDrift(instrument, touches) };
}

function hoverJoints(instrument: Instrument, { string, ...place }: TouchPlace, hoverM: number): Joints {
  const X_BF = bowOnString(instrument.hair, instrument.strings[string], { ...place, heightM: hoverM });
  const q = firstBranch(instrument, X_BF);
  if (q) return q;
  throw new CellistError("robot-not-ready", `the arm cannot reach over the ${string} string to touch it`);
}

const signedMm = (m: number): string => `${m < 0 ? "-" : "+"}${Math.abs(1e3 * m).toFixed(2)}`;
