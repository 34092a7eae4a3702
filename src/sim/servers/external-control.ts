import { connect } from "node:net";
import { ProgramSplitter } from "../urscript/program-splitter.ts";
import type { ExternalControlHost } from "./program-folder.ts";

/** Longest wait for the answer, and for its next piece [ms]. @assumed the URCap waits some seconds, too */
const PATIENCE_MS = 3000;

/**
 * What an External Control node does when its program is played: it connects to the host in its installation, says
 * `request_program`, and runs the text that comes back. Some hosts keep the connection open, so a whole program ends
 * the answer as well as its end does.
 *
 * @returns undefined when nobody answers with a program
 */
export function requestProgram({ host, port }: ExternalControlHost): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const splitter = new ProgramSplitter();
    let text = "";
    let whole = false;
    const finish = () => {
      socket.destroy();
      resolve(whole ? text : undefined);
    };
    socket.setEncoding("utf8");
    socket.setTimeout(PATIENCE_MS, finish);
    socket.on("connect", () => socket.write("request_program\n"));
    socket.on("data", (piece: string) => {
      text += piece;
      if (!splitter.push(piece).some((program) => /^\s*def\b/.test(program))) return;
      whole = true;
      finish();
    });
    socket.on("error", finish);
    socket.on("end", () => {
      whole ||= splitter.push("\n").some((program) => /^\s*def\b/.test(program));
      finish();
    });
  });
}
