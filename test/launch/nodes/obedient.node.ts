import { existsSync } from "node:fs";
import { threadId } from "node:worker_threads";
import { CellistError } from "../../../src/errors.ts";
import { defineNode } from "../../../src/ros/node/node-definition.ts";

/** Does what the event of a note tells it, good or bad; says on /settings where it runs. */
export const node = defineNode({
  name: "obedient",
  does: "does what a note event tells it",
  parameters: {
    at_configure: { type: "string", default: "", choices: ["", "wait", "refuse", "crash"], what: "fault" },
    bows: { type: "integer", default: 1, min: 1, max: 4, what: "bows" },
  },
  subscribes: ["note_events"],
  publishes: ["settings"],
  make({ node, finished }) {
    const told = node.publisher("settings");
    const heard: number[] = [];
    const still = new Int32Array(new SharedArrayBuffer(4));
    const orders: Readonly<Record<string, () => void>> = {
      where: () =>
        told.publish({
          json: JSON.stringify({ pid: process.pid, thread: threadId, heard }),
          sha256: node.name,
        }),
      crash: () => {
        throw new Error("the bow broke");
      },
      fall: () =>
        void setTimeout(() => {
          throw new Error("fell off the chair");
        }),
      spin: () => {
        for (;;);
      },
      stand: () => {
        while (!existsSync(`${process.env["CELLIST_RUN_DIR"]}/go`)) Atomics.wait(still, 0, 0, 5);
      },
      finish: () => finished(),
      fail: () => finished(new CellistError("unplayable", "too high")),
    };
    return {
      async configure() {
        const fault: string = node.parameters.get("at_configure");
        if (fault === "wait") await new Promise(() => undefined);
        if (fault === "crash") throw new Error("no rosin");
        if (fault === "refuse") throw new CellistError("robot-unreachable", "no robot answers");
      },
      activate() {
        node.subscribe("note_events", ({ event, string_name, note_index }) => {
          if (event === "listen") heard.push(note_index);
          if (string_name === "" || string_name === node.name) orders[event]?.();
        });
        orders["where"]!();
      },
      deactivate: () => node.log("info", "rests"),
    };
  },
});
