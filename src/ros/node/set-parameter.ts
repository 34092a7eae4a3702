import type { GraphNode } from "./graph-node.ts";
import { valueMessageOf } from "./parameter-services.ts";

/** How long a node may take to answer [s]. */
const PATIENCE_S = 5;

/**
 * Changes a parameter of another node, as the type that it has there.
 *
 * @param of full name of the node
 * @param value as a person writes it
 * @returns why the node refuses; undefined = done
 * @throws CellistError `service-missing`, `service-timeout`
 */
export async function setParameter(
  node: GraphNode,
  of: string,
  name: string,
  value: unknown,
): Promise<string | undefined> {
  const asked = { names: [name] };
  const type = "rcl_interfaces/srv/GetParameterTypes";
  const { types } = await node.call(`${of}/get_parameter_types`, type, asked, PATIENCE_S);
  const { results } = await node.call(
    `${of}/set_parameters`,
    "rcl_interfaces/srv/SetParameters",
    { parameters: [{ name, value: valueMessageOf(value, types[0]) }] },
    PATIENCE_S,
  );
  return results[0]!.successful ? undefined : results[0]!.reason;
}
