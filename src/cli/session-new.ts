import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { CellistError } from "../errors.ts";
import { SessionFolder } from "../listening-test/session/session-folder.ts";
import { PACKAGE_ROOT } from "../shelf/package-root.ts";

const DATA = join(PACKAGE_ROOT, "data/listening");

/** `cellist session new`. */
export function addSessionNew(session: Command): void {
  session
    .command("new")
    .summary("begin a session from the worked example")
    .argument("<folder>", "where; must not exist or be empty")
    .action((folder: string) => {
      if (existsSync(folder) && readdirSync(folder).length > 0)
        throw new CellistError("file-unwritable", `${folder} holds something already; choose a new folder`);
      mkdirSync(folder, { recursive: true });
      copyFileSync(join(DATA, "example/session.yaml"), join(folder, "session.yaml"));
      for (const file of readdirSync(join(DATA, "consent")))
        copyFileSync(join(DATA, "consent", file), join(folder, `consent.${file}`));
      SessionFolder.open(folder);
      console.log(`${folder}/session.yaml is the protocol: read it and make it yours before the first take.`);
      console.log(`consent.en.txt and consent.de.txt are what listeners agree to.`);
      console.log(`Next: cellist session record ${folder} --all`);
    });
}
