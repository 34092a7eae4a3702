import common from "@foxglove/rosmsg-msgs-common";
import { CELLIST_DEFINITIONS } from "../../cellist_msgs/definitions.ts";
import type { MessageDefinition, MessageDefinitionField } from "../schemas.ts";
import { STANDARD_TEXTS } from "./standard-texts.ts";

const WRITTEN: Readonly<Record<string, string>> = { ...STANDARD_TEXTS, ...CELLIST_DEFINITIONS };

/** Text of a service or an action, its parts between lines of dashes. "package/srv/Name" or "package/action/Name" */
export function partsOf(name: string): readonly string[] {
  const text = WRITTEN[name];
  if (text === undefined) throw unknown(name);
  return text.split(/^---$\n?/m);
}

/**
 * .msg text of one type, "package/Name": ours as it is in the package, the standard ones from their definitions, and the
 * messages that ROS 2 makes of a service ("Name_Request") and an action ("Name_Goal", "Name_SendGoal_Request", ...).
 *
 * @source design.ros2.org, "Actions": the services and topics that an action is made of
 */
export function textOf(name: string): string {
  const written = WRITTEN[name];
  if (written !== undefined) return written;
  const standard = (common.ros2jazzy as Readonly<Record<string, MessageDefinition>>)[name];
  if (standard) return standard.definitions.map((field) => `${lineOf(field)}\n`).join("");
  const derived = derivedText(name);
  if (derived === undefined) throw unknown(name);
  return derived;
}

const PARTS: Readonly<Record<string, readonly [kind: "srv" | "action", part: number]>> = {
  Request: ["srv", 0],
  Response: ["srv", 1],
  Goal: ["action", 0],
  Result: ["action", 1],
  Feedback: ["action", 2],
};
const UUID = "unique_identifier_msgs/UUID goal_id\n";
const AROUND: Readonly<Record<string, (whole: string) => string>> = {
  SendGoal_Request: (whole) => `${UUID}${whole}_Goal goal\n`,
  SendGoal_Response: () => "bool accepted\nbuiltin_interfaces/Time stamp\n",
  GetResult_Request: () => UUID,
  GetResult_Response: (whole) => `int8 status\n${whole}_Result result\n`,
  FeedbackMessage: (whole) => `${UUID}${whole}_Feedback feedback\n`,
};

function derivedText(name: string): string | undefined {
  const around =
    /^(.+?)_(SendGoal_Request|SendGoal_Response|GetResult_Request|GetResult_Response|FeedbackMessage)$/;
  const [, action, what] = around.exec(name) ?? [];
  if (action !== undefined) return AROUND[what!]!(action);
  const [, whole, ending] = /^(.+)_(Request|Response|Goal|Result|Feedback)$/.exec(name) ?? [];
  if (whole === undefined) return undefined;
  const [kind, part] = PARTS[ending!]!;
  return partsOf(whole.replace("/", `/${kind}/`))[part];
}

function lineOf(field: MessageDefinitionField): string {
  if (field.isConstant) return `${field.type} ${field.name}=${field.valueText}`;
  const builtin = { time: "builtin_interfaces/Time", duration: "builtin_interfaces/Duration" }[field.type];
  return `${builtin ?? field.type}${field.isArray ? `[${field.arrayLength ?? ""}]` : ""} ${field.name}`;
}

const unknown = (name: string): Error =>
  new Error(`no definition of ${name} in cellist_msgs or in ROS 2 Jazzy's common interfaces`);
