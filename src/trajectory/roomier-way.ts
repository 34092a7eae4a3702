import type { ClearanceCheck } from "../collision/clearance.ts";
import type { Joints } from "../math/joints.ts";
import { seededRandom } from "../math/random.ts";
import type { FreeWay } from "./free-way.ts";

/** Where a way to more room is looked for, and when there is room enough. */
export interface RoomWanted {
  /** Everything is so far from everything [m]. */
  readonly enoughM: number;
  readonly seed: number;
}

/** First, longest and shortest turn of a joint in one step [rad]. */
const [FIRST_RAD, LONGEST_RAD, SHORTEST_RAD] = [0.03, 0.3, 5e-5];
/** A step that leads nowhere makes the next one shorter, one that leads to more room longer. */
const [SHORTER, LONGER] = [0.95, 1.7];
const STEPS = 1500;

/**
 * Goes where there is more room, step by step, as far as it gets: of random turns of some joints every one is taken that widens the
 * narrowest place. Same seed, same way.
 *
 * @param isAllowed whether the arm may go straight from one configuration to another
 * @returns from where the arm stands to the roomiest place that was come to
 * @source the (1+1) evolution strategy with success-based step length, Rechenberg 1973
 */
export function roomierWay(
  from: Joints,
  isAllowed: (a: Joints, b: Joints) => boolean,
  { clearanceAt }: Pick<ClearanceCheck, "clearanceAt">,
  { enoughM, seed }: RoomWanted,
): FreeWay {
  const random = seededRandom(seed);
  const way = [from];
  let [here, roomM, stepRad] = [from, clearanceAt(from).minM, FIRST_RAD];
  for (let step = 0; step < STEPS && roomM < enoughM && stepRad > SHORTEST_RAD; step++) {
    const next = turned(here, stepRad, random);
    const wider = clearanceAt(next).minM;
    if (wider > roomM && isAllowed(here, next)) {
      way.push(next);
      [here, roomM, stepRad] = [next, wider, Math.min(LONGEST_RAD, LONGER * stepRad)];
    } else stepRad *= SHORTER;
  }
  return way;
}

/** Every joint with even chance turned by up to `mostRad` to either side: some narrow places are left by one joint alone. */
function turned(q_rad: Joints, mostRad: number, random: () => number): Joints {
  return q_rad.map((q) => {
    const isTurned = random() < 0.5;
    const by = mostRad * (2 * random() - 1);
    return isTurned ? q + by : q;
  }) as unknown as Joints;
}
