import { ok, type Outcome, refuse } from "../../outcome.ts";
import { fromUrPose, type UrPose } from "../../math/pose.ts";
import type { Vec3 } from "../../math/vec.ts";
import { CYCLES_PER_S } from "../controller/control-cycle.ts";
import type { SafetyCause } from "../controller/robot-modes.ts";
import { MAX_LATENCY_CYCLES, type SensorErrors } from "../controller/sensors.ts";
import type { SimController } from "../controller/sim-controller.ts";
import { guideTo, push } from "../plant/hand.ts";
import type { Communication } from "./communication.ts";

/** What faults act on. */
export interface FaultWorld {
  readonly controller: SimController;
  readonly communication: Communication;
  /** The switch between local and remote control. */
  setRemoteControl(on: boolean): void;
}

/** Does it; a sentence says why it cannot. */
type Act = (world: FaultWorld, words: readonly string[]) => string | undefined;

interface FaultCommand {
  /** What follows the name, for the help. */
  readonly usage: string;
  readonly says: string;
  readonly act: Act;
}

const cause =
  (name: SafetyCause, holds: boolean): Act =>
  ({ controller }) =>
    void controller.modes.set(name, holds);

const onOff = (act: (world: FaultWorld, on: boolean) => string | undefined): Act => {
  return (world, [word]) => {
    if (word !== "on" && word !== "off") return `needs on or off, not "${word ?? ""}"`;
    return act(world, word === "on");
  };
};

/** Numbers in a range; a sentence when they are not. */
function numbers(
  words: readonly string[],
  count: number,
  least: number,
  most: number,
): Outcome<number[], string> {
  const values = words.slice(0, count).map(Number);
  if (words.length !== count)
    return refuse(`needs ${count} number${count === 1 ? "" : "s"}, not ${words.length}`);
  const bad = values.findIndex((value) => !(value >= least && value <= most));
  return bad < 0 ? ok(values) : refuse(`${words[bad]!} is not a number from ${least} to ${most}`);
}

const withNumbers =
  (
    count: number,
    least: number,
    most: number,
    act: (world: FaultWorld, values: readonly number[]) => string | undefined,
  ): Act =>
  (world, words) => {
    const read = numbers(words, count, least, most);
    return read.ok ? act(world, read.value) : read.why;
  };

const senses = ({ controller }: FaultWorld, change: Partial<SensorErrors>): undefined => {
  controller.sensors.errors = { ...controller.sensors.errors, ...change };
};

const REFUSED_BY_SAFETY = "the safety status forbids it";

/** Every command of fault scripts and of the control door. */
export const FAULT_COMMANDS: ReadonlyMap<string, FaultCommand> = new Map(
  Object.entries<FaultCommand>({
    "protective-stop": {
      usage: "",
      says: "the controller stops the arm as after a collision",
      act: ({ controller }) =>
        void controller.stopProtectively({ code: 157, argument: 0, text: "Protective stop injected" }),
    },
    unlock: {
      usage: "",
      says: "unlocks a protective stop, 5 s after it at the earliest",
      act: ({ controller }) => (controller.modes.unlock() ? undefined : "the stop is less than 5 s old"),
    },
    "emergency-stop": {
      usage: "[system]",
      says: "presses the red button of the teach pendant, or of the machine around",
      act: (world, [which]) =>
        cause(which === "system" ? "system-emergency-stop" : "robot-emergency-stop", true)(world, []),
    },
    "release-emergency-stop": {
      usage: "",
      says: "pulls the red buttons out again",
      act: ({ controller }) => {
        controller.modes.set("robot-emergency-stop", false);
        controller.modes.set("system-emergency-stop", false);
        return undefined;
      },
    },
    "safeguard-stop": {
      usage: "",
      says: "somebody is in the light barrier",
      act: cause("safeguard-stop", true),
    },
    "release-safeguard-stop": {
      usage: "",
      says: "the light barrier is free",
      act: cause("safeguard-stop", false),
    },
    "reduced-mode": {
      usage: "on|off",
      says: "the arm goes slower because somebody is near",
      act: onOff(({ controller }, on) => void controller.modes.set("reduced-mode", on)),
    },
    violation: {
      usage: "",
      says: "a limit of the safety system is overstepped",
      act: cause("violation", true),
    },
    fault: { usage: "", says: "the safety system itself is broken", act: cause("fault", true) },
    "joint-limit": {
      usage: "0..5",
      says: "a joint oversteps its position limit",
      act: withNumbers(
        1,
        0,
        5,
        ({ controller }, [joint]) => void controller.violateJointLimit(Math.floor(joint!)),
      ),
    },
    "restart-safety": {
      usage: "",
      says: "restarts the safety system",
      act: ({ controller }) => void controller.restartSafety(),
    },
    "power-on": {
      usage: "",
      says: "switches the arm on",
      act: ({ controller }) => (controller.modes.powerOn() ? undefined : REFUSED_BY_SAFETY),
    },
    "brake-release": {
      usage: "",
      says: "switches the arm on and releases its brakes",
      act: ({ controller }) => (controller.modes.releaseBrakes() ? undefined : REFUSED_BY_SAFETY),
    },
    "power-off": {
      usage: "",
      says: "switches the arm off",
      act: ({ controller }) => void controller.powerOff(),
    },
    communication: {
      usage: "normal|silent|cut",
      says: "holds all bytes of clients back, or ends their connections",
      act: ({ communication }, [state]) => {
        if (state !== "normal" && state !== "silent" && state !== "cut")
          return `there is normal, silent and cut, not "${state ?? ""}"`;
        communication.set(state);
        return undefined;
      },
    },
    "remote-control": {
      usage: "on|off",
      says: "turns the switch between remote and local control",
      act: onOff((world, on) => void world.setRemoteControl(on)),
    },
    "speed-slider": {
      usage: "0..1",
      says: "moves the speed slider",
      act: withNumbers(1, 0, 1, ({ controller }, [fraction]) => void controller.speed.setSlider(fraction!)),
    },
    "payload-error": {
      usage: "kg",
      says: "hangs a mass at the payload's centre that nobody has told the controller of",
      act: withNumbers(1, -5, 5, ({ controller }, [massKg]) => void controller.setHiddenMass(massKg!)),
    },
    "force-bias": {
      usage: "x y z",
      says: "constant error of the force sensor [N]; a real arm's is about 2 N",
      act: withNumbers(3, -50, 50, (world, values) =>
        senses(world, { forceBiasN: values as unknown as Vec3 }),
      ),
    },
    "force-noise": {
      usage: "N",
      says: "standard deviation of each measured force",
      act: withNumbers(1, 0, 50, (world, [forceNoiseN]) => senses(world, { forceNoiseN: forceNoiseN! })),
    },
    "joint-noise": {
      usage: "rad rad/s",
      says: "standard deviation of each measured joint position and speed",
      act: withNumbers(2, 0, 1, (world, [position, speed]) =>
        senses(world, { positionNoise_rad: position!, speedNoise_radps: speed! }),
      ),
    },
    latency: {
      usage: "s",
      says: "joints and forces are measured so much late",
      act: withNumbers(1, 0, MAX_LATENCY_CYCLES / CYCLES_PER_S, (world, [s]) =>
        senses(world, { latencyCycles: Math.round(s! * CYCLES_PER_S) }),
      ),
    },
    push: {
      usage: "fx fy fz tx ty tz",
      says: "somebody pushes the tool, base axes [N, Nm]",
      act: withNumbers(
        6,
        -300,
        300,
        ({ controller }, wrench) => void controller.plant.setOutside(push(wrench)),
      ),
    },
    guide: {
      usage: "x y z rx ry rz",
      says: "a hand takes the TCP to a pose in the base and holds it there [m, rotation vector]",
      act: withNumbers(6, -10, 10, ({ controller }, pose) => {
        const goal = fromUrPose("B", "T", pose as unknown as UrPose);
        controller.plant.setOutside(guideTo(() => goal));
        return undefined;
      }),
    },
    "let-go": {
      usage: "",
      says: "nobody pushes or guides any more",
      act: ({ controller }) => void controller.plant.setOutside(undefined),
    },
    freedrive: {
      usage: "on|off",
      says: "presses the freedrive button while no program runs",
      act: onOff(({ controller }, on) => void controller.setFreedrive(on)),
    },
    "digital-input": {
      usage: "0..17 on|off",
      says: "switches a digital input: 0-7 standard, 8-15 configurable, 16-17 tool",
      act: ({ controller }, [number, state]) => {
        const read = numbers([number ?? ""], 1, 0, 17);
        if (!read.ok) return read.why;
        return onOff((_, on) => void controller.io.setInput(Math.floor(read.value[0]!), on))(
          { controller } as FaultWorld,
          [state ?? ""],
        );
      },
    },
    "analog-input": {
      usage: "0..3 value",
      says: "puts volts or amperes on an analog input: 0-1 standard, 2-3 tool",
      act: ({ controller }, [number, value]) => {
        const [which, level] = [numbers([number ?? ""], 1, 0, 3), numbers([value ?? ""], 1, 0, 30)];
        if (!which.ok) return which.why;
        if (!level.ok) return level.why;
        controller.io.analogInputs[Math.floor(which.value[0]!) as 0 | 1 | 2 | 3] = level.value[0]!;
        return undefined;
      },
    },
    stop: { usage: "", says: "stops the program", act: ({ controller }) => void controller.runner.stop() },
    pause: {
      usage: "",
      says: "pauses the program",
      act: ({ controller }) => (controller.runner.pause() ? undefined : "no program runs"),
    },
    resume: {
      usage: "",
      says: "lets a paused program go on",
      act: ({ controller }) =>
        controller.runner.resume() ? undefined : "no program is paused, or nothing may move",
    },
  }),
);

/** One line of help for each command. */
export const faultHelp = (): string[] =>
  [...FAULT_COMMANDS].map(([name, { usage, says }]) => `${`${name} ${usage}`.trim().padEnd(32)} ${says}`);

/** A command that has been read. */
export interface ReadFault {
  readonly name: string;
  readonly words: readonly string[];
}

/** Reads a command, without doing it; unknown ones are refused with one sentence. */
export function readFault(line: string): Outcome<ReadFault, string> {
  const [name = "", ...words] = line.trim().split(/\s+/);
  if (!FAULT_COMMANDS.has(name)) return refuse(`there is no fault "${name}"; "help" lists them`);
  return ok({ name, words });
}

/** Does a command. @returns why not, in one sentence; undefined when it is done */
export function inject(world: FaultWorld, { name, words }: ReadFault): string | undefined {
  const why = FAULT_COMMANDS.get(name)!.act(world, words);
  return why === undefined ? undefined : `${name}: ${why}`;
}
