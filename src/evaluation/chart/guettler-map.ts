import type { GuettlerMap } from "./guettler-plot.ts";

/** Starts from rest of the simulated open D string, with constant acceleration. @source `bench/sound/guettler.ts`, which writes this */
export const GUETTLER_MAP: GuettlerMap = {
  string: "D",
  beta: 0.134,
  accelerationsMps2: [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5],
  forcesN: [0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8, 2, 2.2, 2.4, 2.6, 2.8],
  rows: [
    "##............",
    ".######.......",
    "..########.#..",
    "....##########",
    "....#.########",
    "....##.#######",
    "....#.########",
    ".......#..####",
    "........##.###",
    ".........###.#",
    ".......#..####",
    "...........##.",
    "............##",
    ".............#",
  ],
};
