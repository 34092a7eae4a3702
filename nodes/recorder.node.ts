import { CellistError } from "../src/errors.ts";
import { GraphRecorder, RECORDED } from "../src/performance/graph-recorder.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";
import { nanoseconds, rosTime } from "../src/ros/time.ts";

/** Everything said in a performance → one bag, and how it goes → /recording. */
export const node = defineNode({
  name: "recorder",
  does: "writes the bag of a performance",
  parameters: {
    real_time: {
      type: "bool",
      default: true,
      what: "hands the bag to the disk twice a second, whatever comes",
      readOnly: true,
    },
    on_failure: {
      type: "string",
      default: "stop",
      choices: ["stop", "continue"],
      what: "what the arm does when the disk is full: stop on its path, or play on",
    },
  },
  subscribes: RECORDED,
  publishes: ["recording"],
  serves: { "~/start": "cellist_msgs/srv/Record", "~/stop": "std_srvs/srv/SetBool" },
  make({ node, place }) {
    const recorder = new GraphRecorder(node, RECORDED);
    const states = node.publisher("recording");
    let path = "";
    const tell = (state: string, sentence = ""): void =>
      states.publish({ header: { stamp: rosTime(node.clock.nowNs()), frame_id: "" }, state, path, sentence });
    const onFailure = (why: CellistError): void => {
      tell("failed", why.message);
      if (node.parameters.get("on_failure") !== "stop") return;
      node.call("robot_driver/stop", "std_srvs/srv/Trigger", {}).catch(() => undefined); // no arm, nothing to stop
    };
    place.waitEveryTurn(() => recorder.drained());
    const stop = async (finished: boolean): Promise<string> => {
      const wasRecording = recorder.recording;
      try {
        await recorder.stop();
        if (wasRecording) tell(finished ? "complete" : "broken_off");
        return "";
      } catch (error) {
        if (!(error instanceof CellistError)) throw error;
        return error.message;
      }
    };
    return {
      activate() {
        tell("idle");
        node.serve("~/start", "cellist_msgs/srv/Record", async (request) => {
          try {
            const realTime = node.parameters.get("real_time");
            path = request.path;
            await recorder.start(path, nanoseconds(request.start), { realTime, onFailure });
          } catch (error) {
            if (!(error instanceof CellistError)) throw error;
            return { success: false, message: error.message };
          }
          tell("recording");
          return { success: true, message: path };
        });
        // data: the performance came to its end, so that it can be heard and judged.
        node.serve("~/stop", "std_srvs/srv/SetBool", async ({ data: finished }) => {
          const message = await stop(finished);
          return { success: message === "", message };
        });
      },
      deactivate: async () => void (await stop(false)),
    };
  },
});
