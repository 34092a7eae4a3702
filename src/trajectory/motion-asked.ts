import type { BowPlan } from "../bowing/bow-plan.ts";
import { derivatives } from "./derivatives.ts";
import type { JointTrajectory } from "./joint-trajectory.ts";
import { musicPath } from "./music-path.ts";
import type { MusicContext } from "./plan-trajectory.ts";

/** Joints over time, whether or not they keep to the limits. */
export type JointMotion = Omit<JointTrajectory, "margins" | "provenance">;

/**
 * What a bow plan asks of the arm in the music, held against no limit: to be looked at where the plan was refused, never to be sent.
 *
 * @returns undefined where the arm cannot get there at all
 */
export function motionAsked(plan: BowPlan, context: MusicContext): JointMotion | undefined {
  const music = musicPath(plan, context);
  if (!music.ok) return undefined;
  const { q_rad, sampleS, startS } = music.value.path;
  const { qd, qdd } = derivatives(q_rad, sampleS);
  const timeS = Float64Array.from({ length: q_rad.length / 6 }, (_, k) => k * sampleS);
  return { title: plan.title, timeS, q_rad, qd_radps: qd, qdd_radps2: qdd, scoreStartS: -startS };
}
