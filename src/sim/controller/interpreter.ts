import { compileProgram, type ScriptProgram } from "../urscript/compile-program.ts";
import { ScriptFault } from "../urscript/problem.ts";
import type { ScriptWait } from "../urscript/script-host.ts";
import type { ScriptLibrary } from "../urscript/script-library.ts";
import { startProgram, type ScriptRun } from "../urscript/start-program.ts";
import type { Result } from "../urscript/values/value.ts";

/** Statements that may wait. @source UR script manual, "Interpreter mode": about 500 are safe */
const MAX_QUEUE = 1000;

interface Queued {
  readonly id: number;
  readonly program: ScriptProgram;
}

/**
 * Interpreter mode: while a program stands at `interpreter_mode()`, clients send single lines to port 30020, which are
 * answered at once and run one after the other. They share variables and functions among themselves; those of the
 * program around them they do not see.
 *
 * @source UR script manual 5.25, "Interpreter mode"; wording of the reasons assumed
 */
export class Interpreter {
  readonly #library: () => ScriptLibrary;
  #active = false;
  #clearOnEnd = true;
  #queue: Queued[] = [];
  #run: ScriptRun | undefined;
  #running: Queued | undefined;
  #definitions: string[] = [];
  #variables = new Map<string, Result>();
  readonly #last = { interpreted: 0, executed: 0, cleared: 0 };

  /** @param library functions of the controller, asked for when a line is read */
  constructor(library: () => ScriptLibrary) {
    this.#library = library;
  }

  /** A program calls `interpreter_mode`; the wait runs the lines, and is over after `end_interpreter`. */
  enter(clearQueueOnEnter: boolean, clearOnEnd: boolean): ScriptWait {
    if (this.#active) throw new ScriptFault("interpreter_mode: another thread is in interpreter mode");
    if (clearQueueOnEnter) this.#queue = [];
    this.#active = true;
    this.#clearOnEnd = clearOnEnd;
    return {
      done: () => {
        this.#step();
        return !this.#active;
      },
      cancel: () => this.#leave(),
    };
  }

  /** `end_interpreter`: the program goes on behind its `interpreter_mode`. */
  end(): void {
    this.#active = false;
    if (this.#clearOnEnd) this.clear();
  }

  /** `clear_interpreter`: forgets functions and variables of the lines so far. */
  clear(): void {
    this.#definitions = [];
    this.#variables = new Map();
    this.#last.cleared = this.#last.executed;
  }

  /** Takes a line of a client. @returns the answer */
  take(said: string): string {
    switch (said) {
      case "skipbuffer":
        return `state: ${this.#queue.splice(0).length}: ${said}`;
      case "abort":
        this.#run?.stop();
        return `state: ${this.#last.executed}: ${said}`;
      case "statelastinterpreted":
        return `state: ${this.#last.interpreted}: ${said}`;
      case "statelastexecuted":
        return `state: ${this.#last.executed}: ${said}`;
      case "statelastcleared":
        return `state: ${this.#last.cleared}: ${said}`;
      case "stateunexecuted":
        return `state: ${this.#queue.length}: ${said}`;
    }
    if (!this.#active) return `discard: not in interpreter mode: ${said}`;
    if (this.#queue.length >= MAX_QUEUE) return `discard: the queue is full: ${said}`;
    const isDefinition = /^(def|thread)\b/.test(said);
    // A text of nothing but a function is a program; behind a line that runs it is only a function.
    const text = [...this.#definitions, said, ...(isDefinition ? ["sync()"] : [])].join("\n");
    const program = compileProgram(text, this.#library(), [...this.#variables.keys()]);
    if (!program.ok) return `discard: ${program.why.text}: ${said}`;
    for (const name of program.value.globalNames)
      if (!this.#variables.has(name)) this.#variables.set(name, undefined);
    const id = ++this.#last.interpreted;
    if (isDefinition) this.#definitions.push(said);
    else this.#queue.push({ id, program: program.value });
    return `ack: ${id}: ${said}`;
  }

  /** One cycle: goes on with the line that runs, and with those behind it until one takes time. */
  #step(): void {
    while (this.#active) {
      if (this.#run === undefined) {
        this.#running = this.#queue.shift();
        if (this.#running === undefined) return;
        this.#last.executed = this.#running.id;
        this.#run = startProgram(this.#running.program, this.#variables);
      }
      const state = this.#run.cycle();
      if (state.kind === "error") throw new ScriptFault(state.problem.text);
      if (state.kind !== "finished") return;
      this.#keepVariables();
      this.#run = undefined;
    }
  }

  #keepVariables(): void {
    for (const name of this.#running!.program.globalNames) {
      const value = this.#run!.global(name);
      if (value !== undefined && this.#variables.has(name)) this.#variables.set(name, value);
    }
  }

  /** The program has been stopped. */
  #leave(): void {
    this.#run?.stop();
    this.#run = undefined;
    this.#queue = [];
    this.end();
  }
}
