// Builds ../../out/ur-rtde-ts, a package of plain JavaScript: `npm run build && npm publish ../../out/ur-rtde-ts`.
// The workspace itself needs no build: its `exports` point at the TypeScript sources.
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";

process.chdir(import.meta.dirname);
const out = "../../out/ur-rtde-ts";
rmSync(out, { recursive: true, force: true });
execFileSync("npx", ["tsc", "-p", "tsconfig.build.json"], { stdio: "inherit" });
const manifest = JSON.parse(readFileSync("package.json", "utf8"));
delete manifest.scripts;
manifest.exports = { ".": { types: "./index.d.ts", default: "./index.js" } };
manifest.files = ["**/*.js", "**/*.d.ts", "README.md", "LICENSE"];
writeFileSync(`${out}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`);
copyFileSync("README.md", `${out}/README.md`);
copyFileSync("../../LICENSE", `${out}/LICENSE`);
