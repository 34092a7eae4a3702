import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, it } from "vitest";
import { canUseRos, probeRos } from "../../src/ros/rcl/probe.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-probe-"));
afterAll(() => rmSync(folder, { recursive: true }));
const missing = (env: Record<string, string>, from?: string) =>
  probeRos(env, from)
    .filter(({ ok }) => !ok)
    .map(({ what }) => what);

it("finds nothing in an empty shell, says for each thing what to do, and uses no ROS 2", () => {
  const findings = probeRos({}, pathToFileURL(join(folder, "x.js")).href);
  expect(findings.map(({ ok }) => ok)).toEqual([false, false, false, false, false]);
  expect(findings.every(({ said }) => /source|install/.test(said))).toBe(true);
  expect(canUseRos(findings)).toBe(false);
});

it("finds a sourced ROS 2 with a built rclnodejs, and names the one package whose messages are missing", () => {
  const put = (path: string, content = ""): void => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  put("ros/lib/librcl.so");
  put("ros/bin/ros2");
  put("app/node_modules/rclnodejs/package.json", '{"name":"rclnodejs","version":"2.2.0"}');
  const env = {
    ROS_DISTRO: "jazzy",
    AMENT_PREFIX_PATH: join(folder, "ros"),
    LD_LIBRARY_PATH: join(folder, "ros/lib"),
    PATH: join(folder, "ros/bin"),
  };
  const from = pathToFileURL(join(folder, "app/x.js")).href;
  expect(missing(env, from)).toEqual(["its addon", "its messages of our interfaces"]);
  put("app/node_modules/rclnodejs/build/Release/rclnodejs.node");
  const packages = [
    "std_msgs",
    "std_srvs",
    "sensor_msgs",
    "trajectory_msgs",
    "control_msgs",
    "geometry_msgs",
    "rcl_interfaces",
  ];
  for (const name of packages) put(`app/node_modules/rclnodejs/generated/${name}/x.js`);
  const messages = probeRos(env, from).find(({ what }) => what === "its messages of our interfaces")!;
  expect(messages).toMatchObject({ ok: false });
  expect(messages.said).toMatch(/^missing: cellist_msgs; /);
  put("app/node_modules/rclnodejs/generated/cellist_msgs/x.js");
  expect(missing(env, from)).toEqual([]);
  expect(missing({ ...env, LD_LIBRARY_PATH: "" }, from)).toEqual(["librcl.so (LD_LIBRARY_PATH)"]);

  // Another folder is told by its variable, and an interface that means something else is named.
  const elsewhere = { ...env, CELLIST_RCLNODEJS: join(folder, "nowhere") };
  expect(missing(elsewhere, from)).toEqual(["the package rclnodejs"]);
  put("ros/share/std_msgs/msg/String.msg", "# as ours, with another comment\nstring data\n");
  put(
    "ros/share/std_srvs/srv/SetBool.srv",
    "bool data # e.g. for hardware enabling / disabling\n---\nbool success\nstring message\n",
  );
  expect(missing(env, from)).toEqual([]);
  put("ros/share/control_msgs/msg/JointTolerance.msg", "string name\nfloat64 position\nfloat64 velocity\n");
  expect(missing(env, from)).toEqual(["the same interfaces as ours in ROS 2"]);
  expect(probeRos(env, from).at(-1)!.said).toMatch(
    /^different: control_msgs\/msg\/JointTolerance; use ROS 2 Jazzy/,
  );
});
