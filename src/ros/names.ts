import { CellistError } from "../errors.ts";

const TOKENS = /^(\/|~\/?)?[A-Za-z_][A-Za-z0-9_]*(\/[A-Za-z_][A-Za-z0-9_]*)*$/;

/**
 * Full name of a topic, service or action as a node means it.
 *
 * "score" lies in the node's namespace, "~/stop" under the node itself, "/score" is already full.
 *
 * @param node fully qualified name of the node
 * @throws CellistError `graph-name-invalid`
 * @source design.ros2.org, "Topic and Service name mapping to DDS"
 */
export function resolveName(name: string, node: string): string {
  if (!TOKENS.test(name))
    throw new CellistError(
      "graph-name-invalid",
      `"${name}" is no name on a graph: letters, digits and _ between slashes, no digit first`,
    );
  if (name.startsWith("/")) return name;
  if (name.startsWith("~")) return `${node}/${name.replace(/^~\/?/, "")}`;
  const namespace = node.slice(0, node.lastIndexOf("/"));
  return `${namespace}/${name}`;
}

/** Full name of a node in a namespace: ("score", "left") is "/left/score". @throws CellistError `graph-name-invalid` */
export function nodeName(name: string, namespace = ""): string {
  const full = `/${[...namespace.split("/"), name].filter((part) => part !== "").join("/")}`;
  return resolveName(full, full);
}

/** Renames by rules "from" → "to", both as the node would write them; the first that fits wins. */
export function remap(full: string, rules: Readonly<Record<string, string>>, node: string): string {
  for (const [from, to] of Object.entries(rules))
    if (resolveName(from, node) === full) return resolveName(to, node);
  return full;
}
