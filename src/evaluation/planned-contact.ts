import { contactGlide } from "../trajectory/contact-glide.ts";
import { defaultTrajectorySettings } from "../trajectory/trajectory-settings.ts";
import type { PerformanceRecord } from "./performance-record.ts";

/** Where the plan has the hair on its string, as the trajectory was made: distance from the bridge at a score second [m]. */
export function plannedContact({
  plan,
  settings,
}: Pick<PerformanceRecord, "plan" | "settings">): (scoreS: number) => number {
  const profile = settings["profile"] as
    { readonly trajectory?: { readonly contactGlideS?: number } } | undefined;
  return contactGlide(plan, profile?.trajectory?.contactGlideS ?? defaultTrajectorySettings.contactGlideS);
}
