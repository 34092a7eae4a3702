import type { HairLine } from "../instrument/instrument.ts";
import { fromColumns } from "../math/rotation.ts";
import { add, addScaled, cross, dot, scale, type Vec3 } from "../math/vec.ts";
import { box, capsule, type NamedShape } from "./shape.ts";

/** Sizes of a cello bow and of what holds it at the flange. All [m]. */
export interface BowSizes {
  /** From the hair to the middle of the stick. */
  readonly stickOffsetM: number;
  readonly stickRadiusM: number;
  /** Stick behind the hair's beginning, and beyond its end. */
  readonly stickBehindM: number;
  readonly stickBeyondM: number;
  /** The frog: along the hair, across it. */
  readonly frogLengthM: number;
  readonly frogWidthM: number;
  readonly hairRadiusM: number;
  /** Block on the flange: across, out at most, and back from the plane of the hair at least. */
  readonly blockWidthM: number;
  readonly blockDepthM: number;
  readonly blockBackM: number;
  /** Arm from the block to the stick above the frog. */
  readonly armRadiusM: number;
}

/**
 * @source bow about 730 mm long over all, hair 600-640 mm; block 61 x 61 x 44.5 mm (public model of the robot of
 *   arXiv 2601.03562)
 * @assumed stick 22 mm from the hair everywhere: true at frog and tip, while a real stick bends to some 12 mm from
 *   the hair in the middle. The holder never comes nearer to the strings than 10 mm behind the plane of the hair.
 */
export const CELLO_BOW: BowSizes = {
  stickOffsetM: 0.022,
  stickRadiusM: 0.005,
  stickBehindM: 0.06,
  stickBeyondM: 0.02,
  frogLengthM: 0.06,
  frogWidthM: 0.02,
  hairRadiusM: 0.001,
  blockWidthM: 0.061,
  blockDepthM: 0.0445,
  blockBackM: 0.01,
  armRadiusM: 0.018,
};

/** The name the hair goes by: it alone may touch a string. */
export const HAIR = "hair";
/** The stick passes over the strings a finger's breadth away. */
export const STICK = "bow stick";

/** Bow, frog and holder in the flange frame. */
export function bowShapes(hair: HairLine, sizes: BowSizes = CELLO_BOW): NamedShape[] {
  const { frog_F_m: frog, axis_F: along, towardString_F: down, lengthM } = hair;
  /** A point by its distance along the hair from the frog, and towards the stick. */
  const at = (alongM: number, upM: number): Vec3 => addScaled(addScaled(frog, along, alongM), down, -upM);
  const { stickOffsetM: up, frogLengthM, hairRadiusM, stickBehindM, stickBeyondM } = sizes;
  const head = lengthM + stickBeyondM / 2;
  const headRadiusM = stickBeyondM / 4;
  const blockDepthM = Math.min(sizes.blockDepthM, hairOverFlangeM(hair) - sizes.blockBackM);
  const block: Vec3 = [0, 0, blockDepthM / 2];
  const frogHeightM = up + sizes.stickRadiusM;
  return [
    {
      name: STICK,
      shape: capsule(at(-stickBehindM, up), at(lengthM + stickBeyondM, up), sizes.stickRadiusM),
    },
    {
      name: "frog",
      shape: box(
        at(-frogLengthM / 2, frogHeightM / 2),
        [frogLengthM, frogHeightM, sizes.frogWidthM],
        fromColumns(along, down, cross(along, down)),
      ),
    },
    { name: "bow tip", shape: capsule(at(head, headRadiusM), at(head, up), headRadiusM) },
    { name: HAIR, shape: capsule(at(0, 0), at(lengthM, 0), hairRadiusM) },
    {
      name: "holder",
      shape: capsule([0, 0, blockDepthM - sizes.armRadiusM], at(-frogLengthM / 2, up), sizes.armRadiusM),
    },
    { name: "holder", shape: box(block, [sizes.blockWidthM, sizes.blockWidthM, blockDepthM]) },
  ];
}

/** Where the plane of the hair crosses the flange's axis, at least 15 mm out; far out where it never does [m]. */
function hairOverFlangeM({ frog_F_m, towardString_F }: HairLine): number {
  const facing = towardString_F[2];
  return facing > 0.5 ? Math.max(0.015, dot(frog_F_m, towardString_F) / facing) : Infinity;
}

/** The hair as two points in the flange frame [m]. */
export const hairEnds = (hair: HairLine): readonly [Vec3, Vec3] => [
  hair.frog_F_m,
  add(hair.frog_F_m, scale(hair.axis_F, hair.lengthM)),
];
