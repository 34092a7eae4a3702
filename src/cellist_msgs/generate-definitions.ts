import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** Text of src/cellist_msgs/definitions.ts, made from the .msg files. */
export function definitionsSource(): string {
  const folder = new URL("msg/", import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith(".msg"));
  const entries = files.sort().map((file) => {
    const text = readFileSync(new URL(file, folder), "utf8");
    return `  "cellist_msgs/${file.replace(".msg", "")}": ${JSON.stringify(text)},\n`;
  });
  return `${HEADER}export const CELLIST_DEFINITIONS: Readonly<Record<string, string>> = {\n${entries.join("")}};\n`;
}

const HEADER = `/* Generated from msg/*.msg; do not edit. Again: npx tsx src/cellist_msgs/generate-definitions.ts */

/** Text of each message of the ROS 2 package cellist_msgs. */
// prettier-ignore
`;

if (process.argv[1] === import.meta.filename) {
  writeFileSync(new URL("definitions.ts", import.meta.url), definitionsSource());
}
