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

/**
 * One string's column of the recorded contacts, made fit to drive a string.
 *
 * Motion noise must not squeak: force counts from `touchForceN`, in full from twice that. While the hair is off the
 * string its speed and place say nothing, so both run straight from where it left to where it comes back; a jump
 * there would be heard in a string that still rings.
 */
export function contactOfString(
  contacts: BowContacts,
  string: number,
  { periodS, touchForceN }: { readonly periodS: number; readonly touchForceN: number },
): StringContact {
  const forceN = column(contacts.forceN, string).map((force) => feltForceN(force, touchForceN));
  return {
    periodS,
    forceN,
    bowSpeedMps: bridgedOver(column(contacts.bowSpeedMps, string), forceN),
    contactM: bridgedOver(column(contacts.contactM, string), forceN),
  };
}

/** Nothing up to the touch force, all from twice the touch force on, a smooth step between. */
function feltForceN(forceN: number, touchForceN: number): number {
  const x = Math.min(forceN / touchForceN - 1, 1);
  return x > 0 ? forceN * x * x * (3 - 2 * x) : 0;
}

const column = (rows: Float64Array, string: number): Float64Array =>
  Float64Array.from({ length: rows.length / 4 }, (_, row) => rows[4 * row + string]!);

/** The values where there is force; straight lines between them elsewhere; 0 if there is none anywhere. */
function bridgedOver(values: Float64Array, forceN: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  let last = -1;
  for (let i = 0; i < values.length; i++) {
    if (forceN[i] === 0) continue;
    out[i] = values[i]!;
    const from = last < 0 ? values[i]! : values[last]!;
    for (let k = last + 1; k < i; k++) out[k] = from + ((values[i]! - from) * (k - last)) / (i - last);
    last = i;
  }
  if (last >= 0) out.fill(values[last]!, last + 1);
  return out;
}
