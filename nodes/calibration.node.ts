import { existsSync } from "node:fs";
import { CellistError } from "../src/errors.ts";
import { ARM_PARAMETERS, controllerAddress } from "../src/performance/arm-of-driver.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";
import type { MessageOf } from "../src/ros/topics.ts";
import { readJoints, robotStreams } from "../src/rtde/preflight.ts";
import { loadWorkcell, WORKCELL_PARAMETERS } from "../src/shelf/workcell.ts";
import { calibrationsAtHand } from "../src/teaching/calibrations-at-hand.ts";
import { HandTeaching } from "../src/teaching/hand-teaching.ts";
import { serveTeaching, TEACHING_SERVICES } from "../src/teaching/serve-teaching.ts";
import type { TeachingWork } from "../src/teaching/teaching-work.ts";

const { robot, port_offset } = ARM_PARAMETERS;
const { profile, cell } = WORKCELL_PARAMETERS;

/** A hand that holds the bow on the strings → a calibration file. Never moves the arm: it lets go of it, and reads. */
export const node = defineNode({
  name: "calibration",
  does: "lets go of the arm for a hand that teaches, takes places down, and fits a calibration to them",
  parameters: {
    base: {
      type: "string",
      default: "",
      what: "calibration that says tool, payload and a first idea of the hair; on the same arm, places not taught anew stay; empty: the file itself",
      readOnly: true,
    },
    out: {
      type: "string",
      default: "",
      what: "file to write; what stands there is kept under its revision",
      readOnly: true,
    },
    name: {
      type: "string",
      default: "",
      what: "what the cell is called; empty: as before, or the file's name",
      readOnly: true,
    },
    profile: { ...profile, default: "robot", what: "distances to keep where the arm is parked" },
    cell: { ...cell, what: "the room around the arm; empty: the profile's" },
    robot,
    port_offset,
  },
  subscribes: ["controller"],
  publishes: ["markers_static"],
  serves: TEACHING_SERVICES,
  make({ node, finished }) {
    const markers = node.publisher("markers_static");
    let controller: MessageOf<"/controller"> | undefined;
    let work: TeachingWork;
    return {
      async configure() {
        const { base, out, name, robot, port_offset: portOffset, profile, cell } = node.parameters.all();
        if (out === "") throw new CellistError("parameter-invalid", "it needs the file to write: out:=FILE");
        const like = base || (robot === "sim" && !existsSync(out) ? "reference" : undefined);
        const { start, last } = await calibrationsAtHand(out, like, "base:=");
        const arm = () => {
          const address = controllerAddress({ robot, portOffset }, controller);
          return { streams: robotStreams(address), joints: (count: number) => readJoints(address, count) };
        };
        work = {
          teaching: new HandTeaching(start, arm, (why) => node.log("warn", why)),
          start,
          last,
          robot,
          out,
          name,
          markers,
          room: await loadWorkcell({ profile, set: [], calibration: "", cell }),
          onSaved: () => void setTimeout(() => finished(), 100), // once the answer is out
        };
      },
      activate() {
        node.subscribe("controller", (address) => void (controller = address));
        serveTeaching(node, work);
      },
      deactivate: () => work.teaching.close(),
    };
  },
});
