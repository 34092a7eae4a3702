import { type ByteStream } from "./byte-stream.ts";
import { Ending } from "./ending.ts";
import { closedError } from "./errors.ts";

/**
 * Two ends of a stream in one thread: what one writes, the other's listeners get before `write` returns, in
 * order. A write made while its direction is delivering waits its turn, so that chunks never overtake.
 */
export function memoryByteStreamPair(): [ByteStream, ByteStream] {
  const [ends, toFirst, toSecond] = [[new Ending(), new Ending()] as const, direction(), direction()];
  const closeBoth = () => {
    // Each side hears of the end after the bytes that were on their way to it.
    toFirst.finish(() => ends[0].end(undefined));
    toSecond.finish(() => ends[1].end(undefined));
  };
  const end = (own: Ending, incoming: Direction, outgoing: Direction): ByteStream => ({
    write(bytes) {
      if (own.over || outgoing.finished) throw closedError("the other end in memory");
      outgoing.deliver(bytes);
    },
    onData: (listener) => incoming.onData(listener),
    onClose: (listener) => void own.onEnd(listener),
    close: closeBoth,
  });
  return [end(ends[0], toFirst, toSecond), end(ends[1], toSecond, toFirst)];
}

interface Direction {
  readonly finished: boolean;
  deliver(bytes: Uint8Array): void;
  finish(then: () => void): void;
  onData(listener: (bytes: Uint8Array) => void): void;
}

function direction(): Direction {
  const listeners: ((bytes: Uint8Array) => void)[] = [];
  const queue: Uint8Array[] = [];
  let delivering = false;
  let finish: (() => void) | undefined;
  let finished = false;
  const drain = () => {
    if (delivering) return;
    delivering = true;
    try {
      while (queue.length > 0 && listeners.length > 0) {
        const bytes = queue.shift()!;
        for (const listener of listeners) listener(bytes);
      }
    } finally {
      delivering = false;
    }
    if (finish !== undefined) {
      const then = finish;
      finish = undefined;
      then();
    }
  };
  return {
    get finished() {
      return finished;
    },
    deliver(bytes) {
      queue.push(bytes);
      drain();
    },
    finish(then) {
      if (finished) return;
      finished = true;
      finish = then;
      drain();
    },
    onData(listener) {
      listeners.push(listener);
      drain();
    },
  };
}
