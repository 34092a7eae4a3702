import { expect, it } from "vitest";
import { EmbeddedGraph } from "../../src/ros/graph/embedded-graph.ts";
import { EVENT_QOS, LATCHED_QOS } from "../../src/ros/qos.ts";

const STRING = "std_msgs/msg/String";
const text = (data: string) => ({ data });
const dataOf = (message: unknown): string => (message as { data: string }).data;

/** A graph with one node that talks and one that listens. */
function pair(graph = new EmbeddedGraph()) {
  graph.addNode("/talker");
  graph.addNode("/listener");
  const heard: string[] = [];
  const listen = (topic: string, as = "", qos = EVENT_QOS) =>
    graph.subscribe("/listener", topic, STRING, qos, (message) => heard.push(as + dataOf(message)));
  const talk = (topic: string, qos = EVENT_QOS) => graph.advertise("/talker", topic, STRING, qos);
  return { graph, heard, listen, talk };
}

it("delivers in the order in which subscriptions were made, before publish returns", () => {
  const { heard, listen, talk } = pair();
  listen("/a", "first ");
  listen("/a", "second ");
  talk("/a").publish(text("x"));
  expect(heard).toEqual(["first x", "second x"]);
});

it("finishes one message everywhere before the answer to it goes out", () => {
  const { graph, heard, listen, talk } = pair();
  const answer = talk("/answer");
  graph.subscribe("/listener", "/question", STRING, EVENT_QOS, () => answer.publish(text("answer")));
  listen("/answer");
  listen("/question");
  talk("/question").publish(text("question"));
  expect(heard).toEqual(["question", "answer"]);
});

it("gives every listener the right bytes, also when one of them publishes the same type", () => {
  const { graph, talk } = pair();
  const answer = talk("/answer");
  const bytes: string[] = [];
  const hear = (topic: string) =>
    graph.subscribe("/listener", topic, STRING, EVENT_QOS, (_, { cdr }) =>
      bytes.push(Buffer.from(cdr).toString("latin1", 8, cdr.length - 1)),
    );
  graph.subscribe("/listener", "/question", STRING, EVENT_QOS, () => answer.publish(text("overwritten?")));
  hear("/question");
  hear("/answer");
  talk("/question").publish(text("question"));
  expect(bytes).toEqual(["question", "overwritten?"]);
});

it("tells a late listener the last messages of a transient local topic, as many as its depth, and none of a volatile one", () => {
  const { heard, listen, talk } = pair();
  const kept = talk("/kept", { ...LATCHED_QOS, depth: 2 });
  const lost = talk("/lost");
  for (const word of ["one", "two", "three"]) {
    kept.publish(text(word));
    lost.publish(text(word));
  }
  listen("/kept", "", { ...LATCHED_QOS, depth: 2 });
  listen("/lost");
  expect(heard).toEqual(["two", "three"]);
  listen("/kept", "volatile ", EVENT_QOS); // did not ask for what was before
  expect(heard).toEqual(["two", "three"]);
});

it("connects nobody who asks for more than is offered, and says so once", () => {
  const said: string[] = [];
  const { heard, listen, talk } = pair(new EmbeddedGraph({ onRemark: (_, sentence) => said.push(sentence) }));
  const unsure = talk("/a", { ...EVENT_QOS, reliability: "best_effort" });
  listen("/a");
  listen("/b", "", LATCHED_QOS);
  const volatile = talk("/b");
  listen("/c", "", { ...EVENT_QOS, deadlineS: 0.1 });
  const slow = talk("/c", { ...EVENT_QOS, deadlineS: 0.5 });
  for (const publisher of [unsure, volatile, slow, unsure]) publisher.publish(text("x"));
  expect(heard).toEqual([]);
  expect(said).toEqual([
    "/listener does not hear /a of /talker: it offers best effort where reliable is asked for",
    "/listener does not hear /b of /talker: it keeps nothing (volatile) where transient local is asked for",
    "/listener does not hear /c of /talker: its deadline is 0.5 s where 0.1 s is asked for",
  ]);
});

it("connects nobody across types", () => {
  const said: string[] = [];
  const { graph, heard, listen, talk } = pair(new EmbeddedGraph({ onRemark: (_, s) => said.push(s) }));
  listen("/a");
  graph.advertise("/talker", "/a", "std_msgs/msg/Bool", EVENT_QOS).publish({ data: true });
  talk("/a").publish(text("fits"));
  expect(heard).toEqual(["fits"]);
  expect(said[0]).toContain("it is a std_msgs/msg/Bool where a std_msgs/msg/String is asked for");
});

it("refuses a message that does not fit its type, by topic and field, and delivers nothing", () => {
  const { heard, listen, talk } = pair();
  listen("/a");
  expect(() => talk("/a").publish({ data: 5 })).toThrow(
    /message on \/a: std_msgs\/msg\/String\.data must be string, not 5/,
  );
  expect(() => talk("/a").publish({ dat: "x" })).toThrow(/data must be string/);
  expect(heard).toEqual([]);
});

it("stops hearing when the subscription or its node goes", () => {
  const { graph, heard, listen, talk } = pair();
  const stop = listen("/a");
  listen("/b");
  stop();
  graph.removeNode("/listener");
  talk("/a").publish(text("x"));
  talk("/b").publish(text("x"));
  expect(heard).toEqual([]);
});

it("keeps a listener's error from the others, and tells whose it is", () => {
  const failures: string[] = [];
  const { graph, heard, listen, talk } = pair(
    new EmbeddedGraph({ onNodeError: (node, error) => failures.push(`${node} ${(error as Error).message}`) }),
  );
  graph.addNode("/deaf");
  graph.subscribe("/deaf", "/a", STRING, EVENT_QOS, () => {
    throw new Error("deaf");
  });
  listen("/a");
  talk("/a").publish(text("x"));
  expect(failures).toEqual(["/deaf deaf"]);
  expect(heard).toEqual(["x"]);
  const bare = pair();
  bare.graph.subscribe("/listener", "/a", STRING, EVENT_QOS, () => {
    throw new Error("nobody listens for errors");
  });
  expect(() => bare.talk("/a").publish(text("x"))).toThrow("nobody listens for errors");
});

it("has every node name once", () => {
  const { graph } = pair();
  expect(() => graph.addNode("/talker")).toThrow(/already a node \/talker/);
});

it("answers services, hands a refusal to the caller, and names what is missing", async () => {
  const { graph } = pair();
  const TRIGGER = "std_srvs/srv/Trigger";
  graph.serve("/talker", "/yes", TRIGGER, () => ({ success: true, message: "done" }));
  graph.serve("/talker", "/broken", TRIGGER, () => ({ success: "yes" }));
  expect(await graph.call("/yes", TRIGGER, {})).toEqual({ success: true, message: "done" });
  await expect(graph.call("/broken", TRIGGER, {})).rejects.toThrow(
    /answer of \/broken: .*success must be bool/,
  );
  await expect(graph.call("/nobody", TRIGGER, {})).rejects.toThrow("no node serves /nobody");
  await expect(graph.call("/yes", "std_srvs/srv/SetBool", { data: true })).rejects.toThrow(
    /is a std_srvs\/srv\/Trigger/,
  );
  expect(() => graph.serve("/listener", "/yes", TRIGGER, () => ({}))).toThrow(/already served by \/talker/);
});
