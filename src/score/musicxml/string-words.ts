import { STRING_NAMES, type StringName } from "../score.ts";

const NAMES = "do|sol|re|ré|la|iv|iii|ii|i|c|g|d|a|[1-4]";
/** Not the beginning of a longer word: "sul tasto" and "sul ponticello" name no string. */
const END = "(?![\\p{L}\\d])";
const SUL = new RegExp(
  `^sul(?:(?:la|l)?\\.?\\s+(?:corda\\s+(?:di\\s+)?)?|l['’]\\s*)(${NAMES})(?:\\.|ª|a|ᵃ)?${END}`,
  "iu",
);
const CORDA = new RegExp(`^(iv|iii|ii|i|[1-4])(?:\\.|ª|a|e)?\\s*(?:corda|corde|saite|string)${END}`, "iu");
const LOCO = /^loco(?!\p{L})/iu;

const STRING_OF: Readonly<Record<string, StringName>> = {
  ...{ do: "C", sol: "G", re: "D", ré: "D", la: "A" },
  ...{ c: "C", g: "G", d: "D", a: "A" },
  ...{ iv: "C", iii: "G", ii: "D", i: "A" },
  ...Object.fromEntries(STRING_NAMES.map((name, i) => [String(STRING_NAMES.length - i), name])),
};

/** The string that words over the staff ask for (sul G, sulla corda di Sol, sul III, 3a corda); "any" from "loco" on. */
export function stringInWords(text: string): StringName | "any" | undefined {
  if (LOCO.test(text)) return "any";
  const name = (SUL.exec(text) ?? CORDA.exec(text))?.[1];
  return name === undefined ? undefined : STRING_OF[name.toLowerCase()];
}
