import { Move, NO_WAY } from "./move.ts";
import type { CommandedJoints, MotionFault } from "./motion.ts";
import { cruiseOf, type Pace } from "./pace.ts";
import { distanceLeft, emptyPlace, type Segment, wayAfter, wayBefore } from "./segment.ts";
import { BlendStretch, PathStretch, type Stretch, UNREACHABLE } from "./stretch.ts";
import type { ToolCarrier } from "./tool-carrier.ts";
import { toolFillet } from "./tool-curve.ts";
import { ToolSegment } from "./tool-segment.ts";
import { quickest } from "./trapezoid.ts";

/** A move that is to follow another. */
export interface NextMove {
  /** From the end of the move before. */
  readonly segment: Segment;
  readonly pace: Pace;
  readonly radiusM: number;
  /** `movep`: round corners as circles at an even speed. */
  readonly rounded: boolean;
}

export type Blended =
  | { readonly kind: "blended"; readonly move: Move }
  /** Blends of this move and the one before would overlap: this move is to be left out. */
  | { readonly kind: "overlap" }
  /** There is nothing to do beyond the end of the move before. */
  | { readonly kind: "there" }
  | { readonly kind: "fault"; readonly fault: MotionFault };

/**
 * Blends out of a move into the next one: leaves the first path where the arm is now, joins the second as far from the
 * corner as that.
 *
 * @param joints where the arm is commanded to be on the first move
 * @source UR script manual, `movej`: "if the blend region of this move overlaps with [...] this move will be skipped"
 */
export function blend(move: Move, joints: CommandedJoints, next: NextMove, carrier: ToolCarrier): Blended {
  const { way, speed } = move.now!;
  const { segment } = next;
  if (segment.length < NO_WAY) return { kind: "there" };
  const leftM = distanceLeft(move.segment, way);
  const joinWay = Math.min(wayAfter(segment, leftM), segment.length);
  if (next.radiusM > 0 && joinWay > wayBefore(segment, next.radiusM)) return { kind: "overlap" };
  const out = Math.min(joinWay, segment.length / 2);
  const joinSpeed = Math.min(
    cruiseOf(segment.length, next.pace),
    Math.sqrt(2 * next.pace.acceleration * Math.min(out, segment.length - out)),
  );
  const lead = { way: out, speed: joinSpeed };
  const rounded = next.rounded ? fillet(move, way, speed, next, out, carrier) : undefined;
  if (rounded !== undefined) return made(next, { stretch: rounded, way: out, speed });
  const place = emptyPlace();
  if (!segment.at(out, joints.q_rad, place)) return { kind: "fault", fault: UNREACHABLE };
  const to = { q_rad: place.q_rad, v_radps: place.slope.map((slope) => slope * joinSpeed) };
  const durationS = (move.segment.length - way) / speed + out / joinSpeed;
  return made(next, { stretch: new BlendStretch(joints, to, durationS), ...lead });
}

const made = (
  { segment, pace, radiusM }: NextMove,
  lead: { readonly stretch: Stretch; readonly way: number; readonly speed: number },
): Blended => ({ kind: "blended", move: new Move(segment, pace, radiusM, lead) });

/** The circle that touches both straight lines, passed at the speed the arm has. */
function fillet(
  move: Move,
  way: number,
  speed: number,
  { segment, pace }: NextMove,
  out: number,
  carrier: ToolCarrier,
): Stretch | undefined {
  if (!(move.segment instanceof ToolSegment) || !(segment instanceof ToolSegment)) return undefined;
  const curve = toolFillet(move.segment.curve.pose(way), segment.curve.pose(0).p_m, segment.curve.pose(out));
  if (curve === undefined) return undefined;
  const profile = quickest(curve.length, pace.acceleration, speed, { start: speed, end: speed });
  return new PathStretch(new ToolSegment(curve, carrier), profile);
}
