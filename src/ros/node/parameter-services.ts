import type * as rcl from "../interfaces/generated/rcl_interfaces.ts";
import { EVENT_QOS } from "../qos.ts";
import { rosTime } from "../time.ts";
import type { GraphNode } from "./graph-node.ts";
import type { ParameterSpec, ParameterTable, ParameterValue } from "./parameters.ts";

/** Numbers of rcl_interfaces/msg/ParameterType. */
const TYPE = {
  bool: 1,
  integer: 2,
  double: 3,
  string: 4,
  byte_array: 5,
  bool_array: 6,
  integer_array: 7,
  double_array: 8,
  string_array: 9,
} as const;
const NOT_SET = 0;

/** The six parameter services of a ROS 2 node, and `/parameter_events`. @returns takes them away */
export function serveParameters(node: GraphNode<ParameterTable>): () => void {
  const { parameters } = node;
  const names = (): string[] => Object.keys(parameters.specs);
  const events = node.publisherOf("/parameter_events", "rcl_interfaces/msg/ParameterEvent", EVENT_QOS);
  parameters.onChange((changed) =>
    events.publish({
      stamp: rosTime(node.clock.nowNs()),
      node: node.name,
      new_parameters: [],
      changed_parameters: changed.map((name) => parameterMessage(node, name)),
      deleted_parameters: [],
    }),
  );
  const setOne = (changes: readonly rcl.Parameter[]): rcl.SetParametersResult => {
    try {
      parameters.set(Object.fromEntries(changes.map(({ name, value }) => [name, valueFrom(value)])));
      return { successful: true, reason: "" };
    } catch (error) {
      return { successful: false, reason: (error as Error).message };
    }
  };
  const stops = [
    node.serve("~/list_parameters", "rcl_interfaces/srv/ListParameters", ({ prefixes }) => ({
      result: {
        names: names().filter(
          (name) => prefixes.length === 0 || prefixes.some((p) => name === p || name.startsWith(`${p}.`)),
        ),
        prefixes: [],
      },
    })),
    node.serve("~/get_parameters", "rcl_interfaces/srv/GetParameters", (request) => ({
      values: request.names.map((name) => valueMessage(parameters.specs[name], parameters.get(name))),
    })),
    node.serve("~/get_parameter_types", "rcl_interfaces/srv/GetParameterTypes", (request) => ({
      types: request.names.map((name) => typeNumber(parameters.specs[name])),
    })),
    node.serve("~/describe_parameters", "rcl_interfaces/srv/DescribeParameters", (request) => ({
      descriptors: request.names.map((name) => descriptor(name, parameters.specs[name])),
    })),
    node.serve("~/set_parameters", "rcl_interfaces/srv/SetParameters", (request) => ({
      results: request.parameters.map((parameter) => setOne([parameter])),
    })),
    node.serve("~/set_parameters_atomically", "rcl_interfaces/srv/SetParametersAtomically", (request) => ({
      result: setOne(request.parameters),
    })),
  ];
  return () => stops.forEach((stop) => stop());
}

const typeNumber = (spec: ParameterSpec | undefined): number => (spec ? TYPE[spec.type] : NOT_SET);

const parameterMessage = (node: GraphNode<ParameterTable>, name: string): rcl.Parameter => ({
  name,
  value: valueMessage(node.parameters.specs[name], node.parameters.get(name)),
});

const EMPTY: rcl.ParameterValue = {
  type: NOT_SET,
  bool_value: false,
  integer_value: 0n,
  double_value: 0,
  string_value: "",
  byte_array_value: [],
  bool_array_value: [],
  integer_array_value: [],
  double_array_value: [],
  string_array_value: [],
};

/** A value as rcl_interfaces/msg/ParameterValue. */
export function valueMessage(
  spec: ParameterSpec | undefined,
  value: ParameterValue | undefined,
): rcl.ParameterValue {
  if (!spec) return EMPTY;
  const field = `${spec.type}_value`;
  return {
    ...EMPTY,
    type: TYPE[spec.type],
    [field]: spec.type.startsWith("integer") ? asInt64(value as number | readonly number[]) : value,
  };
}

const asInt64 = (value: number | readonly number[]): bigint | readonly bigint[] =>
  typeof value === "number" ? BigInt(value) : value.map(BigInt);

/** The value in a message; integers and reals are both numbers. */
export function valueFrom(message: rcl.ParameterValue): unknown {
  switch (message.type) {
    case TYPE.bool:
      return message.bool_value;
    case TYPE.integer:
      return Number(message.integer_value);
    case TYPE.double:
      return message.double_value;
    case TYPE.string:
      return message.string_value;
    case TYPE.byte_array:
      return Array.from(message.byte_array_value);
    case TYPE.bool_array:
      return [...message.bool_array_value];
    case TYPE.integer_array:
      return Array.from(message.integer_array_value, Number);
    case TYPE.double_array:
      return Array.from(message.double_array_value);
    case TYPE.string_array:
      return [...message.string_array_value];
    default:
      return undefined;
  }
}

/**
 * A value written by a person as a message of the type it looks like: true, 3, 2.5, text, [true, false], [1, 2], [1.5, 2], [a, b].
 *
 * @param asked number of the type that the parameter has: whole numbers become real ones where that is what it wants
 */
export function valueMessageOf(value: unknown, asked: number = NOT_SET): rcl.ParameterValue {
  if (Array.isArray(value)) return listMessageOf(value, asked);
  if (typeof value === "boolean") return { ...EMPTY, type: TYPE.bool, bool_value: value };
  if (Number.isSafeInteger(value) && asked !== TYPE.double)
    return { ...EMPTY, type: TYPE.integer, integer_value: BigInt(value as number) };
  if (typeof value === "number") return { ...EMPTY, type: TYPE.double, double_value: value };
  return { ...EMPTY, type: TYPE.string, string_value: String(value) };
}

function listMessageOf(values: readonly unknown[], asked: number): rcl.ParameterValue {
  const all = (test: (value: unknown) => boolean): boolean => values.length > 0 && values.every(test);
  // An empty list fits every list.
  if (values.length === 0 && asked >= TYPE.byte_array && asked <= TYPE.string_array)
    return { ...EMPTY, type: asked };
  if (all((value) => typeof value === "boolean"))
    return { ...EMPTY, type: TYPE.bool_array, bool_array_value: values as readonly boolean[] };
  if (all(Number.isSafeInteger) && asked !== TYPE.double_array)
    return { ...EMPTY, type: TYPE.integer_array, integer_array_value: (values as number[]).map(BigInt) };
  if (all((value) => typeof value === "number"))
    return { ...EMPTY, type: TYPE.double_array, double_array_value: values as readonly number[] };
  return { ...EMPTY, type: TYPE.string_array, string_array_value: values.map(String) };
}

function descriptor(name: string, spec: ParameterSpec | undefined): rcl.ParameterDescriptor {
  const range = spec && ("min" in spec || "max" in spec) ? spec : undefined;
  const { min = -Infinity, max = Infinity } = (range ?? {}) as { min?: number; max?: number };
  const whole = spec?.type.startsWith("integer") === true && range !== undefined;
  const bound = (value: number): bigint =>
    value === Infinity ? 2n ** 63n - 1n : value === -Infinity ? -(2n ** 63n) : BigInt(value);
  const choices = spec?.type === "string" && spec.choices ? `one of ${spec.choices.join(", ")}` : "";
  return {
    name,
    type: typeNumber(spec),
    description: spec?.what ?? "",
    additional_constraints: choices,
    read_only: spec?.readOnly === true,
    dynamic_typing: false,
    floating_point_range: range && !whole ? [{ from_value: min, to_value: max, step: 0 }] : [],
    integer_range: whole ? [{ from_value: bound(min), to_value: bound(max), step: 0n }] : [],
  };
}
