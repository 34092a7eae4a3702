import { createWriteStream } from "node:fs";
import { connect } from "node:net";
import type { Writable } from "node:stream";

/** A stream of sound that somebody plays: 16 bit, little-endian, two channels, no header (`aplay -f dat`). */
export interface PcmSink {
  /** Never waits. False = whoever plays is too slow, or gone: these samples are lost. */
  write(samples: Int16Array): boolean;
  close(): void;
}

/** More than this waiting to be written [bytes]: half a second. */
const MOST_WAITING = 96_000;

/**
 * Opens where live sound goes.
 *
 * @param to `-`: standard output; `host:port`: a TCP listener; else a file or named pipe
 * @param onGone told once, if it cannot be opened or breaks: the music goes on without it
 */
export function openPcmSink(to: string, onGone: (why: Error) => void): PcmSink {
  const stream = streamTo(to);
  let gone = false;
  stream.on("error", (why: Error) => {
    if (!gone) onGone(why);
    gone = true;
  });
  return {
    write(samples) {
      if (gone || stream.writableLength > MOST_WAITING) return false;
      stream.write(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
      return true;
    },
    close() {
      gone = true;
      stream.end();
    },
  };
}

function streamTo(to: string): Writable {
  // Not process.stdout: that makes a control loop wait where a pipe is full.
  if (to === "-") return createWriteStream("", { fd: 1, autoClose: false });
  const address = /^(.+):(\d+)$/.exec(to);
  if (address) return connect({ host: address[1]!, port: Number(address[2]) }).setNoDelay(true);
  return createWriteStream(to);
}
