import { type ExtraFields } from "./fields.ts";
import { type RtdeType } from "../protocol/rtde-type.ts";

/** How a client waits. */
export interface RtdeClientOptions {
  /** Longest wait for the connection and for each reply [ms], default 5000. */
  readonly timeoutMs?: number | undefined;
  /**
   * A controller that was started and then sends nothing for so long counts as lost [ms]; default: never. One that
   * was switched off does not close its connections.
   */
  readonly silenceMs?: number | undefined;
}

/** Where the controller is. */
export interface RtdeConnectOptions extends RtdeClientOptions {
  readonly host: string;
  /** Default 30004. */
  readonly port?: number;
  /** Gives up connecting; later on, closes the connection. */
  readonly signal?: AbortSignal | undefined;
}

/** How one step of the set-up waits for its reply. */
export interface StepOptions {
  /** Longest wait for each reply [ms], default: the client's. */
  readonly timeoutMs?: number | undefined;
  /** Gives up waiting. The controller may have done what was asked. */
  readonly signal?: AbortSignal | undefined;
}

/** Choices for an output recipe. */
export interface OutputOptions<
  Optional extends readonly string[],
  Extra extends ExtraFields,
> extends StepOptions {
  /** Names to be sent if the controller has them. Those it has not are in the recipe's `missing`. */
  readonly optional?: Optional;
  /** Fields that are not in the table, with the type they must have. */
  readonly extraOutputs?: Extra;
}

/** Choices for an input recipe. */
export interface InputOptions<Extra extends ExtraFields> extends StepOptions {
  /** Fields that are not in the table, with the type they must have. */
  readonly extraInputs?: Extra;
}

/** No fields of one's own. */
export type NoExtra = Readonly<Record<never, RtdeType>>;
