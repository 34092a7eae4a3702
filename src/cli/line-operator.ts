import { createInterface } from "node:readline";
import type { Operator } from "../teaching/operator.ts";

/** A person at a terminal, or whatever writes lines: what is typed too early is not lost. */
export function openLineOperator(
  input: NodeJS.ReadableStream,
  write: (text: string) => void,
): Operator & { readonly close: () => void } {
  const lines = createInterface({ input, terminal: false });
  const typed: AsyncIterator<string, undefined> = lines[Symbol.asyncIterator]();
  return {
    tell: (text) => write(`${text}\n`),
    ask: async (text) => {
      write(text);
      const line: IteratorResult<string, undefined> = await typed.next();
      return line.done === true ? undefined : line.value.trim().toLowerCase();
    },
    close: () => lines.close(),
  };
}
