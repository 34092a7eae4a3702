import { BagReader } from "../src/bag/bag-reader.ts";
import { CellistError } from "../src/errors.ts";
import type { BagPlayer } from "../src/replay/bag-player.ts";
import { PLAYER_PARAMETERS } from "../src/replay/play-settings.ts";
import { PLAYER_SERVICES, servePlayer } from "../src/replay/serve-player.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";

/** A bag → its topics, in time, and /clock. */
export const node = defineNode({
  name: "player",
  does: "plays a bag: every topic that it holds, under its own name",
  parameters: PLAYER_PARAMETERS,
  publishes: ["clock"],
  serves: PLAYER_SERVICES,
  make({ node, finished }) {
    node.publisher("clock");
    let reader: BagReader | undefined;
    let player: BagPlayer | undefined;
    return {
      async configure() {
        const path: string = node.parameters.get("bag");
        if (path === "") throw new CellistError("parameter-invalid", "it needs a bag: bag:=FILE");
        reader = await BagReader.open(path);
        for (const remark of reader.remarks) node.log("warn", `${path}: ${remark}`);
      },
      async activate() {
        const settings = node.parameters.all();
        player = await servePlayer(node, reader!, settings);
        player.play().then(
          () => settings.finish && finished(),
          (error: unknown) => (error instanceof CellistError ? finished(error) : node.crash(error)),
        );
      },
      deactivate: () => player?.stop(),
      shutdown: () => reader?.close(),
    };
  },
});
