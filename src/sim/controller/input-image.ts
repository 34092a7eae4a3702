import { type DataLayout, inputFields, type RtdeRecord, zeroValue } from "ur-rtde-ts";

/** An outputs-by-mask command of RTDE: bits under the mask take the value. */
export interface MaskedBits {
  mask: number;
  value: number;
}

/** What clients have written through RTDE: every input keeps its last value until it is written again. */
export class InputImage {
  /** Values by field name. */
  readonly values: RtdeRecord = Object.fromEntries(
    Object.entries(inputFields).map(([name, type]) => [name, zeroValue(type)]),
  );
  /** Cycle of the last writing of inputs that a watchdog watches. */
  readonly watched = new Map<string, number>();
  #slider: number | undefined;
  readonly #standard: MaskedBits = { mask: 0, value: 0 };
  readonly #configurable: MaskedBits = { mask: 0, value: 0 };
  readonly #tool: MaskedBits = { mask: 0, value: 0 };
  readonly #analog: [number | undefined, number | undefined] = [undefined, undefined];
  readonly #analogTypes: MaskedBits = { mask: 0, value: 0 };

  /**
   * Takes the fields of a data package.
   *
   * @returns the name of a field that is no number; nothing of the package is taken then
   * @throws ProtocolError for a package of another length than the recipe's
   */
  accept(layout: DataLayout, body: Uint8Array, cycle: number): string | undefined {
    const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
    const notFinite = firstNotFinite(layout, view, body.byteLength);
    if (notFinite !== undefined) return notFinite;
    layout.decodeInto(view, 0, body.byteLength, this.values);
    if (this.watched.size > 0)
      for (const { name } of layout.fields) if (this.watched.has(name)) this.watched.set(name, cycle);
    for (const { name } of layout.fields) if (name.endsWith("_mask")) this.#obey(name);
    return undefined;
  }

  /** New position of the speed slider, once. */
  takeSlider(): number | undefined {
    const fraction = this.#slider;
    this.#slider = undefined;
    return fraction;
  }

  /** Digital outputs to be set, once: standard, configurable, tool. */
  takeDigital(apply: (standard: MaskedBits, configurable: MaskedBits, tool: MaskedBits) => void): void {
    if ((this.#standard.mask | this.#configurable.mask | this.#tool.mask) === 0) return;
    apply(this.#standard, this.#configurable, this.#tool);
    this.#standard.mask = this.#configurable.mask = this.#tool.mask = 0;
  }

  /** Analog outputs to be set, once [fraction]. */
  takeAnalog(index: 0 | 1): number | undefined {
    const fraction = this.#analog[index];
    this.#analog[index] = undefined;
    return fraction;
  }

  /** Kinds of the analog outputs to be set, once: a bit for each, 1 for volts. */
  takeAnalogTypes(apply: (types: MaskedBits) => void): void {
    if (this.#analogTypes.mask === 0) return;
    apply(this.#analogTypes);
    this.#analogTypes.mask = 0;
  }

  #number(name: string): number {
    return this.values[name] as number;
  }

  /** A mask says that the value beside it is meant, now; two packages of one cycle both count. */
  #obey(maskName: string): void {
    const mask = this.#number(maskName);
    if (mask === 0) return;
    switch (maskName) {
      case "speed_slider_mask":
        this.#slider = this.#number("speed_slider_fraction");
        return;
      case "standard_digital_output_mask":
        return fold(this.#standard, mask, this.#number("standard_digital_output"));
      case "configurable_digital_output_mask":
        return fold(this.#configurable, mask, this.#number("configurable_digital_output"));
      case "tool_digital_output_mask":
        return fold(this.#tool, mask, this.#number("tool_digital_output"));
      case "standard_analog_output_mask":
        if ((mask & 1) !== 0) this.#analog[0] = this.#number("standard_analog_output_0");
        if ((mask & 2) !== 0) this.#analog[1] = this.#number("standard_analog_output_1");
        return fold(this.#analogTypes, mask, this.#number("standard_analog_output_type"));
    }
  }
}

function fold(pending: MaskedBits, mask: number, value: number): void {
  pending.value = (pending.value & ~mask) | (value & mask);
  pending.mask |= mask;
}

/** Doubles and vectors can carry NaN and infinity; no register may hold them. */
function firstNotFinite(layout: DataLayout, view: DataView, byteLength: number): string | undefined {
  if (byteLength !== layout.byteLength) return undefined; // decoding refuses it
  let at = 0;
  for (const { name, type } of layout.fields) {
    if (type === "DOUBLE" || type === "VECTOR6D") {
      const count = type === "DOUBLE" ? 1 : 6;
      for (let i = 0; i < count; i++) if (!Number.isFinite(view.getFloat64(at + 8 * i))) return name;
      at += 8 * count;
    } else at += type === "BOOL" || type === "UINT8" ? 1 : 4;
  }
  return undefined;
}
