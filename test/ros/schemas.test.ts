import rosmsg from "@foxglove/rosmsg";
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { definitionsSource } from "../../src/cellist_msgs/generate-definitions.ts";
import { CdrEncoder } from "../../src/ros/cdr-encoder.ts";
import { USED } from "../../src/ros/interfaces/used.ts";
import { CELLIST_DEFINITIONS } from "../../src/cellist_msgs/definitions.ts";
import { fieldsOf, schemaOf } from "../../src/ros/schemas.ts";
import { TOPICS } from "../../src/ros/topics.ts";

const PACKAGE = new URL("../../src/cellist_msgs/", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, PACKAGE), "utf8");

it("writes a pose's type with the types inside it, each after eighty equals signs", () => {
  const separator = "=".repeat(80);
  expect(schemaOf("geometry_msgs/msg/PoseStamped").text).toBe(
    [
      "std_msgs/Header header\ngeometry_msgs/Pose pose\n",
      "MSG: std_msgs/Header\nbuiltin_interfaces/Time stamp\nstring frame_id\n",
      "MSG: builtin_interfaces/Time\nint32 sec\nuint32 nanosec\n",
      "MSG: geometry_msgs/Pose\ngeometry_msgs/Point position\ngeometry_msgs/Quaternion orientation\n",
      "MSG: geometry_msgs/Point\nfloat64 x\nfloat64 y\nfloat64 z\n",
      "MSG: geometry_msgs/Quaternion\nfloat64 x\nfloat64 y\nfloat64 z\nfloat64 w\n",
    ].join(`${separator}\n`),
  );
});

it("has every type of every topic readable, with nothing missing inside", () => {
  for (const { type } of Object.values(TOPICS)) {
    const parsed = rosmsg.parse(schemaOf(type).text, { ros2: true });
    const names = parsed.map(({ name }) => name);
    for (const { definitions } of parsed)
      for (const field of definitions) if (field.isComplex) expect(names, type).toContain(field.type);
  }
});

it("keeps the definitions in TypeScript equal to the .msg files", () => {
  expect(read("definitions.ts"), "npx tsx src/cellist_msgs/generate-definitions.ts").toBe(
    definitionsSource(),
  );
});

it("lets CMake generate every interface file and no other", () => {
  const listed = [...read("CMakeLists.txt").matchAll(/"((?:msg|srv|action)\/\w+\.\w+)"/g)].map(
    ([, file]) => file,
  );
  const files = ["msg", "srv", "action"].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, PACKAGE)).map((file) => `${folder}/${file}`),
  );
  expect(listed.sort()).toEqual(files.sort());
});

it("has every type of every service and action readable, as ROS 2 makes messages of them", () => {
  const derived = [
    ...USED.services.flatMap((type) => [`${type}_Request`, `${type}_Response`]),
    ...USED.actions.flatMap((type) =>
      [
        "SendGoal_Request",
        "SendGoal_Response",
        "GetResult_Request",
        "GetResult_Response",
        "FeedbackMessage",
      ].map((part) => `${type}_${part}`),
    ),
  ];
  for (const type of derived) expect(() => new CdrEncoder(schemaOf(type)), type).not.toThrow();
  expect(
    schemaOf("cellist_msgs/action/Perform_SendGoal_Request").definitions[0]!.definitions.map((f) => f.name),
  ).toEqual(["goal_id", "goal"]);
});

it("names every field as ROS 2 demands, clear of words of IDL and C", () => {
  const reserved = [
    "string",
    "in",
    "out",
    "fixed",
    "short",
    "long",
    "double",
    "float",
    "default",
    "minor",
    "major",
  ];
  const texts = Object.entries(CELLIST_DEFINITIONS).flatMap(([name, text]) =>
    text.split(/^---$\n?/m).map((part) => [name, part] as const),
  );
  for (const [file, text] of texts) {
    for (const { name } of fieldsOf(text)) {
      expect(name, file).toMatch(/^[a-z](_?[a-z0-9])*$/);
      expect(reserved, file).not.toContain(name);
    }
  }
});
