/** A line that redraws itself on a terminal, and stays silent elsewhere. */
export interface Progress {
  update(done: number, total: number, label: string): void;
  /** Where nobody knows how much is left. */
  tell(label: string): void;
  end(): void;
}

const WIDTH = 28;

/** @param stream where people look: standard error */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  let drawn = false;
  const draw = (line: string): void => {
    if (!stream.isTTY) return;
    stream.write(`\r${line}\u001b[K`);
    drawn = true;
  };
  return {
    tell: draw,
    update(done, total, label) {
      const share = total > 0 ? Math.min(1, done / total) : 1;
      const bar = "█".repeat(Math.round(share * WIDTH)).padEnd(WIDTH, "·");
      draw(`${bar} ${label}`);
    },
    end() {
      if (drawn) stream.write("\n");
      drawn = false;
    },
  };
}
