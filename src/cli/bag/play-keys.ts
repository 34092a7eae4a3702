import type { BagPlayer } from "../../replay/bag-player.ts";
import { CTRL_C, takeKeys, type KeyInput } from "../terminal-keys.ts";

/** What the keys do, for people. */
export const PLAY_KEYS_HELP =
  "space pauses and resumes, n plays the next message, left and right wind 5 s, + and - change the rate, q ends";

const WIND_NS = 5_000_000_000n;
const FASTER = 1.1;
const ARROWS = { "\u001b[D": "left", "\u001b[C": "right" } as const;

/** Lets a person act on a player by keys, where there is a terminal. @returns gives the keys back */
export function listenForPlayKeys(
  input: KeyInput,
  player: BagPlayer,
  say: (text: string) => void,
): () => void {
  const place = (): string => `at ${player.positionS.toFixed(3)} s`;
  const wind = (byNs: bigint): void => {
    player.seek(player.positionNs + byNs);
    say(place());
  };
  const act = (key: string): void => {
    if (key === " ") {
      player.togglePaused();
      say(player.paused ? `paused ${place()}` : "goes on");
    } else if (key === "n")
      void player.step().then((isOut) => say(isOut ? place() : "n is for a paused bag: press space first"));
    else if (key === "left") wind(-WIND_NS);
    else if (key === "right") wind(WIND_NS);
    else if (key === "+" || key === "-") {
      player.setRate(key === "+" ? player.rate * FASTER : player.rate / FASTER);
      say(`rate ${player.rate.toFixed(2)}`);
    } else if (key === "q" || key === CTRL_C) player.stop();
  };
  const onText = (text: string): void => {
    const arrow = ARROWS[text as keyof typeof ARROWS] as "left" | "right" | undefined;
    if (arrow) act(arrow);
    else [...text].forEach(act);
  };
  return takeKeys(input, onText, () => player.stop());
}
