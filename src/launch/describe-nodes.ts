import type { NodeDefinition } from "../ros/node/node-definition.ts";
import { sayQos } from "../ros/qos.ts";
import { topicFacts, type TopicName } from "../ros/topics.ts";

/** docs/nodes.md, made from the definitions themselves. */
export function describeNodes(definitions: readonly NodeDefinition[]): string {
  return `${HEAD}${definitions.map(describe).join("")}${topicTable(definitions)}`;
}

const HEAD = `# Nodes

Made from \`nodes/*.node.ts\` (\`npm run nodes\`); a test compares it with the code. Every node also has a lifecycle
(\`~/change_state\`, \`~/get_state\`), the parameter services of ROS 2, and \`/rosout\`. Names without a slash lie in the
node's namespace.

`;

function describe(definition: NodeDefinition): string {
  const { name, does, parameters } = definition;
  const lines = [
    ["hears", definition.subscribes],
    ["tells", definition.publishes],
  ] as const;
  const said = lines.filter(([, topics]) => topics && topics.length > 0);
  const asked = [
    ...Object.entries(definition.serves ?? {}).map(([at, type]) => `\`${at}\` (service, ${type})`),
    ...Object.entries(definition.actions ?? {}).map(([at, type]) => `\`${at}\` (action, ${type})`),
  ];
  const rows = Object.entries(parameters).map(([parameter, spec]) => {
    const range = rangeOf(spec as { min?: number; max?: number; choices?: readonly string[] });
    const fixed = spec.readOnly ? "at start" : "any time";
    return `| ${parameter} | ${spec.type} | ${JSON.stringify(spec.default)} | ${range} | ${fixed} | ${spec.what} |\n`;
  });
  return [
    `## ${name}\n\n${does[0]!.toUpperCase()}${does.slice(1)}.\n\n`,
    ...said.map(([verb, topics]) => `- ${verb} ${topics!.map((topic) => `\`${topic}\``).join(", ")}\n`),
    ...(asked.length > 0 ? [`- answers ${asked.join(", ")}\n`] : []),
    ...(said.length > 0 || asked.length > 0 ? ["\n"] : []),
    ...(rows.length > 0
      ? [
          "| parameter | type | default | range | set | meaning |\n| --- | --- | --- | --- | --- | --- |\n",
          ...rows,
          "\n",
        ]
      : []),
  ].join("");
}

const rangeOf = ({
  min,
  max,
  choices,
}: {
  min?: number;
  max?: number;
  choices?: readonly string[];
}): string =>
  choices
    ? choices.map((choice) => JSON.stringify(choice)).join(", ")
    : min === undefined && max === undefined
      ? ""
      : `${min ?? ""} to ${max ?? ""}`;

function topicTable(definitions: readonly NodeDefinition[]): string {
  const names = new Set(
    definitions.flatMap(({ publishes = [], subscribes = [] }) => [...publishes, ...subscribes]),
  );
  const rows = [...names].sort().map((name) => {
    const { type, qos } = topicFacts(name as TopicName);
    return `| \`${name}\` | ${type} | ${sayQos(qos)} |\n`;
  });
  return `## Topics\n\n| topic | type | quality of service |\n| --- | --- | --- |\n${rows.join("")}`;
}
