import { CellistError } from "../errors.ts";
import type { ExtraPoint, TaughtPose } from "../instrument/calibration.ts";
import { dhParameters } from "./arm-kinematics.ts";
import type { StringName } from "../score/score.ts";
import { sayingWhy, type ArmDesk } from "./arm-desk.ts";
import { misplaced, type PlacedPose } from "./misplaced.ts";
import { placeInWords, type Operator, type TaughtPlace } from "./operator.ts";
import { standingPose } from "./standing-pose.ts";

/** What an operator has taught. */
export interface TaughtCello {
  readonly taught: Readonly<Record<StringName, { readonly frog: TaughtPose; readonly tip: TaughtPose }>>;
  readonly extra: readonly ExtraPoint[];
  readonly parked_q_rad: readonly number[];
}

/** How much is taught beside the eight corners and the parked pose. */
export interface TeachingScope {
  /** TCP in the flange, as it was set on the controller. */
  readonly tcp_F: readonly number[];
  /** Extra points on every string. */
  readonly extraPerString: number;
  /** One more on every string, far from the bridge: with the corners it tells the plane of the strokes. */
  readonly planes: boolean;
}

/** Strings in the order in which one walks around a cello, from the A string. */
const ORDER: readonly StringName[] = ["A", "D", "G", "C"];
const KEYS = "Enter takes the pose, b goes back, q ends without storing";

interface Taken extends PlacedPose {
  readonly ruler: { readonly from_bridge_m?: number; readonly hair_m?: number };
}

/**
 * Walks the operator through teaching in Freedrive: frog and tip on every string, what else was asked for, and where the arm waits.
 *
 * @throws CellistError `robot-stopped` when the operator ends it or the arm is lost; nothing is stored then
 */
export async function teachCello(
  desk: ArmDesk,
  operator: Operator,
  scope: TeachingScope,
): Promise<TaughtCello> {
  const places = placesOf(scope);
  const { control, name } = desk;
  operator.tell(`The arm is free now: take it by the wrist and move it gently. ${KEYS}.`);
  await sayingWhy(name, () => control.hand.begin());
  const taken: Taken[] = [];
  try {
    while (taken.length < places.length) {
      const place = places[taken.length]!;
      const answer = await operator.ask(
        `(${taken.length + 1} of ${places.length}) ${placeInWords(place)}: `,
        place,
      );
      if (answer === undefined || answer === "q")
        throw new CellistError(
          "robot-stopped",
          `the calibration was ended after ${taken.length} of ${places.length} poses; nothing was stored`,
        );
      if (answer === "b") {
        if (taken.pop() === undefined) operator.tell("there is nothing before this one");
        continue;
      }
      const next = await take(desk, scope.tcp_F, place, answer, taken);
      if (typeof next === "string") operator.tell(`Not taken: ${next}.`);
      else taken.push(next);
    }
  } finally {
    if (control.mode === "hand-guided") await control.hand.end().catch(() => undefined); // a lost robot is told below
  }
  return sorted(taken);
}

/**
 * Has the operator bring the arm to another place to wait, because of what stands at the one taught.
 *
 * @throws CellistError `robot-stopped` when the operator ends it
 */
export async function teachParked(
  desk: ArmDesk,
  operator: Operator,
  { tcp_F }: Pick<TeachingScope, "tcp_F">,
): Promise<readonly number[]> {
  const place = { kind: "parked" } as const;
  await sayingWhy(desk.name, () => desk.control.hand.begin());
  try {
    for (;;) {
      const answer = await operator.ask(`${placeInWords(place)}: `, place);
      if (answer === undefined || answer === "q")
        throw new CellistError("robot-stopped", "the calibration was ended; nothing was stored");
      const taken = await take(desk, tcp_F, place, answer, []);
      if (typeof taken !== "string") return taken.pose.q;
      operator.tell(`Not taken: ${taken}.`);
    }
  } finally {
    if (desk.control.mode === "hand-guided") await desk.control.hand.end().catch(() => undefined);
  }
}

function placesOf({ extraPerString, planes }: TeachingScope): TaughtPlace[] {
  const corners = ORDER.flatMap((string) =>
    (["frog", "tip"] as const).map((end) => ({ kind: "corner", string, end }) as const),
  );
  const count = extraPerString + (planes ? 1 : 0);
  const extra = ORDER.flatMap((string) =>
    Array.from({ length: count }, (_, i) => {
      return { kind: "extra", string, number: i + 1, farUp: planes && i === 0 } as const;
    }),
  );
  return [...corners, ...extra, { kind: "parked" }];
}

/** The pose where the arm stands, or why it is not taken. */
async function take(
  { control, kinematics, name }: ArmDesk,
  tcp_F: readonly number[],
  place: TaughtPlace,
  answer: string,
  before: readonly Taken[],
): Promise<Taken | string> {
  const ruler = rulerOf(place, answer);
  if (typeof ruler === "string") return ruler;
  if (control.mode !== "hand-guided") await sayingWhy(name, () => control.hand.begin());
  const pose = await sayingWhy(name, () => standingPose(control, { dh: dhParameters(kinematics), tcp_F }));
  if (!pose.ok) return pose.why;
  const wrong = place.kind === "parked" ? undefined : misplaced(place, pose.value, before, tcp_F);
  if (wrong !== undefined) return `${wrong}; move the bow, or go back with b if that one was wrong`;
  return { place, pose: pose.value, ruler };
}

/** What a ruler says, as typed; a sentence when it makes no sense. */
function rulerOf(place: TaughtPlace, answer: string): Taken["ruler"] | string {
  if (answer === "") return {};
  if (place.kind !== "extra") return `"${answer}" means nothing here; ${KEYS}`;
  const words = answer.split(/\s+/);
  const [bridge, hair] = words.map(Number);
  if (
    words.length > 2 ||
    !(bridge! >= 10 && bridge! <= 400) ||
    (hair !== undefined && !(hair >= 0 && hair <= 700))
  )
    return `"${answer}" is no measure: one number from 10 to 400 mm for bridge to hair, perhaps another from 0 to 700 mm for frog to string`;
  return { from_bridge_m: bridge! / 1e3, ...(hair !== undefined && { hair_m: hair / 1e3 }) };
}

function sorted(taken: readonly Taken[]): TaughtCello {
  const corner = (string: StringName, end: "frog" | "tip"): TaughtPose =>
    taken.find(({ place }) => place.kind === "corner" && place.string === string && place.end === end)!.pose;
  const ends = (string: StringName) => ({ frog: corner(string, "frog"), tip: corner(string, "tip") });
  return {
    taught: { C: ends("C"), G: ends("G"), D: ends("D"), A: ends("A") },
    extra: taken.flatMap(({ place, pose, ruler }): ExtraPoint[] =>
      place.kind === "extra" ? [{ string: place.string, ...pose, ...ruler }] : [],
    ),
    parked_q_rad: taken.at(-1)!.pose.q,
  };
}
