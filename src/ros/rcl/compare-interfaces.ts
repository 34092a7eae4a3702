import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { partsOf, textOf } from "../interfaces/texts.ts";
import { USED } from "../interfaces/used.ts";
import { fieldsOf, withDependencies } from "../schemas.ts";

/**
 * Interfaces that a ROS 2 installation defines otherwise than this project does: bytes written for one would be misread by
 * the other. What is not installed at all is not among them.
 *
 * @param prefixes of AMENT_PREFIX_PATH
 * @returns "package/kind/Name"s, sorted
 */
export function differentInterfaces(prefixes: readonly string[]): readonly string[] {
  const different: string[] = [];
  for (const [name, ours] of ourInterfaces()) {
    const path = prefixes.map((prefix) => fileOf(prefix, name)).find(existsSync);
    if (path === undefined) continue;
    const theirs = readFileSync(path, "utf8").split(/^---\s*$/m);
    if (JSON.stringify(theirs.map(shapeOf)) !== JSON.stringify(ours.map(shapeOf))) different.push(name);
  }
  return different.sort();
}

/** "std_msgs/msg/String" lies in share/std_msgs/msg/String.msg. */
function fileOf(prefix: string, name: string): string {
  const [, kind] = name.split("/");
  return join(prefix, "share", `${name}.${kind}`);
}

/** The text of every interface that is used, and of every message inside them, in its parts. */
function ourInterfaces(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const addMessage = (name: string): void => {
    for (const inside of withDependencies(name))
      // Parts of services and actions lie in their own files.
      if (
        !inside.includes("_Request") &&
        !inside.includes("_Response") &&
        !/_(Goal|Result|Feedback)$/.test(inside)
      )
        found.set(inside.replace("/", "/msg/"), [textOf(inside)]);
  };
  for (const type of USED.messages) addMessage(type.replace("/msg/", "/"));
  for (const type of [...USED.services, ...USED.actions]) {
    found.set(type, partsOf(type));
    const endings = type.includes("/srv/") ? ["Request", "Response"] : ["Goal", "Result", "Feedback"];
    for (const ending of endings) addMessage(`${type.replace(/\/(srv|action)\//, "/")}_${ending}`);
  }
  return found;
}

/** Fields in their order: name, type without its package, length. Constants and defaults are nothing on the wire. */
const shapeOf = (text: string): readonly string[] =>
  text.replaceAll(/#.*$/gm, "").trim() === ""
    ? []
    : fieldsOf(text)
        .filter(({ isConstant }) => !isConstant)
        .map(({ name, type, isArray, arrayLength }) => {
          const length = isArray === true ? `[${arrayLength ?? ""}]` : "";
          return `${type.split("/").at(-1)!}${length} ${name}`;
        });
