import { constants, createWriteStream, fstatSync, openSync, statSync, type Stats } from "node:fs";
import { connect, Socket } from "node:net";
import { Writable } from "node:stream";

/** A stream of sound that somebody plays: 16 bit, little-endian, two channels, no header (`aplay -f dat`). */
export interface PcmSink {
  /** Never waits. False = whoever plays is too slow, or gone: these samples are lost. */
  write(samples: Int16Array): boolean;
  close(): void;
}

/** Where it can go. */
export const SINKS = "-: standard output; host:port: a TCP listener; else a file or named pipe";
/** More than this waiting to be written is too much, unless asked for [bytes]: half a second. */
const MOST_WAITING = 96_000;
/** What waits at the end may still be taken for so long [ms]. */
const LAST_MS = 1000;

/**
 * Opens where live sound goes.
 *
 * @param to `-`: standard output; `host:port`: a TCP listener; else a file or named pipe
 * @param onGone told once, if it cannot be opened or breaks: the music goes on without it
 * @param mostWaiting what is written while so much waits is lost [bytes]
 */
export function openPcmSink(
  to: string,
  onGone: (why: Error) => void,
  mostWaiting: number = MOST_WAITING,
): PcmSink {
  const stream = streamTo(to);
  let gone = false;
  stream.on("error", (why: Error) => {
    if (!gone) onGone(why);
    gone = true;
  });
  return {
    write(samples) {
      if (gone || stream.writableLength > mostWaiting) return false;
      stream.write(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
      return true;
    },
    close() {
      gone = true;
      stream.end();
      // whoever has not taken the last half second by then never will
      setTimeout(() => stream.destroy(), LAST_MS).unref();
    },
  };
}

/** A named pipe that nobody reads yet is tried again after so long [ms]. */
const RETRY_MS = 100;

/**
 * No write may wait for whoever plays: neither here, nor in one of the few threads that do the files of the whole process, the
 * bag's among them, nor at the end, where a thread that waits cannot be ended. So what can be full is written to as sockets are.
 */
function streamTo(to: string): Writable {
  const address = /^(.+):(\d+)$/.exec(to);
  if (address) return connect({ host: address[1]!, port: Number(address[2]) }).setNoDelay(true);
  // not process.stdout: that makes a control loop wait where a pipe is full
  if (to === "-") return neverWaits(1) ?? createWriteStream("", { fd: 1, autoClose: false });
  return isPipe(() => statSync(to)) ? new PipeOnceRead(to) : createWriteStream(to);
}

/** A pipe or socket that is open, so that it is never waited for; undefined for a file. */
const neverWaits = (fd: number): Socket | undefined =>
  isPipe(() => fstatSync(fd)) ? new Socket({ fd, readable: false, writable: true }) : undefined;

function isPipe(stat: () => Stats): boolean {
  try {
    const found = stat();
    return found.isFIFO() || found.isSocket();
  } catch {
    return false; // what cannot be looked at is told of when it is opened
  }
}

/** A named pipe from when somebody reads it. */
class PipeOnceRead extends Writable {
  #pipe: Socket | undefined;
  #retry: NodeJS.Timeout | undefined;

  constructor(path: string) {
    super();
    this.#open(path);
  }

  #open(path: string): void {
    try {
      const fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
      this.#pipe = new Socket({ fd, readable: false, writable: true });
      this.#pipe.on("error", (why) => this.destroy(why));
      this.emit("opened");
    } catch (why) {
      if ((why as NodeJS.ErrnoException).code !== "ENXIO") this.destroy(why as Error);
      else this.#retry = setTimeout(() => this.#open(path), RETRY_MS).unref();
    }
  }

  override _write(piece: Buffer, _: BufferEncoding, done: (why?: Error | null) => void): void {
    if (this.#pipe) this.#pipe.write(piece, done);
    else this.once("opened", () => this.#pipe!.write(piece, done));
  }

  override _final(done: () => void): void {
    this.#pipe?.end();
    done();
  }

  override _destroy(why: Error | null, done: (why: Error | null) => void): void {
    clearTimeout(this.#retry);
    this.#pipe?.destroy();
    done(why);
  }
}
