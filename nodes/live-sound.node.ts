import { bowPlanFromMessage } from "../src/bag/bow-plan-message.ts";
import type { BowPlan } from "../src/bowing/bow-plan.ts";
import type { BowState, PlayerState } from "../src/cellist_msgs/messages.ts";
import { comeAfterOthers } from "../src/performance/after-others.ts";
import { LiveSound, MOST_LATE_S, ROW_S, sayLiveSound } from "../src/performance/live-sound.ts";
import { openPcmSink, SINKS, type PcmSink } from "../src/performance/pcm-sink.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";
import { STREAM_QOS, type Qos } from "../src/ros/qos.ts";
import { loadWorkcell, WORKCELL_PARAMETERS, type Workcell } from "../src/shelf/workcell.ts";
import { soundWithHair } from "../src/sound/sound-settings.ts";

/** What waits for this node, should it be held up, is never more than would be left out anyway. */
const NEWEST: Qos = { ...STREAM_QOS, depth: Math.round(MOST_LATE_S / ROW_S) };

/** The bow on the strings, as it happens → the sound of the cello, as PCM, some 40 ms later. */
export const node = defineNode({
  name: "live_sound",
  does: "sounds the cello while it is bowed: 48 kHz, 16 bit, two channels, for whoever plays it (aplay -f dat)",
  parameters: {
    ...WORKCELL_PARAMETERS,
    to: { type: "string", default: "-", what: SINKS, readOnly: true },
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
        const { to, gain_db: gainDb, lock_step: lockStep } = node.parameters.all();
        const gone = (why: Error): void => node.log("warn", `no live sound any more: ${why.message}`);
        const opened = openPcmSink(to, gone, lockStep ? Infinity : undefined);
        sink = opened;
        node.subscribe("bow_plan", (message) => void (plan = bowPlanFromMessage(message)));
        node.subscribe("trajectory_details", ({ score_start_s, servo_lag_s }) => {
          tell();
          scoreZeroS = score_start_s + servo_lag_s;
          // by the arm's own clock nothing is late
          const nowS = lockStep ? () => robotS : () => performance.now() / 1e3;
          const out = { sink: opened, gainDb, nowS };
          const { instrument, profile } = workcell;
          if (plan)
            sound = new LiveSound(plan, instrument, out, soundWithHair(profile.simulation.hairWidthM));
        });
        const asked = { qos: lockStep ? STREAM_QOS : NEWEST };
        const played = (state: PlayerState): void =>
          void ([robotS, scoreS] = [state.robot_time_s, state.path_time_s - scoreZeroS]);
        node.subscribe("player_state", played, asked);
        const bowed = ({ force_n, bow_speed_mps, contact_m }: BowState): void =>
          sound?.hear({ forceN: force_n, bowSpeedMps: bow_speed_mps, contactM: contact_m }, scoreS, robotS);
        node.subscribe("bow_state", bowed, asked);
      },
      deactivate() {
        tell();
        sink?.close();
        sink = undefined;
      },
    };
  },
});
