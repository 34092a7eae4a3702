import { fileURLToPath } from "node:url";

/** Where the shipped data lies, so that commands work from any folder. */
export const PACKAGE_ROOT = fileURLToPath(new URL("../../", import.meta.url));
