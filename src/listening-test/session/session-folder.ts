import { createHash } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { CellistError } from "../../errors.ts";
import { provenanceOf } from "../../provenance.ts";
import { Journal } from "./journal.ts";
import { parseProtocol, type Protocol } from "./protocol.ts";
import type { KeptFile, SessionEvent } from "./session-event.ts";
import { afterEvent, EMPTY, type SessionState } from "./session-state.ts";

/** A session on the disk: the protocol that people edit, and the journal that nobody does. */
export class SessionFolder {
  readonly path: string;
  readonly protocol: Protocol;
  readonly #journal: Journal;
  #state: SessionState;

  private constructor(path: string, protocol: Protocol, journal: Journal) {
    this.path = path;
    this.protocol = protocol;
    this.#journal = journal;
    this.#state = journal.entries.reduce<SessionState>(afterEvent, EMPTY);
  }

  /**
   * Opens a session; its first opening begins the journal. A protocol changed since is noted in it, and refused once the
   * plan is locked.
   *
   * @throws CellistError `session-invalid`, `session-state`
   */
  static open(path: string): SessionFolder {
    const file = join(path, "session.yaml");
    if (!existsSync(file))
      throw new CellistError(
        "session-invalid",
        `${path} is no session: it holds no session.yaml; \`cellist session new ${path}\` makes one`,
      );
    const protocol = parseProtocol(readFileSync(file, "utf8"), file);
    const session = new SessionFolder(path, protocol, Journal.open(join(path, "journal.jsonl")));
    const { sha256 } = provenanceOf(protocol);
    if (session.state.protocolSha256 === "") session.note({ kind: "session-begun", protocolSha256: sha256 });
    else if (session.state.protocolSha256 !== sha256) {
      if (session.state.planSha256 !== undefined)
        throw new CellistError(
          "session-state",
          `${file} was changed after the plan was locked; put it back as it was, or begin a new session`,
        );
      session.note({ kind: "protocol-changed", protocolSha256: sha256 });
    }
    return session;
  }

  get state(): SessionState {
    return this.#state;
  }

  get entries() {
    return this.#journal.entries;
  }

  /** Adds to the journal; on the disk when it returns. */
  note(event: SessionEvent): void {
    this.#journal.append(event, new Date());
    this.#state = afterEvent(this.#state, event);
  }

  at(...parts: readonly string[]): string {
    return join(this.path, ...parts);
  }

  /** Takes bytes in as a file that never changes: written aside, flushed, then put in place and made read-only. */
  keep(relative: string, bytes: Uint8Array): KeptFile {
    const path = this.at(relative);
    if (existsSync(path))
      throw new CellistError("session-state", `${path} exists already; raw files never change`);
    this.write(relative, bytes);
    chmodSync(path, 0o444);
    return { path: relative, sha256: sha256Of(bytes) };
  }

  /** Writes a file whole or not at all. */
  write(relative: string, content: Uint8Array | string): void {
    const path = this.at(relative);
    mkdirSync(dirname(path), { recursive: true });
    const aside = `${path}.unfinished`;
    writeFileSync(aside, content);
    const file = openSync(aside, "r");
    fsyncSync(file);
    closeSync(file);
    renameSync(aside, path);
  }

  /** The bytes of a kept file, if they are still what they were. @throws CellistError `session-invalid` */
  read({ path, sha256 }: KeptFile): Uint8Array {
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(this.at(path));
    } catch (cause) {
      throw new CellistError("session-invalid", `${this.at(path)} is gone`, { path }, cause);
    }
    if (sha256Of(bytes) !== sha256)
      throw new CellistError(
        "session-invalid",
        `${this.at(path)} is not the file that was recorded: its hash differs; restore it from a copy`,
        { path },
      );
    return bytes;
  }
}

export const sha256Of = (content: Uint8Array | string): string =>
  createHash("sha256").update(content).digest("hex");
