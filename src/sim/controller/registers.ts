import type { RtdeRecord } from "ur-rtde-ts";
import { ScriptFault } from "../urscript/problem.ts";
import type { RegisterPort } from "../urscript/script-host.ts";

const names = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${i}`);
const INPUT_INT = names("input_int_register_", 48);
const INPUT_DOUBLE = names("input_double_register_", 48);
const INPUT_BIT = names("input_bit_register_", 128);

/** The general-purpose registers as scripts see them: inputs from RTDE, outputs of their own. */
export class Registers implements RegisterPort {
  readonly outputIntegers = new Int32Array(48);
  readonly outputFloats = new Float64Array(48);
  readonly outputBits = new Uint8Array(128);
  readonly #inputs: RtdeRecord;

  constructor(inputs: RtdeRecord) {
    this.#inputs = inputs;
  }

  readInputInteger(index: number): number {
    return this.#inputs[INPUT_INT[index]!] as number;
  }

  readInputFloat(index: number): number {
    return this.#inputs[INPUT_DOUBLE[index]!] as number;
  }

  readInputBoolean(index: number): boolean {
    if (index >= 64) return this.#inputs[INPUT_BIT[index]!] as boolean;
    const word = index < 32 ? "input_bit_registers0_to_31" : "input_bit_registers32_to_63";
    return (((this.#inputs[word] as number) >>> (index & 31)) & 1) === 1;
  }

  readOutputInteger(index: number): number {
    return this.outputIntegers[index]!;
  }

  readOutputFloat(index: number): number {
    return this.outputFloats[index]!;
  }

  readOutputBoolean(index: number): boolean {
    return this.outputBits[index] === 1;
  }

  writeOutputInteger(index: number, value: number): void {
    this.outputIntegers[index] = value;
  }

  writeOutputFloat(index: number, value: number): void {
    if (!Number.isFinite(value)) throw new ScriptFault(`Value ${value} does not fit in a float register`);
    this.outputFloats[index] = value;
  }

  writeOutputBoolean(index: number, value: boolean): void {
    this.outputBits[index] = value ? 1 : 0;
  }

  /** 32 output bits as one word; `from` is 0 or 32. */
  outputWord(from: number): number {
    let word = 0;
    for (let i = 0; i < 32; i++) word |= this.outputBits[from + i]! << i;
    return word >>> 0;
  }
}
