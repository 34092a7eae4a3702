import { expect, it } from "vitest";
import { seededRandom } from "../../../src/math/random.ts";
import { compileProgram } from "../../../src/sim/urscript/compile-program.ts";
import { scriptLibrary } from "../../../src/sim/urscript/script-library.ts";
import { startProgram } from "../../../src/sim/urscript/start-program.ts";
import { mutated, randomWords } from "./random-programs.ts";
import { problemOf, RecordingHost, saidBy } from "./recording-host.ts";

it("finds an unknown function at line 2 column 3, as the controller does", () => {
  expect(problemOf("def p():\n  calldoesntexist()\nend")).toEqual({
    line: 2,
    column: 3,
    text: "compile_error_name_not_found:calldoesntexist:",
  });
});

it("finds an unknown variable in code that would never run", () => {
  expect(problemOf("if False:\n  x = y + 1\nend").text).toBe("compile_error_name_not_found:y:");
});

it("quotes the line of a syntax error", () => {
  expect(problemOf('def p():\n    textmsg("log ", get_actual_tcp_pose()\nend')).toEqual({
    line: 3,
    column: 1,
    text: "syntax_error_on_line:3:end:",
  });
});

it.each([
  ["if True\nend", 1, 8],
  ["x = = 1", 1, 5],
  ["global x", 1, 9],
  ["x = 1 2", 1, 7],
  ["break", 1, 1],
  ["def f():\nwhile True:\ndef g():\nbreak\nend\nend\nend", 4, 1],
  ["1 = x", 1, 3],
  ["f() = 1", 1, 5],
  ["def f(a, a):\nend", 1, 10],
  ["x = struct(a=1 b=2)", 1, 16],
  ['x = "open', 1, 5],
  ["x = 1 ? 2", 1, 7],
  ["while True:\nx = 1", 2, 6],
  ["end", 1, 1],
  ["x = p[1, 2, 3]", 1, 6],
])("refuses %j at line %i column %i", (text, line, column) => {
  const problem = problemOf(text);
  expect([problem.line, problem.column]).toEqual([line, column]);
  expect(problem.text).toMatch(/^syntax_error_on_line:\d+:/);
});

it.each([
  ["sin()", "Type error: sin takes exactly 1 argument"],
  ["pow(1, 2, 3)", "Type error: pow takes exactly 2 arguments"],
  ["textmsg(1, 2, 3)", "Type error: textmsg takes 1 to 2 arguments"],
  ["movej([0], b=1)", "Type error: movej has no argument named b"],
  ["movej([0], q=[1])", "Type error: movej got q twice"],
  ["def f(a):\nend\nx = 1\nf()", "Type error: f takes exactly 1 argument"],
])("refuses the arguments of %s", (text, message) => {
  expect(problemOf(text).text).toBe(message);
});

it("refuses nesting and chains that would exhaust the stack", () => {
  for (const text of [
    `x = ${"(".repeat(20000)}1${")".repeat(20000)}`,
    `x = ${"-".repeat(20000)}1`,
    `x = ${"not ".repeat(20000)}True`,
    `x = 1${" + 1".repeat(20000)}`,
    `x = 1\ny = x${"[0]".repeat(20000)}`,
    "if True:\n".repeat(20000),
    "def f():\n".repeat(20000),
  ])
    expect(problemOf(text).text).toMatch(/^syntax_error_on_line/);
});

it("answers random tokens with a program or a problem, and random programs end or run on, without any other error", () => {
  const random = seededRandom(20);
  const library = scriptLibrary(Object.assign(new RecordingHost(), { statementsPerCycle: 500 }));
  let compiled = 0;
  for (let n = 0; n < 8000; n++) {
    const program = compileProgram(randomWords(random), library);
    if (!program.ok) {
      expect(program.why.line).toBeGreaterThan(0);
      continue;
    }
    compiled += 1;
    const run = startProgram(program.value);
    for (let i = 0; i < 3; i++) run.cycle();
  }
  expect(compiled).toBeGreaterThan(100);
});

const SEED_PROGRAM = `def prog():
  global q = [0, 1, 2]
  thread t(n=3):
    while n > 0:
      q[1] = q[1] + n
      n = n - 1
      sync()
    end
  end
  h = run t(2)
  if q[0] == 0 and not False:
    s = struct(a=1, b=[2, 3])
    s.b[0] = measure(s.a)
    textmsg("s=", s)
  elif True:
    kill h
  end
  join h
end
`;

it("survives a real program with characters removed, doubled or swapped", () => {
  const random = seededRandom(21);
  const library = scriptLibrary(Object.assign(new RecordingHost(), { statementsPerCycle: 500 }));
  for (let n = 0; n < 2000; n++) {
    const program = compileProgram(mutated(SEED_PROGRAM, random), library);
    if (!program.ok) continue;
    const run = startProgram(program.value);
    for (let i = 0; i < 10; i++) run.cycle();
  }
});

it("names the statements that other languages have and URScript has not", () => {
  expect(problemOf("def a():\n  for i in [1, 2]:\n    textmsg(i)\n  end\nend")).toEqual({
    line: 2,
    column: 3,
    text: "syntax_error_on_line:2:  for i in [1, 2]:: URScript has no for; a while loop counts",
  });
  expect(problemOf("switch x:\nend").text).toMatch(/: URScript has no switch; if and elif choose$/);
  expect(saidBy("for = 1\ntextmsg(for)")).toEqual(["1"]);
});
