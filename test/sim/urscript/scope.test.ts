import { expect, it } from "vitest";
import { said, saidBy } from "./recording-host.ts";

it("treats every variable of the program itself as global, whatever its qualifier", () => {
  const body = `
  a = 0
  local b = 0
  def f():
    a = 1
    b = 2
  end
  f()
  textmsg(a, b)`;
  expect(saidBy(body)).toEqual(["12"]);
});

it("keeps a local variable of a function apart from the global of the same name", () => {
  const body = `
  global a = 0
  def f():
    a = 5
    local a = 1
    a = a + 1
    return a
  end
  textmsg(f(), a)`;
  expect(saidBy(body)).toEqual(["25"]); // before the declaration a is the global
});

it("binds a free name in a function inside a function to the global, not to the local in between", () => {
  const body = `
  global a = 0
  def f():
    local a = 1
    def g():
      a = 2
    end
    g()
    return a
  end
  textmsg(f(), a)`;
  expect(saidBy(body)).toEqual(["12"]); // the manual's third example
});

it("gives each call its own local variables", () => {
  const body = `
  def sum(n):
    half = n
    if n > 0:
      sum(n - 1)
    end
    return half
  end
  textmsg(sum(3))`;
  expect(saidBy(body)).toEqual(["3"]);
});

it("creates a global from inside a function", () => {
  expect(saidBy("def f():\n global g = 4\nend\nf()\ntextmsg(g)")).toEqual(["4"]);
});

it("reads a parameter of the function around", () => {
  expect(saidBy("def f(x):\n def g():\n  return x + 1\n end\n return g()\nend\ntextmsg(f(4))")).toEqual([
    "5",
  ]);
});

it("keeps variables of several functions apart when the text itself is the program", () => {
  expect(said("def a():\n x = 1\nend\ndef b():\n x = 2\n a()\n return x\nend\ntextmsg(b())")).toEqual(["2"]);
});

it("stops at a variable that has no value yet", () => {
  expect(saidBy("def f():\n return late\nend\ntextmsg(f())\nlate = 1")).toEqual([
    "3:9 Variable late is used before it has a value",
  ]);
});
