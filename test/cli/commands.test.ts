import { Command } from "commander";
import { expect, it } from "vitest";
import { addCommands, COMMAND_FILES } from "../../src/cli/commands.ts";

const namesAfter = async (name: string | undefined): Promise<readonly string[]> => {
  const program = new Command();
  await addCommands(program, name);
  return program.commands.map((command) => command.name());
};

it.each(COMMAND_FILES.map(({ names, load }) => [names.join(", "), names, load] as const))(
  "%s: the file adds the commands it is listed for, and no other",
  async (_, names, load) => {
    const program = new Command();
    (await load())(program);
    expect(program.commands.map((command) => command.name())).toEqual(names);
  },
);

it("loads one file for a command, and all for help and for a misspelling", async () => {
  const all = COMMAND_FILES.flatMap(({ names }) => names);
  expect(await namesAfter("pieces")).toEqual(["pieces"]);
  for (const other of ["--help", "preform", undefined]) expect(await namesAfter(other)).toEqual(all);
});
