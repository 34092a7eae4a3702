import type { Command } from "commander";
import { openDoors } from "../ros/peer/door.ts";
import { canUseRos, probeRos } from "../ros/rcl/probe.ts";

const HELP = `
Looks at this machine, changes nothing and loads nothing that could break. Exit code 0: everything that a performance on
the simulated arm needs is there; ROS 2 is an extra.
`;

/** `cellist doctor`: what is here, and what is missing for what. */
export function addDoctorCommand(program: Command): void {
  program
    .command("doctor")
    .summary("what is installed, and what is missing for what")
    .option("--json", "for scripts")
    .addHelpText("after", HELP)
    .action(async ({ json }: { json?: true }) => {
      const ros = probeRos(process.env);
      const graphs = (await openDoors()).map(({ name }) => name);
      const usable = canUseRos(ros);
      if (json) {
        console.log(
          JSON.stringify(
            { node: process.versions.node, graphs, ros: { usable, findings: ros } },
            undefined,
            2,
          ),
        );
        return;
      }
      console.log(`Node ${process.versions.node} on ${process.platform}-${process.arch}`);
      console.log(`running graphs: ${graphs.join(", ") || "none"}`);
      console.log(
        usable
          ? "ROS 2: everything that a bridge to it needs was found"
          : "ROS 2: not usable here; the embedded graph is used",
      );
      for (const { what, ok, said } of ros) console.log(`  ${ok ? "found  " : "missing"}  ${what}: ${said}`);
    });
}
