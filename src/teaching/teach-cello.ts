import { CellistError } from "../errors.ts";
import { dhParameters } from "./arm-kinematics.ts";
import { refuseUnready, sayingWhy, type ArmDesk } from "./arm-desk.ts";
import { stillPulled } from "./hidden-weight.ts";
import { nameOfPlace } from "./misplaced.ts";
import { placeInWords, type Operator, type TaughtPlace } from "./operator.ts";
import { placeCalled } from "./place-named.ts";
import type { PlaceStore } from "./place-store.ts";
import { standingPose } from "./standing-pose.ts";
import type { Unfit } from "./unfit.ts";
import {
  CORNERS,
  TaughtPlaces,
  WALK,
  type RulerReading,
  type Taken,
  type TaughtCello,
} from "./taught-places.ts";

/** How much is taught beside the eight corners and the parked pose. */
export interface TeachingScope {
  /** TCP in the flange, as it was set on the controller. */
  readonly tcp_F: readonly number[];
  /** Extra points on every string. */
  readonly extraPerString: number;
  /** One more on every string, far from the bridge: with the corners it tells the plane of the strokes. */
  readonly planes: boolean;
}

const KEYS =
  "Enter takes the pose, b goes back, the name of a place (as in D tip) goes back to that one, q ends without a calibration";

/**
 * Walks the operator through teaching in Freedrive: frog and tip on every string, what else was asked for, and where the arm waits.
 * Where nothing can be made of it, single places are taught again; the others are kept. Every place is put down as it is taken: where
 * a teaching was not finished, the next one may go on from there.
 *
 * @throws CellistError `robot-stopped` when the operator ends it or the arm is lost; what was taken is in the store then
 */
export async function teachCello(
  desk: ArmDesk,
  operator: Operator,
  scope: TeachingScope,
  store: PlaceStore,
  unfit: (taught: TaughtCello) => Unfit | undefined,
): Promise<TaughtCello> {
  const places = placesOf(scope);
  const { control, name } = desk;
  const taught = new TaughtPlaces(scope.tcp_F);
  await goOn(operator, store, places, taught);
  operator.tell(`The arm is free now: take it by the wrist and move it gently. ${KEYS}.`);
  await sayingWhy(name, () => control.hand.begin());
  try {
    for (;;) {
      await walk(desk, operator, places, taught, store);
      const cello = taught.cello();
      const wrong = unfit(cello);
      if (wrong === undefined) return cello;
      operator.tell(`Not taken: ${wrong.why}.`);
      taught.forget(wrong.place ?? (await placeAgain(operator, places, store)));
      await putDown(operator, store, taught);
    }
  } finally {
    if (control.mode === "hand-guided") await control.hand.end().catch(() => undefined); // a lost robot is told by the walk
  }
}

/** Asks for every place that is not taught yet, until all are. */
async function walk(
  desk: ArmDesk,
  operator: Operator,
  places: readonly TaughtPlace[],
  taught: TaughtPlaces,
  store: PlaceStore,
): Promise<void> {
  for (;;) {
    const at = places.findIndex((place) => !taught.has(place));
    const place = places[at];
    if (!place) return;
    const before = taught.taken;
    const lost = (): CellistError =>
      ended(before.length, places, store, `${desk.name}: the connection to the robot is lost; `);
    const asked = operator.ask(`(${at + 1} of ${places.length}) ${placeInWords(place)}: `, place);
    const answer = await unlessLost(desk, asked, lost);
    if (answer === undefined || answer === "q") throw ended(before.length, places, store);
    const back = placeCalled(answer, places);
    if (back && !taught.has(back)) operator.tell(notYet(back, place));
    else if (back) taught.forget(back);
    else if (answer !== "b") {
      const why = await take(desk, place, answer, taught).catch((error: unknown) => {
        throw desk.control.closed ? lost() : error;
      });
      if (why !== undefined) operator.tell(`Not taken: ${why}.`);
    } else if (taught.drop() === undefined) operator.tell("there is nothing before this one");
    if (taught.taken !== before) await putDown(operator, store, taught);
  }
}

/** An answer that is waited for no longer than the robot is there. @throws what `lost` says when it is not */
async function unlessLost<T>({ control }: ArmDesk, asked: Promise<T>, lost: () => CellistError): Promise<T> {
  if (control.closed) throw lost();
  let forget = (): void => undefined;
  const gone = new Promise<never>((_, reject) => {
    forget = control.onClosed(() => reject(lost()));
  });
  const answer = await Promise.race([asked, gone]).finally(() => forget());
  if (control.closed) throw lost();
  return answer;
}

/** A disk that is full ends no teaching. */
async function putDown(operator: Operator, store: PlaceStore, taught: TaughtPlaces): Promise<void> {
  try {
    await store.keep(taught.taken);
  } catch (error) {
    if (!(error instanceof CellistError)) throw error;
    operator.tell(`What is taught is not kept beside the calibration: ${error.message}.`);
  }
}

/** Takes over the places of a teaching that was not finished, where the operator says that nothing has moved since. */
async function goOn(
  operator: Operator,
  { path, kept }: PlaceStore,
  places: readonly TaughtPlace[],
  taught: TaughtPlaces,
): Promise<void> {
  const asked = (kept?.taken ?? []).filter(({ place }) => places.some((one) => isSamePlace(one, place)));
  if (kept === undefined || asked.length === 0) return;
  const named = (taken: readonly Taken[]): string => taken.map(({ place }) => nameOfPlace(place)).join(", ");
  const others = kept.taken.filter((taken) => !asked.includes(taken));
  const dropped =
    others.length === 0
      ? ""
      : `It also holds what is not asked for now, and is lost then: ${named(others)}. `;
  for (;;) {
    const answer = await operator.ask(
      `${path} holds ${asked.length} of ${places.length} places of a teaching that was not finished (${sayWhen(kept.keptAt)}): ${named(asked)}. ` +
        `${dropped}Go on from there, if neither the cello, nor the robot's base, nor the bow in its holder has been moved since? ` +
        "y goes on, n begins anew, q ends: ",
    );
    if (answer === undefined || answer === "q")
      throw endedWith(`${asked.length} ${asked.length === 1 ? "place is" : "places are"} still in ${path}`);
    if (answer === "n") return;
    if (answer !== "y") continue;
    for (const { place, pose, ruler } of asked) {
      const why = taught.take(place, pose, ruler);
      if (why !== undefined) operator.tell(`${nameOfPlace(place)} is not taken over: ${why}.`);
    }
    return;
  }
}

const isSamePlace = (a: TaughtPlace, b: TaughtPlace): boolean =>
  nameOfPlace(a) === nameOfPlace(b) && (a.kind === "extra" && a.farUp) === (b.kind === "extra" && b.farUp);

const sayWhen = (date: Date): string => `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** Why there is no going back to a place that was not taught yet: it lies ahead, or is asked for now. */
const notYet = (named: TaughtPlace, now: TaughtPlace): string =>
  nameOfPlace(named) === nameOfPlace(now)
    ? `${nameOfPlace(now)} is what is asked for now: bring the bow there and press Enter`
    : `${nameOfPlace(named)} comes later, in its turn; first ${nameOfPlace(now)}`;

/** Asks which place to teach again. */
async function placeAgain(
  operator: Operator,
  places: readonly TaughtPlace[],
  store: PlaceStore,
): Promise<TaughtPlace> {
  for (;;) {
    const answer = await operator.ask(
      "Which place again, as in D tip? The others are kept; q ends without a calibration: ",
    );
    if (answer === undefined || answer === "q") throw ended(places.length, places, store);
    const place = placeCalled(answer, places);
    if (place) return place;
    operator.tell(`"${answer}" is no place: a string (A, D, G or C) with frog, tip or extra 1, or parked`);
  }
}

function ended(count: number, places: readonly TaughtPlace[], { path }: PlaceStore, why = ""): CellistError {
  const left =
    count === 0 ? "nothing was stored" : `they are kept in ${path}, and the same command goes on from there`;
  return endedWith(`${why}the calibration was ended after ${count} of ${places.length} poses; ${left}`);
}

const endedWith = (why: string): CellistError => new CellistError("robot-stopped", why);

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
  desk: ArmDesk,
  place: TaughtPlace,
  answer: string,
  taught: TaughtPlaces,
): Promise<string | undefined> {
  const { control, kinematics, name } = desk;
  const ruler = rulerOf(place, answer);
  if (typeof ruler === "string") return ruler;
  if (control.mode !== "hand-guided") return freeAgain(desk);
  const arm = { dh: dhParameters(kinematics), tcp_F: taught.tcp_F };
  const pose = await sayingWhy(name, () => standingPose(control, arm));
  if (!pose.ok) return pose.why;
  const wrong = taught.take(place, pose.value, ruler);
  return wrong === undefined
    ? undefined
    : `${wrong}; move the bow, or type the name of that one if it was wrong`;
}

/** Lets go of an arm that a stop has held meanwhile; what was taught before is kept. @returns what the operator is to do */
async function freeAgain({ control, name }: ArmDesk): Promise<string> {
  try {
    refuseUnready(control, name); // in the operator's words, where the library would name its own methods
    const pulled = stillPulled(control);
    if (pulled !== undefined) return `the arm is not free yet: ${pulled}, then press Enter again`;
    await sayingWhy(name, () => control.hand.begin());
    return "the arm was held meanwhile and is free again now; bring the bow there once more";
  } catch (error) {
    if (control.closed || !(error instanceof CellistError)) throw error;
    return `the arm is no longer free: ${error.message.replace(/\.$/, "")}, then press Enter`;
  }
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
