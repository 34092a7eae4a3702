import { expect, it } from "vitest";
import { seededRandom } from "../../../src/math/random.ts";
import { combine } from "../../../src/sim/urscript/values/arithmetic.ts";
import { saidBy } from "./recording-host.ts";

it("copies lists on assignment, on passing, on returning and into other lists", () => {
  const body = `
  a = [1, 2]
  b = a
  b[0] = 9
  def change(x):
    x[1] = 8
    return x
  end
  c = change(a)
  d = [a, a]
  d[0][0] = 7
  s = struct(m=a)
  s.m[0] = 6
  textmsg(a, str_cat(b, str_cat(c, str_cat(d, s))))`;
  expect(saidBy(body)).toEqual(["[1, 2][9, 2][1, 8][[7, 2], [1, 2]]struct(m=[6, 2])"]);
});

it("copies lists inside lists, structs and poses all the way down", () => {
  const body = `
  a = [[1], [2]]
  b = a
  b[0][0] = 9
  s = struct(x=p[1, 2, 3, 4, 5, 6], l=a)
  t = s
  t.x[0] = 7
  t.l[1][0] = 8
  textmsg(a, b)
  textmsg(s, t)`;
  expect(saidBy(body)).toEqual([
    "[[1], [2]][[9], [2]]",
    "struct(x=p[1, 2, 3, 4, 5, 6], l=[[1], [2]])struct(x=p[7, 2, 3, 4, 5, 6], l=[[1], [8]])",
  ]);
});

it("computes with lists element by element and with numbers on either side", () => {
  expect(saidBy("textmsg([1, 2] + [10, 20])")).toEqual(["[11, 22]"]);
  expect(saidBy("textmsg([1, 2] - [10, 20])")).toEqual(["[-9, -18]"]);
  expect(saidBy("textmsg(-3 * [1, 2])")).toEqual(["[-3, -6]"]);
  expect(saidBy("textmsg([1, 2] * [3, 4])")).toEqual(["[3, 8]"]);
  expect(saidBy("textmsg([2000000, 500000] / 1000000)")).toEqual(["[2, 0.5]"]);
  expect(saidBy("textmsg(-[1, -2])")).toEqual(["[-1, 2]"]);
});

it("adds and scales lists as numbers one by one would", () => {
  const random = seededRandom(7);
  for (let n = 0; n < 200; n++) {
    const length = 1 + Math.floor(random() * 8);
    const a = Array.from({ length }, random);
    const b = Array.from({ length }, random);
    const k = random();
    const sum = combine("+", a, combine("*", k, b));
    expect(sum).toEqual(a.map((x, i) => x + k * b[i]!));
  }
});

it("multiplies matrices as in linear algebra and inverts them", () => {
  expect(saidBy("textmsg([[1, 2], [3, 4]] * [[0, 1], [1, 0]])")).toEqual(["[[2, 1], [4, 3]]"]); // columns swapped
  expect(saidBy("textmsg([[1, 2], [3, 4]] * [1, 10])")).toEqual(["[21, 43]"]);
  expect(saidBy("m = [[1, 2], [3, 4]]\nm[0, 1] = 5\ntextmsg(m[0, 1] + m[1][0])\ntextmsg(size(m))")).toEqual([
    "8",
    "[2, 2]",
  ]);
  expect(saidBy("textmsg(inv([[0, 2], [4, 0]]))")).toEqual(["[[0, 0.25], [0.5, 0]]"]);
  expect(saidBy("textmsg(transpose([[1, 2, 3], [4, 5, 6]]))")).toEqual(["[[1, 4], [2, 5], [3, 6]]"]);
});

it("compares lists and poses part by part, and booleans with numbers", () => {
  expect(saidBy("textmsg([1, [2]] == [1, [2]])\ntextmsg([1] == [1, 2])")).toEqual(["True", "False"]);
  expect(saidBy("textmsg(p[0,0,0,0,0,1] == p[0,0,0,0,0,1])\ntextmsg(0 == False)")).toEqual(["True", "True"]);
  expect(saidBy('textmsg("a" != "b")')).toEqual(["True"]);
});

it.each([
  ["x = [1, 2][2]", "2:11 Index 2 is outside the list of 2 elements"],
  ["x = [1, 2][-1]", "2:11 Index -1 is outside the list of 2 elements"],
  ["x = [1, 2][0.5]", "2:11 Type error: index must be a whole number, not a number"],
  ["a = [1]\na[1] = 2", "3:2 Index 1 is outside the list of 1 elements"],
  ["x = [1, 2] + [1]", "2:12 Type error: lists of length 2 and 1 for +"],
  ['x = "a" + 1', "2:9 Type error: unsupported operands for +: string and number"],
  ["x = 1 / 0", "2:7 Division by zero"],
  ["x = [1] / 0", "2:9 Division by zero"],
  ["x = 1 % 0", "2:7 Division by zero"],
  ['x = "a" < 1', "2:9 Type error: cannot order string and number"],
  ["s = struct(a=1)\nx = s.b", "3:7 Struct has no member b"],
  ["s = struct(a=1)\ns.b = 1", "3:3 Struct has no member b"],
  ["if [1]:\nend", "2:4 Type error: condition must be a boolean, not a list"],
  ["x = p[1, 2, 3, 4, 5, True]", "2:5 Type error: element 5 of a pose must be a number, not a boolean"],
  ["x = p[0,0,0,0,0,0] + p[0,0,0,0,0,0]", "2:20 Type error: unsupported operands for +: pose and pose"],
  ["x = inv([[1, 2], [2, 4]])", "2:5 inv: matrix is singular"],
  ["x = sqrt(-1)", "2:5 sqrt: argument outside the domain"],
])("ends %s with a runtime exception at its place", (body, message) => {
  expect(saidBy(body)).toEqual([message]);
});
