/** A line that redraws itself on a terminal, and stays silent elsewhere. */
export interface Progress {
  update(done: number, total: number, label: string): void;
  end(): void;
}

const WIDTH = 28;

/** @param stream where people look: standard error */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  let drawn = false;
  return {
    update(done, total, label) {
      if (!stream.isTTY) return;
      const share = total > 0 ? Math.min(1, done / total) : 1;
      const bar = "█".repeat(Math.round(share * WIDTH)).padEnd(WIDTH, "·");
      stream.write(`\r${bar} ${label}\u001b[K`);
      drawn = true;
    },
    end() {
      if (drawn) stream.write("\n");
      drawn = false;
    },
  };
}
