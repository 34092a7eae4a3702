import type { InputImage, MaskedBits } from "./input-image.ts";

/** Digital bits: 0-7 standard, 8-15 configurable, 16-17 tool. What is wired to the inputs is set from outside. */
export class RobotIo {
  /** Digital outputs as one word. */
  digitalOutputs = 0;
  digitalInputs = 0;
  /** Analog outputs [fraction]. */
  readonly analogOutputs: [number, number] = [0, 0];
  /** Kinds of the analog outputs: bit n says that output n tells volts, else amperes. */
  analogOutputTypes = 0b11;
  /** Kinds of the analog inputs, two standard ones, then two of the tool: as for the outputs. */
  analogInputTypes = 0b1111;
  /** What is measured at the analog inputs: two standard ones, two of the tool [V or A]. */
  readonly analogInputs: [number, number, number, number] = [0, 0, 0, 0];
  toolVoltageV = 0;
  /** 0: two digital outputs; 1: both together as a power supply. */
  toolOutputMode = 0;
  /** Of each digital output of the tool: 1 sinks, 2 sources, 3 both. */
  readonly toolDigitalOutputModes: [number, number] = [1, 1];
  /** Flags and ports keep what programs store in them. */
  readonly flags = new Uint8Array(33);
  readonly ports = new Int32Array(256);
  #bits = 0n;

  get digitalOutputBits(): bigint {
    if (Number(this.#bits) !== this.digitalOutputs) this.#bits = BigInt(this.digitalOutputs);
    return this.#bits;
  }

  /** Sets one digital output. */
  set(bit: number, high: boolean): void {
    this.digitalOutputs = high ? this.digitalOutputs | (1 << bit) : this.digitalOutputs & ~(1 << bit);
  }

  isSet(bit: number): boolean {
    return ((this.digitalOutputs >> bit) & 1) === 1;
  }

  /** Somebody outside switches an input. */
  setInput(bit: number, high: boolean): void {
    this.digitalInputs = high ? this.digitalInputs | (1 << bit) : this.digitalInputs & ~(1 << bit);
  }

  /** What an analog output puts out: 0 to 10 V or 4 to 20 mA [V or A]. */
  analogOutput(index: 0 | 1): number {
    const fraction = this.analogOutputs[index];
    return ((this.analogOutputTypes >> index) & 1) === 1 ? 10 * fraction : 0.004 + 0.016 * fraction;
  }

  /** Does what RTDE clients asked since the last cycle. */
  obey(inputs: InputImage): void {
    inputs.takeDigital((standard, configurable, tool) => {
      this.#apply(standard, 0);
      this.#apply(configurable, 8);
      this.#apply(tool, 16);
    });
    inputs.takeAnalogTypes(({ mask, value }) => {
      this.analogOutputTypes = ((this.analogOutputTypes & ~mask) | (value & mask)) & 0b11;
    });
    for (const index of [0, 1] as const)
      this.analogOutputs[index] = inputs.takeAnalog(index) ?? this.analogOutputs[index];
  }

  #apply({ mask, value }: MaskedBits, shift: number): void {
    this.digitalOutputs = (this.digitalOutputs & ~(mask << shift)) | ((value & mask) << shift);
  }
}
