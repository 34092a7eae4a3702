import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, it } from "vitest";

/** Free to all: values without a subject. */
const GROUND = ["math", "errors", "outcome", "provenance"];

/** Who may import whom, beside the ground. A module missing from the table may import nothing else. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  // core: decides
  score: [],
  kinematics: [],
  instrument: ["kinematics", "score"],
  bowing: ["instrument", "score"],
  collision: ["instrument", "kinematics", "score"],
  trajectory: ["bowing", "collision", "instrument", "kinematics", "score"],
  planning: ["bowing", "collision", "instrument", "score", "trajectory"],
  sound: ["bowing", "instrument", "score"],
  evaluation: ["bowing", "instrument", "score", "sound", "trajectory"],
  // ports
  stream: ["instrument", "trajectory"],
  // adapters: speak to the world
  ros: ["cellist_msgs"],
  cellist_msgs: ["ros"],
  bag: [
    "file-trouble",
    "bowing",
    "cellist_msgs",
    "evaluation",
    "instrument",
    "ros",
    "score",
    "stream",
    "trajectory",
  ],
  "listening-test": ["bag", "evaluation", "instrument", "performance", "score", "sound"],
  rtde: ["instrument", "stream"],
  sim: ["instrument", "kinematics", "score", "stream"],
  expression: ["score"],
  shelf: ["file-trouble", "bowing", "collision", "expression", "instrument", "planning", "score"],
  engraving: [],
  foxglove: ["ros"],
  "scene-view": [
    "bag",
    "bowing",
    "cellist_msgs",
    "collision",
    "instrument",
    "kinematics",
    "ros",
    "score",
    "shelf",
    "trajectory",
  ],
  pictures: ["bowing", "collision", "evaluation", "instrument", "score", "trajectory"],
  teaching: [
    "cellist_msgs",
    "collision",
    "instrument",
    "kinematics",
    "pictures",
    "planning",
    "ros",
    "scene-view",
    "score",
    "shelf",
    "trajectory",
  ],
  performance: [
    "file-trouble",
    "bag",
    "bowing",
    "cellist_msgs",
    "collision",
    "evaluation",
    "instrument",
    "kinematics",
    "ros",
    "rtde",
    "score",
    "shelf",
    "sim",
    "sound",
    "stream",
    "trajectory",
  ],
  launch: ["file-trouble", "planning", "ros"],
  replay: [
    "bag",
    "bowing",
    "evaluation",
    "instrument",
    "kinematics",
    "performance",
    "planning",
    "ros",
    "rtde",
    "score",
    "shelf",
    "sim",
    "trajectory",
  ],
  cli: [
    "file-trouble",
    "bag",
    "bowing",
    "cellist_msgs",
    "collision",
    "engraving",
    "evaluation",
    "instrument",
    "kinematics",
    "launch",
    "listening-test",
    "performance",
    "pictures",
    "planning",
    "replay",
    "ros",
    "rtde",
    "score",
    "shelf",
    "sim",
    "sound",
    "stream",
    "teaching",
    "trajectory",
  ],
};

const CORE = [
  "score",
  "kinematics",
  "instrument",
  "bowing",
  "collision",
  "trajectory",
  "planning",
  "expression",
  "sound",
  "evaluation",
  "pictures",
  "math",
  "outcome",
];
/** Parts of adapters that decide and so are held to the same. */
const PURE_PARTS = [
  "src/listening-test/statistics/",
  "src/listening-test/design/",
  "src/listening-test/simulation/",
  "src/listening-test/stimuli/",
];
/** What would let the core see a clock, a file, a socket or chance. `node:assert` only stops the process. */
const WORLD =
  /from "(node:(?!assert)[^"]+|ur-rtde-ts|ws|@mcap[^"]*|@mujoco[^"]*)"|\b(Date\.now|performance\.now|Math\.random|process\.)\b/;

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && file.includes("/") && !file.startsWith("ur-rtde-ts/"))
  .map((file) => `src/${file}`);
const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from|import)[\s(]*"(\.{1,2}\/[^"]+)"/g)].map((match) => match[1]!);

it("keeps the arrows pointing inward", () => {
  const wrong: string[] = [];
  for (const file of files) {
    const module = file.split("/")[1]!;
    const allowed = [module, ...GROUND, ...(MAY_IMPORT[module] ?? [])];
    for (const target of importsOf(readFileSync(file, "utf8"))) {
      const other = normalize(join(dirname(file), target))
        .split("/")[1]!
        .replace(/\.ts$/, "");
      if (!allowed.includes(other)) wrong.push(`${file} imports ${other}`);
    }
  }
  expect(wrong).toEqual([]);
});

it("keeps clocks, files, sockets and chance out of the core", () => {
  const wrong = files
    .filter((file) => CORE.includes(file.split("/")[1]!) || PURE_PARTS.some((part) => file.startsWith(part)))
    .filter((file) => WORLD.test(readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "")));
  expect(wrong).toEqual([]);
});

it("lets the robot library stand alone", () => {
  const library = readdirSync("src/ur-rtde-ts/src", { recursive: true, encoding: "utf8" }).filter((f) =>
    f.endsWith(".ts"),
  );
  expect(library.length).toBeGreaterThan(10);
  for (const file of library)
    for (const target of importsOf(readFileSync(`src/ur-rtde-ts/src/${file}`, "utf8")))
      expect(normalize(join(dirname(file), target)), file).not.toMatch(/^\.\./);
});
