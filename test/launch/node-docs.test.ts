import { readFileSync } from "node:fs";
import { format } from "prettier";
import { expect, it } from "vitest";
import { describeNodes } from "../../src/launch/describe-nodes.ts";
import { hostNode, loadDefinition } from "../../src/launch/node-host.ts";
import { nodeNames } from "../../src/launch/write-node-docs.ts";
import { EmbeddedGraph } from "../../src/ros/graph/embedded-graph.ts";
import { Workplace } from "../../src/ros/node/workplace.ts";
import { topicInNamespace, type TopicName } from "../../src/ros/topics.ts";

const definitions = await Promise.all(nodeNames().map(loadDefinition));

it("has a page of nodes that says what the code says", async () => {
  const page = readFileSync("docs/nodes.md", "utf8");
  expect(page, "npm run nodes").toBe(
    await format(describeNodes(definitions), { parser: "markdown", printWidth: 110 }),
  );
});

it("has thin nodes: at most 80 lines each, named like their files", () => {
  expect(definitions.map(({ name }) => name).sort()).toEqual(nodeNames());
  for (const name of nodeNames()) {
    const text = readFileSync(`nodes/${name.replaceAll("_", "-")}.node.ts`, "utf8");
    expect(text.trimEnd().split("\n").length, name).toBeLessThanOrEqual(80);
  }
});

it("declares no topic that a node does not have in truth, as far as it is there before its start", async () => {
  for (const definition of definitions) {
    const graph = new EmbeddedGraph();
    const place = new Workplace();
    const { name, parameters } = definition;
    const spec = {
      node: name,
      name,
      namespace: "",
      parameters: {},
      remap: {},
      on_exit: "ignore",
      thread: false,
    } as const;
    const hosted = await hostNode(
      { ...spec, hang_s: 1, condition: undefined, shared: {}, useSimTime: false },
      { graph, place, loadDefinition: () => Promise.resolve(definition), onFinished: () => undefined },
    );
    expect(Object.keys(hosted.node.parameters.specs)).toEqual(Object.keys(parameters));
    const published = graph
      .snapshot()
      .endpoints.filter(({ kind }) => kind === "publisher")
      .map((e) => e.name);
    const declared = (definition.publishes ?? []).map((topic) => {
      const at = topicInNamespace(topic as TopicName);
      return at.startsWith("/") ? at : `/${at}`;
    });
    // The conductor advertises its settings when it knows them.
    if (name !== "conductor") expect(published, name).toEqual(expect.arrayContaining(declared));
    hosted.destroy();
  }
});
