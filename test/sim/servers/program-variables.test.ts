import { expect, it } from "vitest";
import { FrameDecoder, primaryFraming } from "ur-rtde-ts";
import { bench } from "../controller/robot-in-memory.ts";

const PROGRAM = `def song():
  global whole = 7
  global broken = 0.5
  global flag = True
  global word = "cello"
  global place = p[1, 2, 3, 0, 0, 0.25]
  global many = [1, [0.5, False]]
  global later = 0
  sleep(0.3)
  whole = -8
  sleep(5)
end
`;

it("tells the global variables of a program: names once, typed values when they change", async () => {
  const one = await bench();
  const heard: { readonly type: number; readonly bytes: Buffer }[] = [];
  const decoder = new FrameDecoder(primaryFraming, ({ type, view, start, end }) =>
    heard.push({ type, bytes: Buffer.from(new Uint8Array(view.buffer).slice(start, end)) }),
  );
  one.robot.connectScript().onData((bytes) => decoder.push(bytes));
  one.robot.controller.runScript(PROGRAM);
  one.cycles(140);
  const [names, values, ...rest] = heard.filter(({ type }) => type === 25).map(({ bytes }) => bytes);
  expect(rest).toEqual([]); // nothing has changed since
  expect(names!.subarray(8).toString("latin1")).toBe(
    "\0\0\0whole\nbroken\nflag\nword\nplace\nmany\nlater\n", // kind 0, first index 0
  );
  const floats = (...numbers: readonly number[]): Buffer => {
    const bytes = Buffer.alloc(4 * numbers.length);
    numbers.forEach((number, i) => bytes.writeFloatBE(number, 4 * i));
    return bytes;
  };
  const newline = Buffer.from("\n");
  expect(values!.subarray(8)).toEqual(
    Buffer.concat([
      Buffer.of(1, 0, 0), // kind 1, first index 0
      ...[Buffer.of(15, 0, 0, 0, 7), newline],
      ...[Buffer.of(16), floats(0.5), newline],
      ...[Buffer.of(13, 1), newline],
      ...[Buffer.of(4, 0, 5), Buffer.from("cello"), newline],
      ...[Buffer.of(12), floats(1, 2, 3, 0, 0, 0.25), newline],
      ...[Buffer.of(17, 0, 2, 15, 0, 0, 0, 1, 17, 0, 2, 16), floats(0.5), Buffer.of(13, 0), newline],
      ...[Buffer.of(15, 0, 0, 0, 0), newline],
    ]),
  );
  one.cycles(60);
  const changed = heard.filter(({ type }) => type === 25).at(-1)!.bytes;
  expect(changed.subarray(11, 16)).toEqual(Buffer.of(15, 255, 255, 255, 248)); // -8
});
