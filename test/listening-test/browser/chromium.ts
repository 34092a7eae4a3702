import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where a browser is; undefined where none is installed (Debian: apt-get install chromium). */
export const CHROMIUM: string | undefined = PATHS.find((path) => existsSync(path));

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM!,
    args: ["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--mute-audio"],
  });
