import { expect, it } from "vitest";
import { problemOf, RecordingHost, said, saidBy } from "./recording-host.ts";

it("runs the one definition of a text, also when a call of it follows", () => {
  expect(said('def hello():\n  textmsg("hi")\nend\n')).toEqual(["hi"]);
  expect(said('def hello():\n  textmsg("hi")\nend\nhello()\n')).toEqual(["hi"]);
});

it("runs single lines one after the other", () => {
  expect(said('x = 2\ntextmsg("x = ", x * 3)')).toEqual(["x = 6"]);
});

it("binds multiplication before addition, comparison before not, not before and, and before or", () => {
  expect(saidBy("textmsg(1 + 2 * 3 - 8 / 4)")).toEqual(["5"]); // 1 + 6 − 2
  expect(saidBy("textmsg(not 1 == 2 and False or True)")).toEqual(["True"]); // ((not (1==2)) and False) or True
  expect(saidBy("textmsg(-2 - -3)")).toEqual(["1"]);
  expect(saidBy("textmsg(10 - 4 - 3)")).toEqual(["3"]);
  expect(saidBy("textmsg(True xor True)\ntextmsg(True xor False)")).toEqual(["False", "True"]);
});

it("leaves the right side of and and or alone when the left decides", () => {
  const body = `
  def loud(x):
    textmsg("asked")
    return x
  end
  a = False and loud(True)
  b = True or loud(False)
  textmsg(a, b)`;
  expect(saidBy(body)).toEqual(["FalseTrue"]);
});

it("divides whole numbers into broken ones and takes the remainder with the sign of the dividend", () => {
  expect(saidBy("textmsg(7 / 2)\ntextmsg(7 % 3)\ntextmsg(-7 % 3)\ntextmsg(5.5 % 2)")).toEqual([
    "3.5",
    "1",
    "-1",
    "1.5",
  ]);
});

it("reads numbers in every spelling", () => {
  expect(saidBy("textmsg([1.0E-3, .125, 5., 0x1F, 2e3])")).toEqual(["[0.001, 0.125, 5, 31, 2000]"]);
});

it("continues a line inside brackets and after a binary operator", () => {
  expect(
    saidBy("x = [1,\n  2, # two\n  3]\ny = x[0] +\n  x[1]\nif y == 3 and\n  True:\n textmsg(y,\n x)\nend"),
  ).toEqual(["3[1, 2, 3]"]);
});

it("takes the first branch that holds", () => {
  const body = (x: number): string => `
  x = ${x}
  if x < 1:
    textmsg("low")
  elif x < 2:
    textmsg("middle")
  else:
    textmsg("high")
  end`;
  expect([0, 1, 2].flatMap((x) => saidBy(body(x)))).toEqual(["low", "middle", "high"]);
});

it("counts a number and a string as a condition: zero and nothing are false", () => {
  expect(saidBy('if 0:\n textmsg("a")\nend\nif 2:\n textmsg("b")\nend')).toEqual(["b"]);
  expect(saidBy('if "":\n textmsg("a")\nend\nif "x":\n textmsg("b")\nend')).toEqual(["b"]);
});

it("lets a line end with =, and a keyword begin a statement on the line of the one before", () => {
  expect(saidBy("global a = # comment\n1 global b =\n2 if a < b: textmsg(a + b) end")).toEqual(["3"]);
  expect(problemOf("x = 1 y = 2")).toMatchObject({ line: 1, column: 7 });
});

it("breaks out of and continues the innermost loop only", () => {
  const body = `
  i = 0
  while True:
    i = i + 1
    if i == 2:
      continue
    end
    if i > 4:
      break
    end
    j = 0
    while True:
      j = j + 1
      if j == i:
        break
      end
    end
    textmsg(i, j)
  end`;
  expect(saidBy(body)).toEqual(["11", "33", "44"]);
});

it("returns from inside loops, and a function without return gives nothing that could be stored", () => {
  const body = `
  def firstSquareAbove(limit):
    local i = 0
    while True:
      if i * i > limit:
        return i
      end
      i = i + 1
    end
  end
  def silent():
  end
  textmsg(firstSquareAbove(50))
  x = silent()`;
  expect(saidBy(body)).toEqual(["8", "15:3 Type error: x is given None"]); // 8² = 64 > 50 ≥ 7²
});

it("halts the whole program from inside a function", () => {
  expect(saidBy('def f():\n halt\nend\ntextmsg("a")\nf()\ntextmsg("b")')).toEqual(["a"]);
});

it("matches arguments by place and by name and fills in the defaults", () => {
  const body = `
  def f(a, b=10, c=[1, 2]):
    return str_cat(str_cat(a, "/"), str_cat(str_cat(b, "/"), c))
  end
  textmsg(f(1))
  textmsg(f(1, c=3))
  textmsg(f(b=2, a=7))`;
  expect(saidBy(body)).toEqual(["1/10/[1, 2]", "1/10/3", "7/2/[1, 2]"]);
});

it("calls functions before the text defines them and lets them call each other", () => {
  const body = `
  textmsg(isEven(10), isEven(7))
  def isEven(n):
    if n == 0:
      return True
    end
    return isOdd(n - 1)
  end
  def isOdd(n):
    if n == 0:
      return False
    end
    return isEven(n - 1)
  end`;
  expect(saidBy(body)).toEqual(["TrueFalse"]);
});

it("finds functions defined inside blocks and functions of the functions around", () => {
  const body = `
  def outer(x):
    def inner(y):
      return twice(y) + 1
    end
    return inner(x)
  end
  if True:
    def twice(z):
      return 2 * z
    end
  end
  textmsg(outer(4))`;
  expect(saidBy(body)).toEqual(["9"]);
});

it("lets names of types and built-ins be variables", () => {
  expect(
    saidBy("time = 1\nlist = [2]\nlength = length(list)\np = [3, 4]\ntextmsg(p[0] + p[1] + time + length)"),
  ).toEqual(["9"]);
});

it("reads p[...] as a pose when it has six elements and as an index when it has one", () => {
  expect(saidBy("p = p[1, 2, 3, 0, 0, 0]\ntextmsg(p[2])\ntextmsg(p)")).toEqual(["3", "p[1, 2, 3, 0, 0, 0]"]);
});

it("has structs with members that are read, written and nested", () => {
  const body = `
  s = struct(name="bow", at=[1, 2], inner=struct(x=5))
  s.at[1] = 7
  s.inner.x = s.inner.x + 1
  textmsg(s)`;
  expect(saidBy(body)).toEqual(["struct(name=bow, at=[1, 7], inner=struct(x=6))"]);
});

it("reports program labels to the controller and skips comments", () => {
  const host = new RecordingHost();
  const text = '# HEADER_BEGIN\n$ 1 "Robot Program"\n$ 2 "Wait" "noBreak"\ntextmsg("x") # said';
  expect(said(text, host)).toEqual(["x"]);
  expect(host.labels).toEqual(["1 Robot Program", "2 Wait"]);
});

it("returns nothing by `return None`, and knows nothing from something", () => {
  const body = `
  def find(x):
    if x > 1:
      return x
    end
    return None
  end
  textmsg(find(2) == None, find(1) == None)`;
  expect(saidBy(body)).toEqual(["FalseTrue"]);
  expect(said('textmsg("before")\nx = None')).toEqual(["before", "2:1 Type error: x is given None"]);
  expect(said("x = [1, None]")).toEqual(["1:5 Type error: cannot store None"]);
  expect(problemOf("None = 1").text).toContain("syntax_error");
});
