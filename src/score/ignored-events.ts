import type { TimedEvent } from "./midi-events.ts";

/** @source MIDI 1.0, control change numbers */
const CONTROLLER_NAMES: Readonly<Record<number, string>> = {
  1: "modulation wheel",
  2: "breath controller",
  7: "channel volume",
  10: "pan",
  11: "expression",
  64: "sustain pedal",
  66: "sostenuto pedal",
  67: "soft pedal",
  91: "reverb",
  93: "chorus",
};

const EVENT_NAMES: Readonly<Record<string, string>> = {
  pitchBend: "pitch bend",
  noteAftertouch: "key pressure",
  channelAftertouch: "channel pressure",
  sysEx: "system exclusive",
  endSysEx: "system exclusive",
  smpteOffset: "SMPTE offset",
};

/**
 * "sustain pedal: 12 events ignored": what a part holds that a bow does not play, one sentence a kind.
 * The choice of instrument (program change) is not counted: whatever it says, it is played on a cello.
 */
export function ignoredEvents(events: readonly TimedEvent[], channel: number): string[] {
  const counts = new Map<string, number>();
  for (const { event } of events) {
    if ("channel" in event && event.type !== "channelPrefix" && event.channel !== channel) continue;
    const name = nameOf(event);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${name}: ${count} ${count === 1 ? "event" : "events"} ignored`);
}

function nameOf(event: TimedEvent["event"]): string | undefined {
  if (event.type === "controller")
    return CONTROLLER_NAMES[event.controllerType] ?? `controller ${event.controllerType}`;
  return EVENT_NAMES[event.type];
}
