import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const WEB = fileURLToPath(new URL("../../../web/", import.meta.url));

/** What a browser loads, ready to be sent. */
export interface PageBundle {
  readonly html: string;
  readonly script: string;
  readonly style: string;
}

/** The pages, put together in memory from `web/` when the server starts: no build step, nothing from the network. */
export async function bundlePages(): Promise<PageBundle> {
  const [html, style, built] = await Promise.all([
    readFile(`${WEB}index.html`, "utf8"),
    readFile(`${WEB}style.css`, "utf8"),
    build({
      entryPoints: [`${WEB}app.ts`],
      bundle: true,
      write: false,
      format: "esm",
      target: "es2020",
      legalComments: "none",
    }),
  ]);
  return { html, style, script: built.outputFiles[0]!.text };
}
