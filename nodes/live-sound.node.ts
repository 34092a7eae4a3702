import { bowPlanFromMessage } from "../src/bag/bow-plan-message.ts";
import type { BowPlan } from "../src/bowing/bow-plan.ts";
import { comeAfterOthers } from "../src/performance/after-others.ts";
import { amongFirst } from "../src/performance/backlog.ts";
import { LiveSound, sayLiveSound } from "../src/performance/live-sound.ts";
import { openPcmSink, type PcmSink } from "../src/performance/pcm-sink.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";
import { loadWorkcell, WORKCELL_PARAMETERS, type Workcell } from "../src/shelf/workcell.ts";
import { soundWithHair } from "../src/sound/sound-settings.ts";

/** Bow states that may come at once, as after a pause of the processor: 0.1 s. */
const AT_ONCE = 50;

/** The bow on the strings, as it happens → the sound of the cello, as PCM, some 40 ms later. */
export const node = defineNode({
  name: "live_sound",
  does: "sounds the cello while it is bowed: 48 kHz, 16 bit, two channels, for whoever plays it (aplay -f dat)",
  parameters: {
    ...WORKCELL_PARAMETERS,
    to: {
      type: "string",
      default: "-",
      what: "-: standard output; host:port: a TCP listener; else a file or named pipe",
      readOnly: true,
    },
    gain_db: {
      type: "double",
      default: 6,
      min: -60,
      max: 40,
      what: "how much louder than the strings make it [dB]",
      readOnly: true,
    },
    lock_step: { type: "bool", default: false, what: "nothing is left out, however late", readOnly: true },
  },
  subscribes: ["bow_plan", "trajectory_details", "player_state", "bow_state"],
  make({ node }) {
    let workcell: Workcell;
    let [plan, sound, sink]: [BowPlan?, LiveSound?, PcmSink?] = [];
    let [scoreZeroS, scoreS, robotS] = [0, 0, 0];
    const tell = (): void => {
      const report = sound?.report();
      if (report && report.soundS > 0) node.log("info", sayLiveSound(report));
      sound = undefined;
    };
    return {
      async configure() {
        comeAfterOthers(); // who plays comes before who listens
        workcell = await loadWorkcell(node.parameters.all());
      },
      activate() {
        const { to, gain_db: gainDb } = node.parameters.all();
        const opened = openPcmSink(to, (why) => node.log("warn", `no live sound any more: ${why.message}`));
        sink = opened;
        node.subscribe("bow_plan", (message) => void (plan = bowPlanFromMessage(message)));
        node.subscribe("trajectory_details", ({ score_start_s, servo_lag_s }) => {
          tell();
          scoreZeroS = score_start_s + servo_lag_s;
          const out = { sink: opened, gainDb, nowS: () => performance.now() / 1e3 };
          const { instrument, profile } = workcell;
          if (plan)
            sound = new LiveSound(plan, instrument, out, soundWithHair(profile.simulation.hairWidthM));
        });
        node.subscribe("player_state", (state) => {
          [robotS, scoreS] = [state.robot_time_s, state.path_time_s - scoreZeroS];
        });
        const inTime = amongFirst(node.parameters.all().lock_step ? Infinity : AT_ONCE);
        node.subscribe("bow_state", ({ force_n, bow_speed_mps, contact_m }) => {
          if (!inTime()) return; // late sound is no live sound
          sound?.hear({ forceN: force_n, bowSpeedMps: bow_speed_mps, contactM: contact_m }, scoreS, robotS);
        });
      },
      deactivate() {
        tell();
        sink?.close();
        sink = undefined;
      },
    };
  },
});
