import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** Folders of the package and how an interface in each is called: messages have no folder in their names. */
const FOLDERS = { msg: "", srv: "srv/", action: "action/" } as const;

/** Text of src/cellist_msgs/definitions.ts, made from the .msg, .srv and .action files. */
export function definitionsSource(): string {
  const entries = Object.entries(FOLDERS).flatMap(([folder, prefix]) =>
    filesOf(folder).map((file) => {
      const text = readFileSync(new URL(`${folder}/${file}`, import.meta.url), "utf8");
      const name = file.replace(`.${folder}`, "");
      return `  "cellist_msgs/${prefix}${name}": ${JSON.stringify(text)},\n`;
    }),
  );
  return `${HEADER}export const CELLIST_DEFINITIONS: Readonly<Record<string, string>> = {\n${entries.join("")}};\n`;
}

const filesOf = (folder: string): readonly string[] =>
  readdirSync(new URL(`${folder}/`, import.meta.url))
    .filter((file) => file.endsWith(`.${folder}`))
    .sort();

const HEADER = `/* Generated from msg/, srv/ and action/; do not edit. Again: npm run interfaces */

/** Text of each interface of the ROS 2 package cellist_msgs. */
// prettier-ignore
`;

if (process.argv[1] === import.meta.filename)
  writeFileSync(new URL("definitions.ts", import.meta.url), definitionsSource());
