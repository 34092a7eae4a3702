import type { Calibration } from "../../src/instrument/calibration.ts";
import { bowOnString } from "../../src/instrument/bow-on-string.ts";
import type { Instrument } from "../../src/instrument/instrument.ts";
import { touchAt } from "../../src/instrument/touch.ts";
import { forwardKinematics } from "../../src/kinematics/forward.ts";
import {
  compose,
  fromUrPose,
  inverse,
  toUrPose,
  transformPoint,
  type Pose,
  type UrPose,
} from "../../src/math/pose.ts";
import { angleBetween, fromRotvec, multiply, rotate, transpose } from "../../src/math/rotation.ts";
import { seededRandom } from "../../src/math/random.ts";
import { add, addScaled, distance, sub, type Vec3 } from "../../src/math/vec.ts";
import { guideTo } from "../../src/sim/plant/hand.ts";
import type { SimulatedRobot } from "../../src/sim/simulated-robot.ts";
import type { Operator, TaughtPlace } from "../../src/teaching/operator.ts";

/** What a person does to the bow is off by so much, standard uniform half width. */
export interface Clumsiness {
  readonly M: number;
  readonly rad: number;
}

/**
 * A person at a simulated arm who knows where the strings really are, and takes the bow there by hand when asked: first over the
 * place, then onto it. Turns of the event loop are the person's time.
 *
 * @param answers what is typed, by the number of the question from 0, where it is not just Enter
 */
export function simulatedPerson(
  robot: SimulatedRobot,
  truth: Instrument,
  { taught }: Pick<Calibration, "taught">,
  options: {
    readonly clumsy: Clumsiness;
    readonly seed: number;
    readonly answers?: Readonly<Record<number, string>>;
    /** Holds a ruler to hair and string at the extra points. */
    readonly measures?: boolean;
  },
): Operator & { readonly heard: readonly string[]; readonly asked: readonly TaughtPlace[] } {
  const random = seededRandom(options.seed);
  const off = (most: number): Vec3 => [0, 1, 2].map(() => most * (2 * random() - 1)) as unknown as Vec3;
  const heard: string[] = [];
  const asked: TaughtPlace[] = [];
  let questions = 0;
  /** Takes the bow to a pose; the hand pushes on where friction holds it back, as long as the eye sees it off. */
  const guide = async (
    wanted: Pose<"B", "T">,
    near: { M: number; rad: number; calm: number },
  ): Promise<void> => {
    let goal = wanted;
    robot.controller.plant.setOutside(guideTo(() => goal));
    for (let turn = 1; turn < 3000; turn++) {
      const here = fromUrPose("B", "T", robot.controller.actualTool.pose as unknown as UrPose);
      const speed = Math.max(...Array.from(robot.controller.plant.qd_radps).map(Math.abs));
      const isNear = distance(here.p_m, wanted.p_m) < near.M && angleBetween(here.R, wanted.R) < near.rad;
      if (isNear && speed < near.calm) {
        robot.controller.plant.setOutside(guideTo(() => here)); // and holds it
        return;
      }
      if (turn % 20 === 0 && distance(here.p_m, wanted.p_m) < 0.02) {
        const turned = multiply(multiply(wanted.R, transpose(here.R)), goal.R);
        goal = { ...goal, p_m: add(goal.p_m, sub(wanted.p_m, here.p_m)), R: turned };
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error(
      `the person could not bring the bow to ${toUrPose(wanted)
        .map((v) => v.toFixed(3))
        .join(", ")}`,
    );
  };
  /** Off by a little, but with the hair on the string: turned about where it lies. */
  const clumsily = (X_BT: Pose<"B", "T">, place: TaughtPlace): Pose<"B", "T"> => {
    if (place.kind === "parked") return X_BT;
    const { hair, strings, tcp_F } = truth;
    const X_BF = compose(X_BT, inverse(fromUrPose("F", "T", tcp_F)));
    const { bowM } = touchAt(X_BF, hair, strings[place.string]);
    const contact = transformPoint(X_BF, addScaled(hair.frog_F_m, hair.axis_F, bowM));
    const turn = fromRotvec(off(options.clumsy.rad));
    const p_m = add(add(contact, rotate(turn, sub(X_BT.p_m, contact))), off(options.clumsy.M));
    return { ...X_BT, p_m, R: multiply(turn, X_BT.R) };
  };
  return {
    heard,
    asked,
    tell: (text) => void heard.push(text),
    ask: async (_text, place) => {
      const answer = options.answers?.[questions++] ?? "";
      if (place === undefined) return answer;
      asked.push(place);
      if (answer !== "" && place.kind !== "extra") return answer;
      const X_BT = placeOf(truth, taught, place);
      const wobbly = clumsily(X_BT, place);
      const over = { ...wobbly, p_m: addScaled(wobbly.p_m, outward(truth, place), 0.05) };
      await guide(over, { M: 0.03, rad: 0.1, calm: 2 });
      await guide(wobbly, { M: 0.0005, rad: 0.002, calm: 0.01 });
      if (options.measures !== true || place.kind !== "extra") return answer;
      const { bowM, contactM } = extraPlace(truth, place);
      return `${Math.round(1e3 * contactM)} ${Math.round(1e3 * bowM)}`;
    },
  };
}

function extraPlace({ strings }: Instrument, place: Extract<TaughtPlace, { kind: "extra" }>) {
  const { frog, tip } = strings[place.string];
  const bowM = frog.bowM + (0.3 + 0.2 * place.number) * (tip.bowM - frog.bowM);
  return { bowM, contactM: place.farUp ? 0.13 : 0.07 };
}

/** Half a millimetre pressed in: the hair lies. */
function placeOf(truth: Instrument, taught: Calibration["taught"], place: TaughtPlace): Pose<"B", "T"> {
  const X_FT = fromUrPose("F", "T", truth.tcp_F);
  if (place.kind === "parked") return compose(forwardKinematics(truth.dh, truth.parked_rad), X_FT);
  if (place.kind === "corner")
    return fromUrPose("B", "T", taught[place.string][place.end].p as unknown as UrPose);
  const { hair, strings } = truth;
  const at = { ...extraPlace(truth, place), heightM: -0.0005 };
  return compose(bowOnString(hair, strings[place.string], at), X_FT);
}

const outward = (truth: Instrument, place: TaughtPlace): Vec3 =>
  place.kind === "parked" ? [0, 0, 0] : truth.strings[place.string].outward_B;
