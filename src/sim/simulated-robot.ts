import { type ByteStream, memoryByteStreamPair } from "ur-rtde-ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { Joints } from "../math/joints.ts";
import { SimController } from "./controller/sim-controller.ts";
import { createPlant } from "./plant/mujoco-plant.ts";
import type { PlantSettings } from "./plant/plant-settings.ts";
import { withoutBacklog } from "./servers/client-stream.ts";
import { RtdeServer } from "./servers/rtde-server.ts";

/** Which simulated robot, and how it meets the world. */
export interface SimulatedRobotOptions {
  readonly instrument: Instrument;
  readonly seed: number;
  readonly startQ_rad?: Joints;
  readonly plant?: Partial<PlantSettings>;
  readonly poweredOn?: boolean;
}

export interface SimulatedRobot {
  readonly controller: SimController;
  stepCycle(): void;
  connectRtde(): ByteStream;
  close(): Promise<void>;
}

/** A simulated robot in lock-step with its owner. */
export async function startSimulatedRobot(options: SimulatedRobotOptions): Promise<SimulatedRobot> {
  const { instrument, seed, startQ_rad, poweredOn = false } = options;
  const plant = await createPlant(instrument, { seed, ...options.plant });
  if (startQ_rad !== undefined) plant.reset(startQ_rad);
  const controller = new SimController({ instrument, plant, seed, poweredOn });
  const rtde = new RtdeServer(controller);
  return {
    controller,
    stepCycle() {
      controller.step();
      rtde.publish();
    },
    connectRtde() {
      const [here, there] = memoryByteStreamPair();
      rtde.accept(withoutBacklog(here));
      return there;
    },
    close() {
      rtde.close();
      plant.dispose();
      return Promise.resolve();
    },
  };
}
