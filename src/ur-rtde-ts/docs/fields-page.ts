// Writes FIELDS.md anew: node --import tsx docs/fields-page.ts
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type FieldAbout, inputCatalogue, outputCatalogue } from "ur-rtde-ts";

/** The page on all fields, from the tables themselves; families of registers take one line each half. */
export function fieldsPage(): string {
  return `# Fields of RTDE

Made from the tables in \`src/rtde\` by \`docs/fields-page.ts\`. In code: \`outputCatalogue\` and \`inputCatalogue\`. A version is
the first software that has the field; "?" where no published source says.

## Outputs: what the controller sends

${tableOf(outputCatalogue)}

## Inputs: what the controller takes

${tableOf(inputCatalogue)}
`;
}

function tableOf(catalogue: Readonly<Record<string, FieldAbout>>): string {
  const rows = new Map<string, string>();
  for (const [name, { type, unit, sinceCb3, sinceESeries, description }] of Object.entries(catalogue)) {
    const row = [type, unit, sinceCb3 ?? "?", sinceESeries ?? "?", familyText(description)].join(" | ");
    rows.set(`${familyName(name)} | ${row}`, row);
  }
  const head = "| name | type | unit | CB3 | e-Series | what it is |\n| - | - | - | - | - | - |";
  return [head, ...[...rows.keys()].map((row) => `| ${row} |`)].join("\n");
}

const NUMBERED = /_(int|double|bit)_register_(\d+)$/;

/** `output_int_register_24` and all that are like it are one row. */
function familyName(name: string): string {
  const [, kind, digits] = NUMBERED.exec(name) ?? [];
  if (digits === undefined) return `\`${name}\``;
  const range = kind === "bit" ? "64…127" : Number(digits) < 24 ? "0…23" : "24…47";
  return `\`${name.replace(/\d+$/, "")}\`${range}`;
}

const familyText = (description: string): string => description.replace(/ register \d+/, " register");

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(new URL("FIELDS.md", import.meta.url), fieldsPage());
