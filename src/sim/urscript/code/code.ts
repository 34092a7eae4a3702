import type { ScriptWait } from "../script-host.ts";
import type { Frame } from "./frame.ts";

/** Code that takes no physical time. */
export type Plain<T> = (frame: Frame) => T;

/** Code that may stop in the middle and hand out what it waits for. */
export type Stepped<T> = (frame: Frame) => Generator<ScriptWait, T, void>;

/**
 * A piece of a script, compiled. Nearly all of a script is plain closures, which are fast; only what may reach
 * a call that takes physical time is a generator. Which is which is known before anything runs.
 */
export type Code<T> =
  { readonly blocks: false; readonly run: Plain<T> } | { readonly blocks: true; readonly run: Stepped<T> };

export const plain = <T>(run: Plain<T>): Code<T> => ({ blocks: false, run });
export const stepped = <T>(run: Stepped<T>): Code<T> => ({ blocks: true, run });

/** Runs either sort from inside stepped code. */
export function* evaluate<T>(code: Code<T>, frame: Frame): Generator<ScriptWait, T, void> {
  return code.blocks ? yield* code.run(frame) : code.run(frame);
}

/** Code that applies a function to one value. */
export function map<A, T>(a: Code<A>, apply: (a: A, frame: Frame) => T): Code<T> {
  if (a.blocks)
    return stepped(function* (frame) {
      return apply(yield* a.run(frame), frame);
    });
  const run = a.run;
  return plain((frame) => apply(run(frame), frame));
}

/** Code that applies a function to two values, evaluated left to right. */
export function map2<A, B, T>(a: Code<A>, b: Code<B>, apply: (a: A, b: B, frame: Frame) => T): Code<T> {
  if (a.blocks || b.blocks)
    return stepped(function* (frame) {
      const first = yield* evaluate(a, frame);
      return apply(first, yield* evaluate(b, frame), frame);
    });
  const [runA, runB] = [a.run, b.run];
  return plain((frame) => apply(runA(frame), runB(frame), frame));
}

/** Code that gathers the values of many, evaluated left to right, into a new array. */
export function gather<A>(codes: readonly Code<A>[]): Code<A[]> {
  const plains = codes.flatMap((code) => (code.blocks ? [] : [code.run]));
  if (plains.length < codes.length)
    return stepped(function* (frame) {
      const values: A[] = [];
      for (const code of codes) values.push(yield* evaluate(code, frame));
      return values;
    });
  const [a, b, c] = plains;
  switch (plains.length) {
    case 0:
      return plain(() => []);
    case 1:
      return plain((frame) => [a!(frame)]);
    case 2:
      return plain((frame) => [a!(frame), b!(frame)]);
    case 3:
      return plain((frame) => [a!(frame), b!(frame), c!(frame)]);
    default:
      return plain((frame) => {
        const values: A[] = [];
        for (const run of plains) values.push(run(frame));
        return values;
      });
  }
}
