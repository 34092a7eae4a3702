/** Words of which random programs are made. */
const WORDS = (
  "def thread sec end if elif else while break continue return halt pause global local and or xor not run join kill " +
  "True False enter_critical exit_critical x y f p struct sync sleep textmsg ( ) [ ] , : . = == != < > + - * / % $ " +
  '1 2.5 1e400 "s" \n \n \n # ( ) : = x x [ ] end'
).split(/ /);

const pick = <T>(items: readonly T[], random: () => number): T => items[Math.floor(random() * items.length)]!;

/** A row of words that is seldom a program. */
export const randomWords = (random: () => number): string =>
  Array.from({ length: 1 + Math.floor(random() * 14) }, () => pick(WORDS, random)).join(" ");

/** A text with a few characters removed, doubled or put elsewhere. */
export function mutated(text: string, random: () => number): string {
  let changed = text;
  for (let edits = 1 + Math.floor(random() * 3); edits > 0; edits--) {
    const at = Math.floor(random() * changed.length);
    const from = Math.floor(random() * changed.length);
    changed =
      changed.slice(0, at) +
      changed.slice(from, from + Math.floor(random() * 4)) +
      changed.slice(at + Math.floor(random() * 3));
  }
  return changed;
}

/** Bytes as they come when a client sends something else than a script. */
export const randomBytes = (random: () => number): string =>
  Array.from({ length: Math.floor(random() * 60) }, () =>
    String.fromCharCode(Math.floor(random() * 256)),
  ).join("");

const VALUES: readonly string[] = [
  "0", "1", "-1", "0.5", "1e9", "-1e-9", "47", "True", "False", '""', '"a"', '"socket_0"', "[]", "[1, 2, 3]",
  "[0, 0, 0, 0, 0, 0]", "[0.1, -0.2, 0.3, -0.4, 0.5, -0.6]", "[100, 0, 0, 0, 0, 0]", "p[0, 0, 0, 0, 0, 0]",
  "p[0.4, 0.3, 0.2, 1, 2, 0]", "p[10, 0, 0, 0, 0, 0]", "[[1, 2], [3, 4]]", '["x"]', "struct(a=1)", "get_actual_joint_positions()",
  "get_target_tcp_pose()", "[1, 1, 1, 1, 1, 1]", "2", "sqrt(2) * 1e200",
]; // prettier-ignore

/** A call of a built-in with values that may or may not suit it. */
export function randomCall(
  builtin: { readonly name: string; readonly parameters: readonly unknown[] },
  random: () => number,
): string {
  const count = Math.floor(random() * (builtin.parameters.length + 1.3));
  return `${builtin.name}(${Array.from({ length: count }, () => pick(VALUES, random)).join(", ")})`;
}

/** A program of a few calls, some in a thread. */
export function randomCalls(
  builtins: readonly { readonly name: string; readonly parameters: readonly unknown[] }[],
  random: () => number,
): string {
  const lines = Array.from({ length: 1 + Math.floor(random() * 2.5) }, () => {
    const call = randomCall(pick(builtins, random), random);
    return random() < 0.5 ? `  ${call}` : `  x = ${call}`;
  });
  const body = lines.join("\n");
  return random() < 0.2
    ? `def go():\n thread t():\n${body}\n end\n run t()\n sync()\n${body}\nend\n`
    : `def go():\n${body}\nend\n`;
}
