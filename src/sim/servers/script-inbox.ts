import type { SimController } from "../controller/sim-controller.ts";
import { ProgramSplitter } from "../urscript/program-splitter.ts";

/** One client's stream of URScript and commands of the controller, cut into programs and obeyed in order. */
export class ScriptInbox {
  readonly #controller: SimController;
  readonly #programs = new ProgramSplitter();
  readonly #decoder = new TextDecoder();
  #last = "";

  constructor(controller: SimController) {
    this.#controller = controller;
  }

  /** Takes bytes as they come. */
  push(bytes: Uint8Array): void {
    for (const program of this.#programs.push(this.#decoder.decode(bytes, { stream: true }))) {
      if (program.trim() !== `${this.#last}()`) this.#obey(program); // files call their program after its end
      this.#last = /^[ \t]*def[ \t]+(\w+)/.exec(program)?.[1] ?? "";
    }
  }

  #obey(program: string): void {
    const c = this.#controller;
    switch (program.trim()) {
      case "stop program":
        return c.runner.stop();
      case "pause program":
        return void c.runner.pause();
      case "resume program":
        return void c.runner.resume();
      case "power on":
        return void c.power.powerOn();
      case "power off":
        return c.powerOff();
      case "set robotmode run":
        return void c.power.releaseBrakes();
      case "set unlock protective stop":
        return void c.safety.unlock();
      default:
        return c.runScript(program);
    }
  }
}
