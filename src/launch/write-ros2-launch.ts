import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { launchArguments, launchDescription } from "./launch-file.ts";
import { ros2Launch } from "./ros2-launch.ts";

const LAUNCH = new URL("../../launch/", import.meta.url);

/** Wrappers of all shipped launch files, by the path of each below `launch/`. */
export const ros2Wrappers = (): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(LAUNCH)
      .filter((file) => file.endsWith(".yaml"))
      .map((file) => {
        const text = readFileSync(new URL(file, LAUNCH), "utf8");
        const name = file.slice(0, -5);
        const wrapper = ros2Launch(name, launchDescription(text, file), launchArguments(text, file));
        return [`ros2/launch/${name}.launch.yaml`, wrapper];
      }),
  );

if (process.argv[1] === import.meta.filename) {
  mkdirSync(new URL("ros2/launch/", LAUNCH), { recursive: true });
  for (const [path, text] of ros2Wrappers()) writeFileSync(new URL(path, LAUNCH), text);
}
