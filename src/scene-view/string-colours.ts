import type { StringName } from "../score/score.ts";
import type { ColorRGBA } from "../ros/interfaces/generated/std_msgs.ts";
import { rgba } from "./marker.ts";

/** One colour a string, told apart by people with red-green weakness, too. @source Okabe and Ito's palette */
export const STRING_COLOURS: Readonly<Record<StringName, ColorRGBA>> = {
  C: rgba(0, 0.45, 0.7),
  G: rgba(0, 0.62, 0.45),
  D: rgba(0.9, 0.62, 0),
  A: rgba(0.8, 0.47, 0.65),
};
