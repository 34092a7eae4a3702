import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { gunzipSync } from "node:zlib";
import { requestProgram } from "./external-control.ts";

/** Where a control box keeps its programs; clients may name a program by this path. */
const ROBOT_FOLDER = "/programs";
/** A program that is there without any file: the one node "External Control". */
const EXTERNAL_CONTROL = "external_control.urp";
/** A larger file is no program [bytes]. @assumed */
const MAX_BYTES = 16 << 20;
/** What a program file looks like when the External Control URCap is part of it. */
const URCAP = /externalcontrol|external_control|External Control/i;

/** A program that can be played. */
export interface StoredProgram {
  /** As the control box would name it, e.g. `/programs/song.urp`. */
  readonly path: string;
  /** e.g. `song.urp`. */
  readonly name: string;
  /** Its URScript; External Control has to ask for it. @returns undefined when nobody answers */
  readonly script: () => string | Promise<string | undefined>;
}

/** Where to ask for the program of an External Control node. */
export interface ExternalControlHost {
  readonly host: string;
  readonly port: number;
}

/**
 * The programs on the control box. PolyScope saves `song.script` beside every `song.urp`: that text is what runs,
 * since the tree of nodes in a `.urp` needs PolyScope. A `.urp` without one runs if it holds External Control.
 */
export class ProgramFolder {
  readonly #folder: string | undefined;
  readonly #externalControl: ExternalControlHost;

  /** @param folder undefined when there is none */
  constructor(folder: string | undefined, externalControl: ExternalControlHost) {
    this.#folder = folder;
    this.#externalControl = externalControl;
  }

  /** Finds a program by its name or its path on the control box. */
  find(wanted: string): StoredProgram | "not-found" | "unreadable" {
    const inFolder = normalize(`/${wanted.replace(new RegExp(`^${ROBOT_FOLDER}/`), "")}`).slice(1); // never above it
    const program = { path: `${ROBOT_FOLDER}/${inFolder}`, name: basename(inFolder) };
    const file = this.#folder === undefined ? undefined : join(this.#folder, inFolder);
    if (file === undefined || !isFile(file))
      return inFolder === EXTERNAL_CONTROL ? this.#external(program) : "not-found";
    if (file.endsWith(".script")) return withScript(program, file);
    if (!file.endsWith(".urp")) return "unreadable";
    const beside = join(dirname(file), `${basename(file, ".urp")}.script`);
    if (isFile(beside)) return withScript(program, beside);
    return holdsExternalControl(file) ? this.#external(program) : "unreadable";
  }

  /** Whether there is such an installation. */
  hasInstallation(name: string): boolean {
    return (
      name === "default.installation" ||
      (this.#folder !== undefined && isFile(join(this.#folder, basename(name))))
    );
  }

  #external(program: Pick<StoredProgram, "path" | "name">): StoredProgram {
    return { ...program, script: () => requestProgram(this.#externalControl) };
  }
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

function withScript(
  program: Pick<StoredProgram, "path" | "name">,
  file: string,
): StoredProgram | "unreadable" {
  if (statSync(file).size > MAX_BYTES) return "unreadable";
  const text = readFileSync(file, "utf8");
  return { ...program, script: () => text };
}

function holdsExternalControl(file: string): boolean {
  const bytes = readFileSync(file);
  try {
    return URCAP.test(gunzipSync(bytes, { maxOutputLength: MAX_BYTES }).toString("utf8"));
  } catch {
    return URCAP.test(bytes.toString("utf8")); // exported without compression, or no program at all
  }
}
