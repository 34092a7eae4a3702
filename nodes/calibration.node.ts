import { basename } from "node:path";
import { CellistError } from "../src/errors.ts";
import { ARM_PARAMETERS, controllerAddress } from "../src/performance/arm-of-driver.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";
import type { MessageOf } from "../src/ros/topics.ts";
import { readJoints } from "../src/rtde/preflight.ts";
import { keepCalibration } from "../src/shelf/keep-calibration.ts";
import { loadInstrument } from "../src/shelf/load-instrument.ts";
import { STATES } from "../src/teaching/standing-pose.ts";
import { TaughtCorners } from "../src/teaching/taught-corners.ts";

const { robot, port_offset } = ARM_PARAMETERS;

/** A hand that holds the bow on the strings → a calibration file. Moves nothing: it only reads the controller. */
export const node = defineNode({
  name: "calibration",
  does: "takes down taught poses and fits a calibration to them; moves nothing",
  parameters: {
    base: {
      type: "string",
      default: "reference",
      what: "calibration that says what is known already: arm, tool, bow; poses not taught anew stay",
      readOnly: true,
    },
    out: { type: "string", default: "", what: "file to write; it must not be there yet", readOnly: true },
    robot,
    port_offset,
  },
  subscribes: ["controller"],
  publishes: [],
  serves: { "~/teach": "cellist_msgs/srv/Teach", "~/save": "std_srvs/srv/Trigger" },
  make({ node, finished }) {
    let corners: TaughtCorners;
    let controller: MessageOf<"/controller"> | undefined;
    const answer = async (work: () => Promise<string>): Promise<{ success: boolean; message: string }> => {
      try {
        return { success: true, message: await work() };
      } catch (error) {
        if (error instanceof CellistError) return { success: false, message: error.message };
        throw error;
      }
    };
    return {
      async configure() {
        const { base, out } = node.parameters.all();
        if (out === "") throw new CellistError("parameter-invalid", "it needs the file to write: out:=FILE");
        corners = new TaughtCorners((await loadInstrument(base)).calibration);
      },
      activate() {
        node.subscribe("controller", (address) => void (controller = address));
        node.serve("~/teach", "cellist_msgs/srv/Teach", ({ string_name, end }) =>
          answer(async () => {
            const { robot, port_offset: portOffset } = node.parameters.all();
            const address = controllerAddress({ robot, portOffset }, controller);
            return corners.take(string_name, end, await readJoints(address, STATES));
          }),
        );
        node.serve("~/save", "std_srvs/srv/Trigger", () =>
          answer(async () => {
            const { robot, base, out } = node.parameters.all();
            const takenAt = new Date(Number(node.clock.nowNs() / 1_000_000n));
            const origin = `taught at ${robot === "sim" ? "the simulated arm" : robot}, from ${base}`;
            const title = { name: basename(out).replace(/\.ya?ml$/i, ""), origin, revision: 1, takenAt };
            const { text, report } = corners.make(title);
            await keepCalibration(out, text, undefined);
            report.warnings.forEach((warning) => node.log("warn", warning));
            setTimeout(() => finished(), 100); // once this answer is out
            return `written to ${out}, ${report.warnings.length} warnings`;
          }),
        );
      },
    };
  },
});
