import { expect, it } from "vitest";
import { readRosGraph } from "../../src/ros/rcl/read-ros-graph.ts";
import type { RclNode } from "../../src/ros/rcl/rclnodejs-port.ts";

/** ROS 2 with one node that hears one topic. @param deadline as rclnodejs tells it */
const rosWith = (deadline?: { readonly seconds: bigint; readonly nanoseconds: number }) =>
  ({
    getNodeNamesAndNamespaces: () => [{ name: "ear", namespace: "/" }],
    getTopicNamesAndTypes: () => [{ name: "/talk", types: ["std_msgs/msg/String"] }],
    getPublishersInfoByTopic: () => [],
    getSubscriptionsInfoByTopic: () => [
      {
        node_name: "ear",
        node_namespace: "/",
        topic_type: "std_msgs/msg/String",
        endpoint_gid: [1, 2],
        qos_profile: { depth: 5, reliability: 1, durability: 2, ...(deadline && { deadline }) },
      },
    ],
    getServiceNamesAndTypesByNode: () => [],
  }) as unknown as RclNode;

it("reads which deadline somebody on ROS 2 asks for, and none where it is told as 0 or as for ever", () => {
  const deadlineOf = (ros: RclNode) => readRosGraph(ros, new Set()).endpoints[0]!.qos!.deadlineS;
  expect(deadlineOf(rosWith({ seconds: 0n, nanoseconds: 100_000_000 }))).toBe(0.1);
  expect(deadlineOf(rosWith({ seconds: 9_223_372_036n, nanoseconds: 854_775_807 }))).toBeUndefined();
  expect(deadlineOf(rosWith({ seconds: 0n, nanoseconds: 0 }))).toBeUndefined();
  expect(deadlineOf(rosWith())).toBeUndefined();
});
