import { CellistError } from "../errors.ts";
import type { Joints } from "../math/joints.ts";
import { explainNoWay } from "../planning/no-passage.ts";
import { planFreeMotion, type FreeContext } from "../planning/plan-free-motion.ts";
import { planParking, type Parking } from "../planning/plan-parking.ts";
import { derivatives } from "../trajectory/derivatives.ts";
import { sayingWhy, type ArmDesk } from "./arm-desk.ts";
import { unlessSafeguarded } from "./unless-safeguarded.ts";

/** A way from rest to rest, ready to be played: parts with rests between them, [n × 6] each. */
export type Travel = readonly Float64Array[];

/**
 * Plans the way from one configuration to another, clear of everything. It takes up to half a minute, in which nothing else happens
 * here: plan before the control program runs, which takes a silent host for dead.
 *
 * @param name of the robot, for the refusal
 * @throws CellistError `robot-not-ready` when there is no way, by name of what is in it
 */
export function planTravel(name: string, from: Joints, goal: Joints, context: FreeContext): Travel {
  const planned = planFreeMotion(from, goal, context);
  if (planned.ok) return planned.value;
  throw new CellistError("robot-not-ready", `${name}: ${explainNoWay(planned.why)}`);
}

/**
 * Plans the way to the parked pose, as `planTravel`; around the base the other way where there is none else.
 *
 * @throws CellistError `robot-not-ready` when there is no way
 */
export function planParkingTravel(name: string, from: Joints, context: FreeContext): Parking {
  const planned = planParking(from, context);
  if (planned.ok) return planned.value;
  throw new CellistError("robot-not-ready", `${name}: ${explainNoWay(planned.why)}`);
}

/** How long a way takes [s]. */
export const travelS = (travel: Travel, { trajectory }: FreeContext["profile"]): number =>
  travel.reduce((sum, part) => sum + (part.length / 6 - 1) * trajectory.sampleS, 0);

/**
 * Plays a way by the controller's own program.
 *
 * @param stop stops the arm on its way
 * @throws CellistError `robot-stopped` when the arm did not arrive
 */
export async function playTravel(
  desk: ArmDesk,
  travel: Travel,
  { trajectory: { sampleS, knotS } }: FreeContext["profile"],
  stop?: AbortSignal,
): Promise<void> {
  for (const part of travel) await play(desk, part, { sampleS, every: Math.round(knotS / sampleS) }, stop);
}

/** @throws CellistError `robot-stopped` when a person has said stop */
export function refuseStopped(name: string, stop: AbortSignal | undefined): void {
  if (stop?.aborted !== true) return;
  throw new CellistError(
    "robot-stopped",
    `${name}: stopped as you asked; the arm stands where it was on its way`,
  );
}

/** Where the arm stands [rad]. */
export const standingAt = ({ control }: ArmDesk): Joints => [...control.state.actual_q] as unknown as Joints;

async function play(
  desk: ArmDesk,
  part: Float64Array,
  { sampleS, every }: { readonly sampleS: number; readonly every: number },
  stop: AbortSignal | undefined,
): Promise<void> {
  const { control, name } = desk;
  const last = part.length / 6 - 1;
  if (last === 0) return;
  const d = derivatives(part, sampleS);
  const row = (values: Float64Array, k: number) => values.slice(k * 6, k * 6 + 6);
  const samples = Array.from({ length: Math.ceil(last / every) + 1 }, (_, i) => Math.min(i * every, last));
  const knots = samples.map((k) => ({
    timeS: k * sampleS,
    q_rad: row(part, k),
    qd_radps: row(d.qd, k),
    qdd_radps2: row(d.qdd, k),
    last: k === last,
  }));
  const stream = await sayingWhy(name, () => control.stream({ first_rad: row(part, 0) }));
  try {
    const played = sayingWhy(name, () => stream.play(knots, { signal: stop }));
    const { phase } = await unlessSafeguarded(desk, played).finally(() => refuseStopped(name, stop));
    if (phase !== "finished")
      throw new CellistError("robot-stopped", `${name}: the arm stopped on its way (${phase})`);
  } finally {
    stream.close();
  }
}
