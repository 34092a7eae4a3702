import { seededRandom } from "../../../src/math/random.ts";
import { compileProgram } from "../../../src/sim/urscript/compile-program.ts";
import type { ScriptProblem } from "../../../src/sim/urscript/problem.ts";
import {
  cycles,
  type RegisterPort,
  type ScriptBuiltin,
  type ScriptHost,
} from "../../../src/sim/urscript/script-host.ts";
import { scriptLibrary } from "../../../src/sim/urscript/script-library.ts";
import { startProgram, type RunState, type ScriptRun } from "../../../src/sim/urscript/start-program.ts";
import { expectNumber, expectNumbers } from "../../../src/sim/urscript/values/expect.ts";
import { toText } from "../../../src/sim/urscript/values/text.ts";

/** Registers in memory; inputs are written by the test. */
class MemoryRegisters implements RegisterPort {
  readonly inputIntegers = new Int32Array(48);
  readonly inputFloats = new Float64Array(48);
  readonly outputIntegers = new Int32Array(48);
  readonly outputFloats = new Float64Array(48);
  readonly outputBits = new Set<number>();
  readonly inputBits = new Set<number>();
  readInputInteger = (i: number): number => this.inputIntegers[i]!;
  readInputFloat = (i: number): number => this.inputFloats[i]!;
  readInputBoolean = (i: number): boolean => this.inputBits.has(i);
  readOutputInteger = (i: number): number => this.outputIntegers[i]!;
  readOutputFloat = (i: number): number => this.outputFloats[i]!;
  readOutputBoolean = (i: number): boolean => this.outputBits.has(i);
  writeOutputInteger = (i: number, value: number): void => void (this.outputIntegers[i] = value);
  writeOutputFloat = (i: number, value: number): void => void (this.outputFloats[i] = value);
  writeOutputBoolean = (i: number, value: boolean): void =>
    void (value ? this.outputBits.add(i) : this.outputBits.delete(i));
}

/** A controller that moves nothing: it records what scripts ask, and lets each motion take its time. */
export class RecordingHost implements ScriptHost {
  readonly stepS = 0.002;
  readonly registers = new MemoryRegisters();
  readonly messages: string[] = [];
  readonly labels: string[] = [];
  readonly popups: string[] = [];
  /** Joint targets of `servoj`, one per call. */
  readonly servoTargets: number[][] = [];
  readonly motions: string[] = [];
  /** Waits that were cancelled. */
  cancelled = 0;
  readonly random = seededRandom(1);
  readonly statementsPerCycle = 100_000;

  readonly builtins: ScriptBuiltin[] = [
    {
      name: "servoj",
      blocking: true,
      parameters: [
        { name: "q" },
        { name: "a", default: 0 },
        { name: "v", default: 0 },
        { name: "t", default: 0.002 },
        { name: "lookahead_time", default: 0.1 },
        { name: "gain", default: 300 },
      ],
      call: ([q, , , t]) => {
        this.servoTargets.push([...expectNumbers(q, "q", 6)]);
        return cycles(Math.round(expectNumber(t, "t") / this.stepS));
      },
    },
    {
      name: "movej",
      blocking: true,
      parameters: [
        { name: "q" },
        { name: "a", default: 1.4 },
        { name: "v", default: 1.05 },
        { name: "t", default: 0 },
        { name: "r", default: 0 },
      ],
      call: ([, a, v, t, r], { thread }) => {
        this.motions.push(`movej a=${toText(a)} v=${toText(v)} r=${toText(r)} thread=${thread}`);
        const wait = cycles(Math.round(expectNumber(t, "t") / this.stepS));
        return { ...wait, cancel: () => void (this.cancelled += 1) };
      },
    },
    {
      name: "stopj",
      blocking: true,
      parameters: [{ name: "a", default: 2 }],
      call: ([a]) => {
        this.motions.push(`stopj a=${toText(a)}`);
        return cycles(3);
      },
    },
    {
      name: "get_actual_joint_positions",
      blocking: false,
      parameters: [],
      call: () => this.servoTargets.at(-1)?.slice() ?? [0, -1.5, 1.5, -1.5, -1.5, 0],
    },
    {
      name: "measure", // answers after two cycles
      blocking: true,
      parameters: [{ name: "x" }],
      call: ([x]) => cycles(2, () => expectNumber(x, "x") * 10),
    },
  ];

  textMessage = (text: string): void => void this.messages.push(text);
  popup: ScriptHost["popup"] = ({ text, blocking }) => {
    this.popups.push(text);
    return blocking ? cycles(5) : undefined;
  };
  programLabel = (id: number, text: string): void => void this.labels.push(`${id} ${text}`);
}

/** A run of a script that must compile. */
export function start(text: string, host = new RecordingHost()): ScriptRun {
  const program = compileProgram(text, scriptLibrary(host));
  if (!program.ok) throw new Error(`${program.why.line}:${program.why.column} ${program.why.text}`);
  return startProgram(program.value);
}

/** What the controller says against a script that must not compile. */
export function problemOf(text: string): ScriptProblem {
  const program = compileProgram(text, scriptLibrary(new RecordingHost()));
  if (program.ok) throw new Error("the script compiles");
  return program.why;
}

/** Runs to the end, at most `limit` cycles; gives the end state. */
export function finish(run: ScriptRun, limit = 1000): RunState {
  for (let i = 0; i < limit && run.state.kind === "running"; i++) run.cycle();
  return run.state;
}

/** Messages of a script run to its end; an error is the last message. */
export function said(text: string, host = new RecordingHost()): string[] {
  const state = finish(start(text, host));
  if (state.kind === "error")
    host.messages.push(`${state.problem.line}:${state.problem.column} ${state.problem.text}`);
  return host.messages;
}

/** Messages of the statements of a program. */
export const saidBy = (body: string): string[] => said(`def prog():\n${body}\nend\n`);
