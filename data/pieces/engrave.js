// Writes every piece of this folder from source/NAME.yaml and NAME.marks.yaml: npx tsx data/pieces/engrave.js
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { engrave, engraveMusicXml } from "../../src/score/engrave.ts";

const here = import.meta.dirname;
for (const file of readdirSync(`${here}/source`)) {
  const name = file.replace(/\.yaml$/, "");
  const source = readFileSync(`${here}/source/${file}`, "utf8");
  const marks = readFileSync(`${here}/${name}.marks.yaml`, "utf8");
  writeFileSync(`${here}/${name}.mid`, engrave(source, marks));
  writeFileSync(`${here}/${name}.musicxml`, engraveMusicXml(source, marks));
}
