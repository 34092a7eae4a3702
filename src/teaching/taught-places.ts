import type { ExtraPoint, TaughtPose } from "../instrument/calibration.ts";
import type { StringName } from "../score/score.ts";
import { misplaced, nameOfPlace, type PlacedPose } from "./misplaced.ts";
import type { TaughtPlace } from "./operator.ts";

/** What was measured with a ruler where the hair lay on a string [m]. */
export interface RulerReading {
  readonly from_bridge_m?: number;
  readonly hair_m?: number;
}

/** Poses of the eight corners, extra points, and where the arm is to wait: what an operator has taught. */
export interface TaughtCello {
  readonly taught: Readonly<Record<StringName, { readonly frog: TaughtPose; readonly tip: TaughtPose }>>;
  readonly extra: readonly ExtraPoint[];
  readonly parked_q_rad: readonly number[];
}

/** A place that was taught, with its pose. */
export interface Taken extends PlacedPose {
  readonly ruler: RulerReading;
}

/** Strings in the order in which one walks around a cello, from the A string. */
export const WALK: readonly StringName[] = ["A", "D", "G", "C"];
/** The eight ends of the strokes, in the order of the walk. */
export const CORNERS: readonly (TaughtPlace & { readonly kind: "corner" })[] = WALK.flatMap((string) =>
  (["frog", "tip"] as const).map((end) => ({ kind: "corner", string, end }) as const),
);

/** Places that were taught one after the other, in any order, until they are all there. */
export class TaughtPlaces {
  /** TCP in the flange, as poses are told. */
  readonly tcp_F: readonly number[];
  #taken: readonly Taken[] = [];

  constructor(tcp_F: readonly number[]) {
    this.tcp_F = tcp_F;
  }

  /** In the order in which they were taught; another list whenever it has changed. */
  get taken(): readonly Taken[] {
    return this.#taken;
  }

  /** How many extra points a string has. */
  extraOf(string: StringName): number {
    return this.#taken.filter(({ place }) => place.kind === "extra" && place.string === string).length;
  }

  /**
   * Takes a pose for a place, instead of an earlier one of the same place.
   *
   * @returns why it cannot be that place; undefined when it was taken
   */
  take(place: TaughtPlace, pose: TaughtPose, ruler: RulerReading = {}): string | undefined {
    const name = nameOfPlace(place);
    const others = this.#taken.filter((taken) => nameOfPlace(taken.place) !== name);
    const wrong = place.kind === "parked" ? undefined : misplaced(place, pose, others, this.tcp_F);
    if (wrong === undefined) this.#taken = [...others, { place, pose, ruler }];
    return wrong;
  }

  /** Forgets the one that was taught last. @returns it, or undefined when there is none */
  drop(): TaughtPlace | undefined {
    const last = this.#taken.at(-1)?.place;
    if (last !== undefined) this.#taken = this.#taken.slice(0, -1);
    return last;
  }

  /** Forgets a place; it is to be taught again. */
  forget(place: TaughtPlace): void {
    this.#taken = this.#taken.filter((taken) => nameOfPlace(taken.place) !== nameOfPlace(place));
  }

  /** Whether a place was taught. */
  has(place: TaughtPlace): boolean {
    return this.#taken.some((taken) => nameOfPlace(taken.place) === nameOfPlace(place));
  }

  /** What must be there and was not taught: corners, and where the arm waits. */
  missing(): TaughtPlace[] {
    const names = new Set(this.#taken.map(({ place }) => nameOfPlace(place)));
    return [...CORNERS, { kind: "parked" } as const].filter((place) => !names.has(nameOfPlace(place)));
  }

  /**
   * Everything taught, for a calibration.
   *
   * @param rest where what is missing comes from; needed only when something is
   */
  cello(rest?: TaughtCello): TaughtCello {
    const poseOf = (place: TaughtPlace): TaughtPose | undefined =>
      this.#taken.find((taken) => nameOfPlace(taken.place) === nameOfPlace(place))?.pose;
    const ends = (string: StringName) => ({
      frog: poseOf({ kind: "corner", string, end: "frog" }) ?? rest!.taught[string].frog,
      tip: poseOf({ kind: "corner", string, end: "tip" }) ?? rest!.taught[string].tip,
    });
    const extra = this.#taken.flatMap(({ place, pose, ruler }): ExtraPoint[] =>
      place.kind === "extra" ? [{ string: place.string, ...pose, ...ruler }] : [],
    );
    return {
      taught: { C: ends("C"), G: ends("G"), D: ends("D"), A: ends("A") },
      extra: extra.length > 0 ? extra : [...(rest?.extra ?? [])],
      parked_q_rad: poseOf({ kind: "parked" })?.q ?? rest!.parked_q_rad,
    };
  }
}
