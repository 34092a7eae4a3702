import { type InputRecipe, openInputRecipe } from "./input-recipe.ts";
import { type OpenOutputRecipe, type OutputRecipe, openOutputRecipe } from "./output-recipe.ts";
import { encodeClientPackage } from "../protocol/client-package.ts";
import { type ProtocolVersion } from "../protocol/package-type.ts";
import { type RtdeType } from "../protocol/rtde-type.ts";
import { type NamesAnswer, namesAnswer } from "./recipe-names.ts";
import { inUse, refusedInputs, refusedRecipe } from "./refusals.ts";
import { type Step } from "./step.ts";

/** Fields asked for, with the type each must have. */
export interface AskedFields {
  readonly names: readonly string[];
  readonly typeOf: (name: string) => RtdeType | undefined;
  /** The version spoken when the question is put, not when it is queued. */
  readonly version: () => ProtocolVersion;
}

/**
 * Asks for outputs. With names the controller does not have, the result says which and there is no recipe.
 *
 * @param install takes the recipe the moment it is agreed: its first data may lie right behind the reply
 */
export function outputsStep(
  asked: AskedFields & { readonly frequencyHz: number; readonly missing: readonly string[] },
  install: (opened: OpenOutputRecipe) => void,
): Step<"setup-outputs", { readonly recipe: OutputRecipe } | NamesAnswer> {
  const { names, typeOf, version, frequencyHz, missing } = asked;
  return {
    name: "set-up of outputs",
    reply: "setup-outputs",
    request: () => encodeClientPackage({ kind: "setup-outputs", frequencyHz, names }, version()),
    read: (reply) => {
      const answer = namesAnswer(names, reply.types, typeOf);
      if (answer.notFound.length > 0) return answer;
      if (answer.inUse.length > 0) throw inUse(answer.inUse);
      if (version() === 2 && reply.recipeId === 0) throw refusedRecipe("output", names);
      const about = { id: reply.recipeId, fields: answer.fields, frequencyHz, missing: [...missing] };
      const opened = openOutputRecipe(about, version() === 2 ? 1 : 0);
      install(opened);
      return { recipe: opened.recipe };
    },
  };
}

/** Asks for inputs. Any name the controller refuses is an error. */
export function inputsStep(
  { names, typeOf, version }: AskedFields,
  write: (bytes: Uint8Array) => void,
): Step<"setup-inputs", InputRecipe> {
  return {
    name: "set-up of inputs",
    reply: "setup-inputs",
    request: () => encodeClientPackage({ kind: "setup-inputs", names }, version()),
    read: (reply) => {
      const answer = namesAnswer(names, reply.types, typeOf);
      const refused = refusedInputs(answer);
      if (refused !== undefined) throw refused;
      if (reply.recipeId === 0) throw refusedRecipe("input", names);
      return openInputRecipe(reply.recipeId, answer.fields, write);
    },
  };
}
