import { startLockStepSim, startRealTimeSim, type RunningSim } from "../src/performance/robot-sim.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";
import { nanosecondsOf, rosTime } from "../src/ros/time.ts";
import { loadWorkcell, WORKCELL_PARAMETERS, type Workcell } from "../src/shelf/workcell.ts";

/** A simulated controller → /controller, and in lock-step /clock. */
export const node = defineNode({
  name: "robot_sim",
  does: "runs the simulated UR5e controller",
  parameters: {
    ...WORKCELL_PARAMETERS,
    seed: {
      type: "integer",
      default: -1,
      min: -1,
      what: "seed of noise and random numbers; -1: the profile's",
      readOnly: true,
    },
    lock_step: {
      type: "bool",
      default: false,
      what: "as fast as possible in the driver's own process, the same bits for one seed",
      readOnly: true,
    },
  },
  publishes: ["controller", "clock"],
  make({ node, place }) {
    const addresses = node.publisher("controller");
    const clocks = node.publisher("clock");
    let workcell: Workcell;
    let sim: RunningSim | undefined;
    return {
      async configure() {
        workcell = await loadWorkcell(node.parameters.all());
      },
      async activate() {
        const { seed: asked, lock_step, calibration } = node.parameters.all();
        const seed = asked < 0 ? workcell.profile.simulation.seed : asked;
        sim = lock_step
          ? await startLockStepSim(workcell, seed, {
              turn: () => place.turn(),
              onCycle: (robotTimeS) => clocks.publish({ clock: rosTime(nanosecondsOf(robotTimeS)) }),
              onHang: (why) => node.log("fatal", why.message),
              offer: (host, robot) => void place.offers.set(host, robot),
            })
          : await startRealTimeSim(calibration || workcell.profile.calibration, seed);
        addresses.publish(sim.address);
      },
      async deactivate() {
        await sim?.close();
        sim = undefined;
      },
    };
  },
});
