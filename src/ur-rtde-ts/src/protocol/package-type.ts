/** The type byte of each RTDE package: the letter in the comment. */
export const packageType = {
  protocolVersion: 0x56, // V
  controllerVersion: 0x76, // v
  text: 0x4d, // M
  data: 0x55, // U
  setupOutputs: 0x4f, // O
  setupInputs: 0x49, // I
  start: 0x53, // S
  pause: 0x50, // P
} as const;

/** RTDE protocol version. A connection speaks 1 until 2 has been accepted. */
export type ProtocolVersion = 1 | 2;

/** Level of a text message. */
export type TextLevel = "exception" | "error" | "warning" | "info";

/** A text message of either side; version 1 carries no source. */
export interface TextPackage {
  readonly kind: "text";
  readonly message: string;
  readonly source: string;
  readonly level: TextLevel;
}

/** A data package; `body` is a view into the decoder's buffer, valid during the call that handed it over. */
export interface DataPackage {
  readonly kind: "data";
  /** 0 where the wire carries none (server to client in version 1). */
  readonly recipeId: number;
  readonly body: Uint8Array;
}

/** What a client says. */
export type ClientPackage =
  | { readonly kind: "protocol-version"; readonly version: number }
  | { readonly kind: "controller-version" }
  | { readonly kind: "setup-outputs"; readonly frequencyHz?: number; readonly names: readonly string[] }
  | { readonly kind: "setup-inputs"; readonly names: readonly string[] }
  | { readonly kind: "start" }
  | { readonly kind: "pause" }
  | TextPackage
  | DataPackage;

/** What a controller says. `types` holds a type, `NOT_FOUND` or `IN_USE` per field asked for. */
export type ServerPackage =
  | { readonly kind: "protocol-version"; readonly accepted: boolean }
  | { readonly kind: "controller-version"; readonly version: ControllerVersion }
  | { readonly kind: "setup-outputs"; readonly recipeId: number; readonly types: readonly string[] }
  | { readonly kind: "setup-inputs"; readonly recipeId: number; readonly types: readonly string[] }
  | { readonly kind: "start"; readonly accepted: boolean }
  | { readonly kind: "pause"; readonly accepted: boolean }
  | TextPackage
  | DataPackage;

/** Software version of a controller, for example 5.25.1.130310. */
export interface ControllerVersion {
  readonly major: number;
  readonly minor: number;
  readonly bugfix: number;
  readonly build: number;
}
