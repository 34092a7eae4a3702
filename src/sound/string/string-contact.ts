import { ContactFollower, LANDING_ROWS } from "./contact-follower.ts";

/** What the hair did to one string, evenly spaced in time. Where it does not touch, speed and place are only bridged over. */
export interface StringContact {
  readonly periodS: number;
  /** >= 0 [N] */
  readonly forceN: Float64Array;
  /** > 0 is down-bow [m/s]. */
  readonly bowSpeedMps: Float64Array;
  /** Hair to bridge [m]. */
  readonly contactM: Float64Array;
}

/** Contact of all four strings, as recorded: [n × 4] each, strings C, G, D, A. */
export interface BowContacts {
  readonly forceN: Float64Array;
  readonly bowSpeedMps: Float64Array;
  readonly contactM: Float64Array;
}

/** One string's column of the recorded contacts, made fit to drive a string; see `ContactFollower`. */
export function contactOfString(
  contacts: BowContacts,
  string: number,
  { periodS, touchForceN }: { readonly periodS: number; readonly touchForceN: number },
): StringContact {
  const rows = contacts.forceN.length / 4;
  const [forceN, bowSpeedMps, contactM] = [0, 0, 0].map(() => new Float64Array(rows)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const follower = new ContactFollower(touchForceN);
  for (let i = 0; i < rows + LANDING_ROWS; i++) {
    const at = 4 * i + string;
    if (i < rows) follower.take(contacts.forceN[at]!, contacts.bowSpeedMps[at]!, contacts.contactM[at]!);
    else follower.take(0, 0, 0);
    const row = i - LANDING_ROWS;
    if (row < 0) continue;
    forceN[row] = follower.row.forceN;
    bowSpeedMps[row] = follower.row.bowSpeedMps;
    contactM[row] = follower.row.contactM;
  }
  return { periodS, forceN, bowSpeedMps, contactM };
}
