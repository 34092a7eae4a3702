import { RtdeError } from "../connection/errors.ts";

/** @throws RtdeError BAD_VALUE unless the rate is one a controller can send at [Hz] */
export function checkFrequency(frequencyHz: number): void {
  if (frequencyHz >= 1 && frequencyHz <= 500) return;
  throw new RtdeError("BAD_VALUE", `RTDE: ${frequencyHz} packages per second; 1 to 500 are possible.`);
}

/** The controller has no fields of these names. */
export function notFound(side: "input" | "output", names: readonly string[]): RtdeError {
  return new RtdeError("NOT_FOUND", `The controller has no ${side} ${names.join(", ")}.`, names);
}

/** Somebody else writes these inputs. */
export function inUse(names: readonly string[]): RtdeError {
  const text =
    `The controller's input ${names.join(", ")} is in use by another client, or reserved for a fieldbus ` +
    "(EtherNet/IP and PROFINET reserve registers 0 to 23; 24 to 47 are for external clients).";
  return new RtdeError("IN_USE", text, names);
}

/** What the controller said of single inputs, all of it in one error; `undefined` if it said nothing. */
export function refusedInputs(answer: {
  readonly notFound: readonly string[];
  readonly inUse: readonly string[];
}): RtdeError | undefined {
  if (answer.inUse.length === 0)
    return answer.notFound.length === 0 ? undefined : notFound("input", answer.notFound);
  const taken = inUse(answer.inUse);
  if (answer.notFound.length === 0) return taken;
  const unknown = notFound("input", answer.notFound);
  const fields = [...answer.notFound, ...answer.inUse];
  return new RtdeError(unknown.code, `${unknown.message} ${taken.message}`, fields, {
    ...unknown.reasons,
    ...taken.reasons,
  });
}

/** The controller refused without a word on any field. */
export function refusedRecipe(side: "input" | "output", names: readonly string[]): RtdeError {
  return new RtdeError("REFUSED", `The controller refused the ${side} recipe ${names.join(", ")}.`, names);
}
