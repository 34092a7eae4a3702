import { serveLiveView, type RunningLiveView } from "../src/foxglove/serve-live-view.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";

/** The whole graph → Foxglove, Lichtblick and others, over their WebSocket protocol. */
export const node = defineNode({
  name: "foxglove",
  does: "shows the whole graph over the Foxglove WebSocket protocol: every topic, on demand; services and parameters",
  parameters: {
    host: {
      type: "string",
      default: "127.0.0.1",
      what: "address to listen on; whoever reaches it may look",
      readOnly: true,
    },
    port: { type: "integer", default: 8765, min: 0, max: 65535, what: "0: any free one", readOnly: true },
    control: {
      type: "bool",
      default: false,
      what: "clients may call services, publish and set parameters: whoever reaches it may start an arm",
      readOnly: true,
    },
    origins: {
      type: "string_array",
      default: ["https://app.foxglove.dev"],
      what: 'web pages that may connect; "*": any. Programs that are no browser always may',
      readOnly: true,
    },
  },
  make({ node }) {
    let view: RunningLiveView | undefined;
    return {
      async activate() {
        const { host, port, control, origins } = node.parameters.all();
        view = await serveLiveView(node, { host, port, control, origins });
        node.log("info", `live view: ws://${host}:${view.port}${control ? ", with control" : ""}`);
      },
      async deactivate() {
        await view?.close();
        view = undefined;
      },
    };
  },
});
