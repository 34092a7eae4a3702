/** How the control program behaves. */
export interface ControlSettings {
  /** A host that says nothing for so long is taken for dead: the arm comes to rest and the program ends [s]. */
  readonly hostSilenceS: number;
  /** A stream of servo or speed targets that pauses for so long has ended: the arm comes to rest [s]. */
  readonly streamHoldS: number;
  /** Deceleration of the joints when one of the two happens, and of stops that state none [rad/s²]. */
  readonly stopDeceleration_radps2: number;
}

/** @assumed a host that hangs for a second is not well; half of what the arm can do stops it */
export const CONTROL_SETTINGS: ControlSettings = {
  hostSilenceS: 1,
  streamHoldS: 0.2,
  stopDeceleration_radps2: 4,
};

const RANGES: Readonly<Record<keyof ControlSettings, readonly [number, number]>> = {
  hostSilenceS: [0.1, 3600],
  streamHoldS: [0.004, 3600],
  stopDeceleration_radps2: [0.1, 40],
};

/** The settings, defaults filled in. @throws RangeError with the setting, its value and its range */
export function controlSettings(given: Partial<ControlSettings> = {}): ControlSettings {
  const settings = { ...CONTROL_SETTINGS, ...given };
  for (const [name, [least, most]] of Object.entries(RANGES)) {
    const value = settings[name as keyof ControlSettings];
    if (value >= least && value <= most) continue;
    throw new RangeError(`Control setting ${name} is ${value}; it must be ${least} to ${most}.`);
  }
  return settings;
}
