import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { CalibrationError } from "./calibration-error.ts";
import { type DhParameters } from "./kinematics-parameters.ts";
import { type XmlElement, xmlElements } from "./xml-elements.ts";

/** The kinematics that PolyScope saved with a program or an installation: those of the arm it was taught on. */
export interface PolyscopeKinematics extends DhParameters {
  /** `LINEARIZED`: the factory calibration of that arm; any other word: nominal values. */
  readonly status: string;
  /** The word above is that of a calibrated arm. */
  readonly isCalibrated: boolean;
  /** One for each joint, as the primary interface tells them. */
  readonly checksums: readonly number[];
}

/** More than this, unpacked, is no program [bytes]. @assumed ten times the largest seen */
const maxXmlBytes = 64 << 20;
const unzip = promisify(gunzip);

/** A waypoint as it was taught: joints, and the TCP that was set then. */
export interface PolyscopeWaypoint {
  readonly name: string;
  readonly q_rad: readonly number[];
  /** TCP in the flange [m, rotation vector in rad]. */
  readonly tcp_F: readonly number[];
}

/** Reads kinematics from a `.urp` or `.installation` file. @throws CalibrationError naming the file */
export async function kinematicsOfFile(path: string, signal?: AbortSignal): Promise<PolyscopeKinematics> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path, { signal });
  } catch (cause) {
    throw new CalibrationError("UNREADABLE", `${path} cannot be read: ${(cause as Error).message}.`, {
      cause,
    });
  }
  return polyscopeKinematics(bytes, path);
}

/**
 * Reads the kinematics out of a program (`.urp`) or an installation (`.installation`) as PolyScope 5 saves them: XML,
 * packed with gzip. The first kinematics of the file are those of the arm; waypoints carry copies.
 *
 * @param name named in errors
 * @throws CalibrationError NOT_POLYSCOPE, NO_KINEMATICS, BAD_VALUE
 */
export async function polyscopeKinematics(
  bytes: Uint8Array,
  name = "the file",
): Promise<PolyscopeKinematics> {
  const xml = await xmlOf(bytes, name);
  const elements = xmlElements(xml);
  for (const element of elements) {
    if (element.name.toLowerCase() === "kinematics") return readParts(element, elements, name);
  }
  throw new CalibrationError(
    "NO_KINEMATICS",
    `${name} holds no kinematics; PolyScope 5 saves them in every program.`,
  );
}

/**
 * Reads the waypoints with a fixed position out of a program (`.urp`), in its order.
 *
 * @param name named in errors
 * @throws CalibrationError NOT_POLYSCOPE, BAD_VALUE
 */
export async function polyscopeWaypoints(bytes: Uint8Array, name = "the file"): Promise<PolyscopeWaypoint[]> {
  const waypoints: PolyscopeWaypoint[] = [];
  let waypoint: string | undefined;
  let q_rad: readonly number[] | undefined;
  for (const { name: element, attributes } of xmlElements(await xmlOf(bytes, name))) {
    const where = `waypoint ${waypoint ?? ""} in ${name}`;
    if (element === "Waypoint") [waypoint, q_rad] = [attributes.name, undefined];
    else if (waypoint === undefined) continue;
    else if (element === "JointAngles")
      q_rad ??= sixNumbers(attributes.angles ?? "", `the joints of ${where}`);
    else if (element === "TCPOffset" && q_rad !== undefined) {
      waypoints.push({
        name: waypoint,
        q_rad,
        tcp_F: sixNumbers(attributes.pose ?? "", `the TCP of ${where}`),
      });
      waypoint = undefined;
    }
  }
  return waypoints;
}

async function xmlOf(bytes: Uint8Array, name: string): Promise<string> {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  let text: string;
  try {
    const plain = isPacked ? await unzip(bytes, { maxOutputLength: maxXmlBytes }) : bytes;
    text = new TextDecoder().decode(plain);
  } catch (cause) {
    const why = (cause as Error).message;
    throw new CalibrationError("NOT_POLYSCOPE", `${name} cannot be unpacked: ${why}.`, { cause });
  }
  if (/^\uFEFF?\s*</.test(text)) return text;
  const text2 = `${name} is not a file of PolyScope 5: neither gzip nor XML.`;
  throw new CalibrationError("NOT_POLYSCOPE", text2);
}

/** The elements that follow `<kinematics>`, in any order. */
function readParts(
  kinematics: XmlElement,
  following: Iterable<XmlElement>,
  name: string,
): PolyscopeKinematics {
  const wanted = new Set(["deltaTheta", "a", "d", "alpha", "jointChecksum"]);
  const values: Record<string, number[]> = {};
  for (const { name: part, attributes } of following) {
    if (!wanted.delete(part)) break;
    values[part] = sixNumbers(attributes.value ?? "", `${part} of the kinematics in ${name}`);
    if (wanted.size === 0) break;
  }
  if (wanted.size > 0) {
    const missing = [...wanted].join(", ");
    throw new CalibrationError("BAD_VALUE", `The kinematics in ${name} lack ${missing}.`);
  }
  const status = kinematics.attributes.status ?? "";
  return {
    status,
    isCalibrated: status === "LINEARIZED",
    thetaOffset_rad: values.deltaTheta!,
    a_m: values.a!,
    d_m: values.d!,
    alpha_rad: values.alpha!,
    checksums: values.jointChecksum!.map((checksum) => checksum >>> 0), // saved with a sign
  };
}

function sixNumbers(text: string, what: string): number[] {
  const numbers = text.split(",").map((word) => (word.trim() === "" ? NaN : Number(word)));
  if (numbers.length === 6 && numbers.every(Number.isFinite)) return numbers;
  throw new CalibrationError("BAD_VALUE", `${what} is "${text}"; it must be six numbers.`);
}
