/** How a statement ended: on to the next one, out of the loop, back to its condition, or out of the function. */
export type Signal = 0 | 1 | 2 | 3;

export const NEXT = 0 as const;
export const BREAK = 1 as const;
export const CONTINUE = 2 as const;
export const RETURN = 3 as const;
