import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import type { Method, Response } from "../../../src/listening-test/design/method.ts";
import { bundlePages } from "../../../src/listening-test/server/page-bundle.ts";
import { participantApp } from "../../../src/listening-test/server/participant-app.ts";
import { serveApp, type RunningServer } from "../../../src/listening-test/server/serve.ts";
import type { Database } from "../../../src/listening-test/store/database.ts";
import { openDatabase } from "../../../src/listening-test/store/open-database.ts";
import { readStudy } from "../../../src/listening-test/store/study-contents.ts";
import { StudyStore } from "../../../src/listening-test/store/study-store.ts";
import { sampleManifest } from "../sample-manifest.ts";
import { sampleStudy } from "../sample-server.ts";
import { sampleIdentity } from "../sample-study.ts";
import { CHROMIUM, launchChromium } from "./chromium.ts";
import { heading, next, PATIENCE, seriousFaults, toTrials } from "./listener-page.ts";

const WHY = CHROMIUM === undefined ? " (skipped: no Chromium is installed here)" : "";
const METHODS: readonly Method[] = ["pair", "preference", "rating", "mushra"];

describe.skipIf(CHROMIUM === undefined)(`on a phone${WHY}`, () => {
  let browser: Browser;
  let server: RunningServer;
  let database: Database;
  beforeAll(async () => {
    browser = await launchChromium();
    const blocks = METHODS.map((method) => ({ method, controls: 0, traps: 0, repeats: 0 }));
    const study = sampleStudy({}, 0.25, { ...sampleIdentity(), manifest: sampleManifest(2), blocks });
    database = await openDatabase(":memory:");
    const store = await StudyStore.open(database, study, 0);
    const pages = await bundlePages();
    const app = participantApp({ study, store, pages, mode: "network", secureCookies: false, now: Date.now });
    server = await serveApp(app, { host: "127.0.0.1", port: 0 });
  }, PATIENCE);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await database?.close();
  });

  /** Hears everything there is to hear, then answers as a listener would. */
  async function answer(page: Page): Promise<Response> {
    const buttons = page.locator(".players button");
    for (const button of await buttons.all()) {
      if ((await button.innerText()) === "Stop") continue;
      await button.click();
      await page.waitForFunction(() => document.querySelector(".players button:not(:disabled)"));
    }
    if (await page.getByRole("slider").count()) return answerMushra(page);
    if (await page.getByLabel("no preference").count()) {
      await page.getByLabel("no preference").check();
      return { method: "preference", choice: 0 };
    }
    if (await page.getByText("Which one is played by a human?").count()) {
      await page.getByLabel("Recording 2").check();
      await page.getByLabel("completely sure").check();
      return { method: "pair", choice: 2, confidence: 5 };
    }
    const groups = page.getByRole("group");
    for (const [i, group] of (await groups.all()).entries())
      await group
        .getByRole("radio")
        .nth(i + 1)
        .check();
    return { method: "rating", scales: { humanlike: 2, expressive: 3, tone: 4, timing: 5 } };
  }

  /** Versions play side by side while sliders move. */
  async function answerMushra(page: Page): Promise<Response> {
    const sliders = await page.getByRole("slider").all();
    const scores = sliders.map((_, i) => 20 * (i + 1));
    for (const [i, slider] of sliders.entries()) {
      await page.getByRole("button", { name: `Version ${i + 1}` }).click();
      await slider.fill(String(scores[i]));
    }
    return { method: "mushra", scores };
  }

  it(
    "pairs, preference, scales and MUSHRA are answered, nothing sticks out of the screen, axe finds no serious fault",
    async () => {
      const context = await browser.newContext({
        ...{ locale: "en-GB", viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
      });
      const page = await context.newPage();
      await toTrials(page, `http://127.0.0.1:${server.port}/`);
      const given: Response[] = [];
      const looked = new Set<Method>();
      while ((await heading(page)) !== "Thank you") {
        if ((await heading(page)) === "What you do") {
          // Every method is explained before its first question.
          await next(page, () => page.getByRole("button", { name: "Begin" }).click());
          continue;
        }
        const response = await answer(page);
        given.push(response);
        if (!looked.has(response.method)) {
          looked.add(response.method);
          expect(await seriousFaults(page)).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
          const folder = process.env["CELLIST_SCREENSHOTS"];
          if (folder) await page.screenshot({ path: `${folder}/${response.method}.png`, fullPage: true });
        }
        await next(page, () => page.getByRole("button", { name: "Continue" }).click({ timeout: PATIENCE }));
      }
      expect([...looked]).toEqual(METHODS);
      const { answers, trials } = await readStudy(database);
      expect(answers).toHaveLength(trials.length);
      expect(
        [...answers].sort((a, b) => a.position - b.position).map((a) => JSON.parse(a.response) as Response),
      ).toEqual(given);
      await context.close();
    },
    PATIENCE,
  );
});
