/** What a process that died said of why: the line of its error, else its last one; empty where it said nothing. */
export function lastWords(stderr: string): string {
  const lines = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return lines.findLast((line) => /^(\w*Error\b|Error:|terminate called)/.test(line)) ?? lines.at(-1) ?? "";
}
