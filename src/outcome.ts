/** A step that may refuse: the value, or the reason with its numbers. Never null, never an empty path. */
export type Outcome<T, Why> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: Why };

/** The value of a step that succeeded. */
export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

/** The reason of a step that refused. */
export const refuse = <Why>(why: Why): { readonly ok: false; readonly why: Why } => ({ ok: false, why });
