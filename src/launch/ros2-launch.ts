import { stringify } from "yaml";
import type { LaunchArgument } from "./launch-file.ts";

/**
 * A launch file of ours as one of `ros2 launch`: the same arguments, handed to `cellist launch`.
 *
 * @source ros2 launch, YAML front end: `arg`, `executable`, `$(var name)`; every default is a text there
 */
export function ros2Launch(name: string, description: string, its: readonly LaunchArgument[]): string {
  const args = its.map(({ name: argument, default: value, what }) => ({
    arg: {
      name: argument,
      ...(value !== undefined && { default: typeof value === "string" ? value : JSON.stringify(value) }),
      description: what,
    },
  }));
  const cellist = { name: "cellist", default: "cellist", description: "how the program is started" };
  const words = ["$(var cellist)", "launch", name, ...its.map(({ name: a }) => `${a}:=$(var ${a})`)];
  // It ends its nodes within two seconds after SIGINT; only then may ros2 launch lose patience.
  const executable = { cmd: words.join(" "), output: "screen", sigterm_timeout: "5", sigkill_timeout: "5" };
  const launch = [...args, { arg: cellist }, { executable }];
  return `# ${description}\n# Made from launch/${name}.yaml; do not edit. Again: npm run ros2-launch\n${stringify({ launch }, { lineWidth: 0 })}`;
}
