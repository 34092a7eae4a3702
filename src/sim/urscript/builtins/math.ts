import { ScriptFault } from "../problem.ts";
import type { InstantBuiltin, ScriptHost } from "../script-host.ts";
import { expectInteger, expectList, expectNumber, expectNumbers } from "../values/expect.ts";
import { instant } from "./define.ts";

/** A function of one number. Results that are no number (sqrt of −1) end the program, as the manual says. */
const ofNumber = (name: string, f: (x: number) => number): InstantBuiltin =>
  instant(name, ["f"], ([f_]) => finite(name, f(expectNumber(f_, name))));

const ofTwo = (
  name: string,
  [a, b]: readonly [string, string],
  f: (a: number, b: number) => number,
): InstantBuiltin =>
  instant(name, [a, b], (args) => finite(name, f(expectNumber(args[0], a), expectNumber(args[1], b))));

function finite(name: string, value: number): number {
  if (!Number.isFinite(value)) throw new ScriptFault(`${name}: argument outside the domain`);
  return value;
}

/** No `abs`, `exp` or `round`: the controller has none. @source UR script manual 5.25, "Module urmath" */
export const mathBuiltins = (host: ScriptHost): readonly InstantBuiltin[] => [
  ofNumber("sin", Math.sin),
  ofNumber("cos", Math.cos),
  ofNumber("tan", Math.tan),
  ofNumber("asin", Math.asin),
  ofNumber("acos", Math.acos),
  ofNumber("atan", Math.atan),
  ofTwo("atan2", ["x", "y"], Math.atan2),
  ofNumber("sqrt", Math.sqrt),
  ofTwo("pow", ["base", "exponent"], Math.pow),
  ofTwo("log", ["b", "f"], logarithm),
  ofNumber("floor", Math.floor),
  ofNumber("ceil", Math.ceil),
  ofNumber("d2r", (d) => (d / 180) * Math.PI),
  ofNumber("r2d", (r) => (r / Math.PI) * 180),
  instant("norm", ["a"], ([a]) =>
    typeof a === "number" ? Math.abs(a) : euclideanNorm(expectNumbers(a, "argument of norm")),
  ),
  instant("normalize", ["v"], ([v]) => {
    const numbers = expectNumbers(v, "argument of normalize");
    const length = euclideanNorm(numbers);
    if (length === 0) throw new ScriptFault("normalize: all elements are zero");
    return numbers.map((x) => x / length);
  }),
  instant("random", [], () => host.random()),
  instant("binary_list_to_integer", ["l"], ([l]) =>
    expectList(l, "l").reduce<number>((sum, bit, i) => (bit === true && i < 32 ? sum | (1 << i) : sum), 0),
  ),
  instant("integer_to_binary_list", ["x"], ([x]) => {
    const bits = expectInteger(x, "x") | 0;
    return Array.from({ length: 32 }, (_, i) => ((bits >>> i) & 1) === 1);
  }),
];

const euclideanNorm = (numbers: readonly number[]): number => {
  let sum = 0;
  for (const x of numbers) sum += x * x;
  return Math.sqrt(sum);
};

/** Logarithm of f to the base b. */
function logarithm(b: number, f: number): number {
  if (b <= 0 || f <= 0 || b === 1) throw new ScriptFault("log: argument outside the domain");
  return Math.log(f) / Math.log(b);
}
