// Builds a package of plain JavaScript: `npm run build && npm publish ../../out/ur-rtde-ts`. `node build.js DIR` elsewhere.
// The workspace itself needs no build: its `exports` point at the TypeScript sources, and it is private.
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [to = "../../out/ur-rtde-ts"] = process.argv.slice(2).map((path) => resolve(path));
process.chdir(import.meta.dirname);
rmSync(to, { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
// What the sources say of types was checked with everything else; here they are only translated.
execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json", "--noCheck", "--outDir", to], {
  stdio: "inherit",
});
const manifest = JSON.parse(readFileSync("package.json", "utf8"));
delete manifest.scripts;
delete manifest.private;
manifest.exports = { ".": { types: "./index.d.ts", default: "./index.js" } };
manifest.files = ["**/*.js", "**/*.d.ts", "docs/*.md", "examples", "README.md", "LICENSE"];
writeFileSync(`${to}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`);
for (const page of ["FIELDS.md", "API.md"]) cpSync(`docs/${page}`, `${to}/docs/${page}`);
cpSync("examples", `${to}/examples`, { recursive: true });
copyFileSync("README.md", `${to}/README.md`);
copyFileSync("../../LICENSE", `${to}/LICENSE`);
