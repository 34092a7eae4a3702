import type { Ears } from "./simulated-answers.ts";
import { gaussian } from "./simulated-listener.ts";

/** Listeners who like one of two performers better, or neither. */
export interface PreferencePopulation {
  /** ln of the human's ability against the robot's, and its spread between people. */
  readonly taste: number;
  readonly tasteSd: number;
  /** Davidson's ν. */
  readonly tie: number;
}

/** @source Davidson, JASA 65 (1970); each listener has a taste of her own */
export function drawPreferringListener(population: PreferencePopulation, random: () => number): Ears {
  const chances = chancesAt(population.taste + population.tasteSd * gaussian(random), population.tie);
  return (slots) => {
    const u = random();
    const human = slots[0]!.kind === "human" ? 1 : 2;
    if (u < chances.human) return { method: "preference", choice: human };
    return { method: "preference", choice: u < chances.human + chances.robot ? (human === 1 ? 2 : 1) : 0 };
  };
}

/** ln ability of robot against human that answers of the whole population together tend to. */
export function expectedPreference({ taste, tasteSd, tie }: PreferencePopulation): number {
  let [human, robot] = [0, 0];
  for (let k = -400; k <= 400; k++) {
    const z = k / 50;
    const at = chancesAt(taste + tasteSd * z, tie);
    const weight = Math.exp(-z * z * 0.5);
    human += weight * at.human;
    robot += weight * at.robot;
  }
  return Math.log(robot / human);
}

function chancesAt(taste: number, tie: number): { readonly human: number; readonly robot: number } {
  const [human, robot] = [Math.exp(taste / 2), Math.exp(-taste / 2)];
  const total = human + robot + tie;
  return { human: human / total, robot: robot / total };
}
