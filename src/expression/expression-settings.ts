import { CellistError } from "../errors.ts";

/** How much of each rule is played; 0 = none, 1 = as usual. All are 0 unless a person asks. */
export interface ExpressionSettings {
  /** Phrases of four bars: slower and softer at both ends. */
  readonly phrase: number;
  /** The two bars before the last onset slow down, at 1 to half the tempo. */
  readonly ritard: number;
  /** First beats and notes leapt up to are louder. */
  readonly accent: number;
  /** Beats are early or late by chance; needs `seed`. */
  readonly variation: number;
  /** Of the variation; whole. */
  readonly seed: number | undefined;
}

export const NO_EXPRESSION: ExpressionSettings = {
  phrase: 0,
  ritard: 0,
  accent: 0,
  variation: 0,
  seed: undefined,
};

/** Beyond this no rule is music any more. @assumed */
const MOST = 3;

/**
 * Reads `phrase=1,ritard=0.5,accent=1,variation=0.3,seed=7`; an empty text, or "none", means none.
 *
 * @throws usage for an unknown rule, an amount outside 0 to 3, a seed that is not whole, variation without a seed
 */
export function parseExpression(text: string): ExpressionSettings {
  if (text.trim() === "none") return NO_EXPRESSION;
  const read: Record<string, number> = {};
  for (const entry of text.split(",").filter((one) => one.trim() !== "")) {
    const [key, value, ...rest] = entry.split("=").map((one) => one.trim());
    const amount = Number(value ?? Number.NaN);
    if (key === undefined || !Object.hasOwn(NO_EXPRESSION, key) || rest.length > 0)
      throw wrong(`there is no rule "${key ?? ""}"; rules are ${Object.keys(NO_EXPRESSION).join(", ")}`);
    if (key === "seed" ? !Number.isInteger(amount) || amount < 0 : !(amount >= 0 && amount <= MOST))
      throw wrong(
        key === "seed"
          ? `the seed is "${value ?? ""}"; it must be a whole number`
          : `${key} is "${value ?? ""}"; amounts are 0 to ${MOST}`,
      );
    read[key] = amount;
  }
  const settings: ExpressionSettings = { ...NO_EXPRESSION, ...read };
  if (settings.variation > 0 && settings.seed === undefined)
    throw wrong("variation needs a seed, such as seed=1, so that it can be played again");
  return settings;
}

const wrong = (sentence: string): CellistError => new CellistError("usage", `the expression: ${sentence}.`);
