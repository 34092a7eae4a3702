import { CellistError } from "../errors.ts";
import { dhParameters } from "./arm-kinematics.ts";
import { sayingWhy, type ArmDesk } from "./arm-desk.ts";
import { placeInWords, type Operator, type TaughtPlace } from "./operator.ts";
import { standingPose } from "./standing-pose.ts";
import { CORNERS, TaughtPlaces, WALK, type RulerReading, type TaughtCello } from "./taught-places.ts";

/** How much is taught beside the eight corners and the parked pose. */
export interface TeachingScope {
  /** TCP in the flange, as it was set on the controller. */
  readonly tcp_F: readonly number[];
  /** Extra points on every string. */
  readonly extraPerString: number;
  /** One more on every string, far from the bridge: with the corners it tells the plane of the strokes. */
  readonly planes: boolean;
}

const KEYS = "Enter takes the pose, b goes back, q ends without storing";

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
  const taught = new TaughtPlaces(scope.tcp_F);
  try {
    for (let count = 0; count < places.length; count = taught.taken.length) {
      const place = places[count]!;
      const answer = await operator.ask(`(${count + 1} of ${places.length}) ${placeInWords(place)}: `, place);
      if (answer === undefined || answer === "q")
        throw new CellistError(
          "robot-stopped",
          `the calibration was ended after ${count} of ${places.length} poses; nothing was stored`,
        );
      if (answer === "b") {
        if (taught.drop() === undefined) operator.tell("there is nothing before this one");
        continue;
      }
      const why = await take(desk, scope.tcp_F, place, answer, taught);
      if (why !== undefined) operator.tell(`Not taken: ${why}.`);
    }
  } finally {
    if (control.mode === "hand-guided") await control.hand.end().catch(() => undefined); // a lost robot is told below
  }
  return taught.cello();
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
      const taught = new TaughtPlaces(tcp_F);
      const why = await take(desk, tcp_F, place, answer, taught);
      if (why === undefined) return taught.taken[0]!.pose.q;
      operator.tell(`Not taken: ${why}.`);
    }
  } finally {
    if (desk.control.mode === "hand-guided") await desk.control.hand.end().catch(() => undefined);
  }
}

function placesOf({ extraPerString, planes }: TeachingScope): TaughtPlace[] {
  const count = extraPerString + (planes ? 1 : 0);
  const extra = WALK.flatMap((string) =>
    Array.from({ length: count }, (_, i) => {
      return { kind: "extra", string, number: i + 1, farUp: planes && i === 0 } as const;
    }),
  );
  return [...CORNERS, ...extra, { kind: "parked" }];
}

/** Takes the pose where the arm stands. @returns why not; undefined when it was taken */
async function take(
  { control, kinematics, name }: ArmDesk,
  tcp_F: readonly number[],
  place: TaughtPlace,
  answer: string,
  taught: TaughtPlaces,
): Promise<string | undefined> {
  const ruler = rulerOf(place, answer);
  if (typeof ruler === "string") return ruler;
  if (control.mode !== "hand-guided") await sayingWhy(name, () => control.hand.begin());
  const pose = await sayingWhy(name, () => standingPose(control, { dh: dhParameters(kinematics), tcp_F }));
  if (!pose.ok) return pose.why;
  const wrong = taught.take(place, pose.value, ruler);
  return wrong === undefined ? undefined : `${wrong}; move the bow, or go back with b if that one was wrong`;
}

/** What a ruler says, as typed; a sentence when it makes no sense. */
function rulerOf(place: TaughtPlace, answer: string): RulerReading | string {
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
