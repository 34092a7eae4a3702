import type { Instrument, StringLine } from "../instrument/instrument.ts";
import { fromRotvec } from "../math/rotation.ts";
import { addScaled } from "../math/vec.ts";
import type { StringName } from "../score/score.ts";
import { box, capsule, moveShape, type NamedShape, type Shape } from "./shape.ts";

/** Sizes of a cello. All [m] unless said; `From…To` are distances from the bridge towards the nut. */
export interface CelloSizes {
  /** String plane over the belly at the bridge, and belly arch over its edges. */
  readonly bridgeHeightM: number;
  readonly archM: number;
  /** Ribs with both plates. */
  readonly depthM: number;
  /** How much the strings approach the belly's plane towards the nut, negative towards the tailpiece [rad]. */
  readonly bodyTilt_rad: number;
  readonly upperBout: BodyPart;
  readonly waist: BodyPart;
  readonly lowerBout: BodyPart;
  readonly bridgeWidthM: number;
  readonly fingerboardWidthM: number;
  /** Where the fingerboard ends, as a share of the string [-]. */
  readonly fingerboardEnd: number;
  readonly endpinM: number;
  /** Largest string radius. */
  readonly stringRadiusM: number;
}

/** A stretch of the body. */
export interface BodyPart {
  readonly fromM: number;
  readonly toM: number;
  readonly widthM: number;
}

/**
 * A full-size cello.
 *
 * @source body 750-760 long, upper bout about 340, C-bout 230-245, lower bout 435-440, ribs 115-120; bridge about
 *   90 over the belly; fingerboard end at 0.22 of the string (all mm, from memory of luthiers' tables: unverified)
 * @assumed bridge 355 mm above the lower end of the body, corners 145 mm above and 30 mm below it, arch 25 mm, neck
 *   tilt 9°. The bouts are boxes, so their rounded shoulders are thought larger than they are.
 */
export const FULL_SIZE_CELLO: CelloSizes = {
  bridgeHeightM: 0.09,
  archM: 0.025,
  depthM: 0.12,
  bodyTilt_rad: 0.157,
  upperBout: { fromM: 0.145, toM: 0.4, widthM: 0.34 },
  waist: { fromM: -0.03, toM: 0.145, widthM: 0.24 },
  lowerBout: { fromM: -0.355, toM: -0.03, widthM: 0.44 },
  bridgeWidthM: 0.09,
  fingerboardWidthM: 0.062,
  fingerboardEnd: 0.22,
  endpinM: 0.35,
  stringRadiusM: 0.0009,
};

/** Body, bridge, neck and fittings in the cello frame C, for strings `stringM` long. */
export function celloBodyShapes(stringM: number, sizes: CelloSizes = FULL_SIZE_CELLO): NamedShape[] {
  const { bridgeHeightM, archM, depthM, upperBout, waist, lowerBout } = sizes;
  const edge = { p_m: [0, 0, -(bridgeHeightM + archM)] as const, R: fromRotvec([sizes.bodyTilt_rad, 0, 0]) };
  /** A box on the body: y range, width, z range over the plane of the belly's edges. */
  const onBody = ({ fromM, toM, widthM }: BodyPart, lowM: number, highM: number): Shape =>
    moveShape(edge, box([0, (fromM + toM) / 2, (lowM + highM) / 2], [widthM, toM - fromM, highM - lowM]));
  const boardFromM = sizes.fingerboardEnd * stringM;
  const bottomM = lowerBout.fromM;
  return [
    { name: "waist", shape: onBody(waist, -depthM, 0) },
    { name: "upper bout", shape: onBody(upperBout, -depthM, 0) },
    { name: "lower bout", shape: onBody(lowerBout, -depthM, 0) },
    { name: "belly", shape: onBody({ fromM: -0.25, toM: 0.3, widthM: 0.14 }, 0, archM) },
    { name: "bridge", shape: box([0, 0, -0.051], [sizes.bridgeWidthM, 0.014, 0.082]) },
    {
      name: "fingerboard",
      shape: box(
        [0, (boardFromM + stringM) / 2, -0.02],
        [sizes.fingerboardWidthM, stringM - boardFromM, 0.02],
      ),
    },
    { name: "neck", shape: capsule([0, upperBout.toM, -0.05], [0, stringM, -0.04], 0.02) },
    { name: "scroll", shape: box([0, stringM + 0.1, -0.04], [0.15, 0.2, 0.1]) },
    { name: "tailpiece", shape: capsule([0, -0.14, -0.05], [0, -0.35, -0.12], 0.03) },
    {
      name: "endpin",
      shape: moveShape(
        edge,
        capsule([0, bottomM, -depthM / 2], [0, bottomM - sizes.endpinM, -depthM / 2], 0.006),
      ),
    },
  ];
}

/** "A string": what a string is called in a pair. */
export const stringBody = (name: StringName): string => `${name} string`;

const stringShape = (string: StringLine, radiusM: number): NamedShape => ({
  name: stringBody(string.name),
  shape: capsule(string.bridge_B_m, addScaled(string.bridge_B_m, string.axis_B, string.lengthM), radiusM),
});

/** The whole cello where it stands, in the robot base frame, strings first. */
export function celloShapes(
  instrument: Pick<Instrument, "strings" | "X_BC">,
  sizes: CelloSizes = FULL_SIZE_CELLO,
): NamedShape[] {
  const strings = Object.values(instrument.strings);
  const stringM = strings.reduce((sum, s) => sum + s.lengthM, 0) / strings.length;
  return [
    ...strings.map((s) => stringShape(s, sizes.stringRadiusM)),
    ...celloBodyShapes(stringM, sizes).map(({ name, shape }) => ({
      name,
      shape: moveShape(instrument.X_BC, shape),
    })),
  ];
}
