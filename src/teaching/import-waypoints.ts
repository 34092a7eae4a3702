import { polyscopeKinematics, polyscopeWaypoints } from "ur-rtde-ts";
import { CellistError } from "../errors.ts";
import type { TaughtPose } from "../instrument/calibration.ts";
import type { DhParameters } from "../kinematics/dh.ts";
import { forwardKinematics } from "../kinematics/forward.ts";
import type { Joints } from "../math/joints.ts";
import { compose, fromUrPose, toUrPose, type UrPose } from "../math/pose.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import { dhParameters } from "./arm-kinematics.ts";
import type { TaughtCello } from "./taught-places.ts";

/** What a file of PolyScope says of a cell. */
export interface ImportedCello {
  readonly dh: DhParameters;
  readonly cello: TaughtCello;
  readonly tcp_F: readonly number[];
  /** The program says where the arm is parked. */
  readonly isParkedThere: boolean;
}

/** The nine places a calibration needs, as they are called in a map. */
export const PLACE_NAMES: readonly string[] = [
  ...STRING_NAMES.flatMap((string) => [`${string}.frog`, `${string}.tip`]),
  "parked",
];

/**
 * Takes the eight corners, and where the arm is parked, out of a program that was taught with PolyScope.
 *
 * @param names place (`A.frog`) to waypoint; places that are missing are looked for by names like `A_frog` or `frog A`
 * @param parked used where the program has no such waypoint [rad]
 * @throws CellistError `calibration-invalid`: no program, a waypoint missing, waypoints with different TCPs
 */
export async function importWaypoints(
  bytes: Uint8Array,
  file: string,
  names: Readonly<Record<string, string>>,
  parked: readonly number[],
): Promise<ImportedCello> {
  const [kinematics, waypoints] = await Promise.all([
    polyscopeKinematics(bytes, file),
    polyscopeWaypoints(bytes, file),
  ]).catch((cause: Error) => {
    throw new CellistError("calibration-invalid", cause.message, { file }, cause);
  });
  const dh = dhParameters(kinematics);
  const waypointFor = (place: string) => {
    const wanted = names[place];
    const [found, ...others] = waypoints.filter(({ name }) =>
      wanted === undefined ? plain(name) === plain(place) || plain(name) === turned(place) : name === wanted,
    );
    const other = others.find(({ q_rad }) =>
      q_rad.some((v, i) => Math.abs(v - found!.q_rad[i]!) > SAME_JOINT_RAD),
    );
    if (other)
      throw new CellistError(
        "calibration-invalid",
        other.name === found!.name
          ? `${file} has two different waypoints ${other.name}; give one of them another name`
          : `${file} has both ${found!.name} and ${other.name} for ${place}; say which it is with --map ${place}=NAME`,
      );
    if (found || (place === "parked" && wanted === undefined)) return found;
    const there =
      waypoints.length === 0 ? "it has none" : `it has ${waypoints.map(({ name }) => name).join(", ")}`;
    throw new CellistError(
      "calibration-invalid",
      `${file} has no waypoint ${wanted ?? `for ${place}`}: ${there}; say which it is with --map ${place}=NAME`,
    );
  };
  const corner = (string: StringName, end: "frog" | "tip") => waypointFor(`${string}.${end}`)!;
  const corners = STRING_NAMES.flatMap((string) => [corner(string, "frog"), corner(string, "tip")]);
  const { tcp_F } = corners[0]!;
  const odd = corners.find(({ tcp_F: other }) => other.some((v, i) => Math.abs(v - tcp_F[i]!) > SAME_TCP));
  if (odd)
    throw new CellistError(
      "calibration-invalid",
      `${file}: waypoint ${odd.name} was taught with another TCP than ${corners[0]!.name}; teach all with one`,
    );
  const taught = (at: { readonly q_rad: readonly number[] }): TaughtPose => {
    const q = at.q_rad as Joints;
    const X_BT = compose(forwardKinematics(dh, q), fromUrPose("F", "T", tcp_F as UrPose));
    return { p: [...toUrPose(X_BT)], q: [...q] };
  };
  const ends = (string: StringName) => ({
    frog: taught(corner(string, "frog")),
    tip: taught(corner(string, "tip")),
  });
  const parkedThere = waypointFor("parked");
  const cello: TaughtCello = {
    taught: { C: ends("C"), G: ends("G"), D: ends("D"), A: ends("A") },
    extra: [],
    parked_q_rad: parkedThere?.q_rad ?? parked,
  };
  return { dh, cello, tcp_F, isParkedThere: parkedThere !== undefined };
}

/** Numbers that PolyScope wrote out twice [m or rad]. */
const SAME_TCP = 1e-7;
/** One waypoint that a program moves to twice [rad]. */
const SAME_JOINT_RAD = 1e-6;
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");
/** "frogA" for "A.frog". */
const turned = (place: string): string => plain(place.split(".").reverse().join(""));

/** Reads `A.frog=Waypoint_1,A.tip=Waypoint_2`. @throws CellistError `usage` */
export function parseWaypointMap(text: string): Record<string, string> {
  if (text === "") return {};
  return Object.fromEntries(
    text.split(",").map((word) => {
      const [place, name] = word.split("=").map((part) => part.trim());
      if (!PLACE_NAMES.includes(place!) || !name)
        throw new CellistError(
          "usage",
          `--map ${word}: write PLACE=WAYPOINT with a place of ${PLACE_NAMES.join(", ")}`,
        );
      return [place!, name];
    }),
  );
}
