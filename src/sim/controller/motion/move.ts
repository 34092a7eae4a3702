import { type CommandedJoints, type Motion, type MotionProgress, rest } from "./motion.ts";
import { type Pace, paced } from "./pace.ts";
import { type Segment, wayBefore } from "./segment.ts";
import { PathStretch, type Stretch } from "./stretch.ts";

/** Ways shorter than this are none [rad or m]. */
export const NO_WAY = 1e-9;

/**
 * `movej`, `movel`, `movep`, `movec`: along a segment to rest, after a blend out of the move before. Inside the blend
 * radius of its end another move may take over; if none does, it comes to rest at its end.
 */
export class Move implements Motion {
  readonly scaled = true;
  readonly segment: Segment;
  readonly pace: Pace;
  readonly radiusM: number;
  readonly #stretches: readonly Stretch[];
  readonly #path: PathStretch;
  readonly #blendWay: number;
  #next = 0;
  #timeS = 0;

  /** @param lead what comes before the path itself, and the way along the segment at which that leaves off */
  constructor(
    segment: Segment,
    pace: Pace,
    radiusM: number,
    lead?: { readonly stretch: Stretch; readonly way: number; readonly speed: number },
  ) {
    this.segment = segment;
    this.pace = pace;
    this.radiusM = radiusM;
    const way = lead?.way ?? 0;
    const rest = lead === undefined ? pace : { ...pace, timeS: restOfTime(pace.timeS, way, lead.speed) };
    this.#path = new PathStretch(segment, paced(segment.length - way, rest, lead?.speed), way);
    this.#stretches = lead === undefined ? [this.#path] : [lead.stretch, this.#path];
    this.#blendWay = radiusM > 0 ? Math.max(way, wayBefore(segment, radiusM)) : Infinity;
  }

  /** Where the tool point will be at the end, p[x, y, z, rx, ry, rz]. */
  get goal(): readonly number[] {
    return this.segment.goal;
  }

  /** Way along the segment and speed; undefined while the blend before it lasts. */
  get now(): { readonly way: number; readonly speed: number } | undefined {
    if (this.#stretches[this.#next] !== this.#path) return undefined;
    const [way, speed] = this.#path.wayAt(this.#timeS);
    return { way, speed };
  }

  /** It is inside the blend radius of its end and on its way: the next move may blend out of it. */
  get mayBlend(): boolean {
    const { now } = this;
    return (
      now !== undefined &&
      now.way >= this.#blendWay &&
      now.way < this.segment.length - NO_WAY &&
      now.speed > 0
    );
  }

  advance(joints: CommandedJoints, timeS: number): MotionProgress {
    this.#timeS += timeS;
    while (this.#next < this.#stretches.length - 1 && this.#timeS > this.#stretches[this.#next]!.durationS) {
      this.#timeS -= this.#stretches[this.#next]!.durationS;
      this.#next += 1;
    }
    const stretch = this.#stretches[this.#next]!;
    const fault = stretch.place(Math.min(this.#timeS, stretch.durationS), joints);
    if (fault !== undefined) return fault;
    if (stretch !== this.#path || this.#timeS < this.#path.durationS) return "moving";
    rest(joints);
    return "over";
  }
}

/** Time left for the rest of a timed way after its begin was made at an even speed. */
const restOfTime = (timeS: number, way: number, speed: number): number =>
  timeS > 0 ? Math.max(timeS - (speed > 0 ? way / speed : 0), 1e-3) : 0;
