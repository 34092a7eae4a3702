import { expect, it } from "vitest";
import { seededRandom } from "../../../src/math/random.ts";
import { ProgramSplitter } from "../../../src/sim/urscript/program-splitter.ts";

const STREAM = `stop program
set robotmode run

# a comment between programs
def prog():
  # if this were counted, the end would be missed
  textmsg("while def if end")
  if True:
    while False:
    end
  elif False:
    thread t():
    end
  end
end
set_digital_out(1, True)
sec side():
  textmsg(1)
end
`;

it("cuts a stream into commands, single lines, programs and secondary programs", () => {
  const programs = new ProgramSplitter().push(STREAM);
  expect(programs.map((program) => program.split("\n")[0])).toEqual([
    "stop program",
    "set robotmode run",
    "def prog():",
    "set_digital_out(1, True)",
    "sec side():",
  ]);
  expect(programs[2]!.trimEnd().split("\n")).toHaveLength(11);
});

it("gives the same programs however the stream is cut", () => {
  const whole = new ProgramSplitter().push(STREAM);
  const random = seededRandom(3);
  for (let n = 0; n < 50; n++) {
    const splitter = new ProgramSplitter();
    const programs: string[] = [];
    for (let at = 0; at < STREAM.length;) {
      const next = at + 1 + Math.floor(random() * 30);
      programs.push(...splitter.push(STREAM.slice(at, next).replaceAll("\n", n % 2 === 0 ? "\n" : "\r\n")));
      at = next;
    }
    expect(programs).toEqual(whole);
    expect(splitter.unfinished).toBe("");
  }
});

it("keeps what is not complete yet", () => {
  const splitter = new ProgramSplitter();
  expect(splitter.push("def p():\n  sync()\n")).toEqual([]);
  expect(splitter.unfinished).toBe("def p():\n  sync()\n");
});
