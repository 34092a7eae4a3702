import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
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
import { heading, next, PATIENCE, seriousFaults, toTrial, toTrials } from "./listener-page.ts";

const WHY = CHROMIUM === undefined ? " (skipped: no Chromium is installed here)" : "";

describe.skipIf(CHROMIUM === undefined)(`in a real browser${WHY}`, () => {
  let browser: Browser;
  let server: RunningServer;
  let database: Database;
  let url: string;
  beforeAll(async () => {
    browser = await launchChromium();
    // Two excerpts, one practice, recordings of a quarter of a second.
    const identity = {
      ...sampleIdentity(),
      manifest: sampleManifest(2),
      blocks: [{ method: "yes-no", controls: 0, traps: 1, repeats: 0 } as const],
    };
    const study = sampleStudy({}, 0.25, identity);
    database = await openDatabase(":memory:");
    const store = await StudyStore.open(database, study, 0);
    const pages = await bundlePages();
    const app = participantApp({ study, store, pages, mode: "kiosk", secureCookies: false, now: Date.now });
    server = await serveApp(app, { host: "127.0.0.1", port: 0 });
    url = `http://127.0.0.1:${server.port}/`;
  }, PATIENCE);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await database?.close();
  });

  async function answer(page: Page): Promise<void> {
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await page.getByLabel("a robot").check();
    await page.getByLabel("fairly sure").check();
    await next(page, () => page.getByRole("button", { name: "Continue" }).click({ timeout: PATIENCE }));
  }

  it(
    "a listener finishes with the mouse; a reload and a lost network on the way lose no answer; axe finds no serious fault",
    async () => {
      const context = await browser.newContext({ locale: "en-GB" });
      const page = await context.newPage();
      const faults: string[] = [];
      const check = async (): Promise<void> => void faults.push(...(await seriousFaults(page)));
      await page.goto(url);
      await page.waitForSelector("h1");
      await check();
      await toTrials(page, url);
      await check();
      await answer(page);
      await page.reload();
      await page.waitForSelector("h1");
      await toTrial(page);
      // The network goes just as the answer is sent, and comes back.
      await page.getByRole("button", { name: "Play", exact: true }).click();
      await page.getByLabel("a human").check();
      await page.getByLabel("guessing").check();
      await page.getByText("You can answer now").waitFor({ timeout: PATIENCE });
      await context.setOffline(true);
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByText("There is no connection").waitFor({ timeout: PATIENCE });
      await next(page, () => context.setOffline(false));
      for (let n = 0; n < 10 && (await heading(page)) !== "Thank you"; n++) await answer(page);
      expect(await heading(page)).toBe("Thank you");
      await check();
      expect(faults).toEqual([]);
      const { participants, answers, trials } = await readStudy(database);
      expect(participants.filter((p) => p.finished_ms !== null)).toHaveLength(1);
      expect(answers).toHaveLength(trials.length);
      await context.close();
    },
    PATIENCE,
  );

  it(
    "the keyboard alone is enough, in German as well",
    async () => {
      const context = await browser.newContext({ locale: "de-DE" });
      const page = await context.newPage();
      await page.goto(url);
      await page.waitForSelector("h1");
      /** Tabs until the wanted control has the focus, then presses a key on it. */
      const press = async (name: RegExp, key: string): Promise<void> => {
        for (let n = 0; n < 60; n++) {
          await page.keyboard.press("Tab");
          const label = await page.evaluate(() => {
            const e = document.activeElement as HTMLElement;
            return e.closest("label")?.textContent ?? e.textContent ?? "";
          });
          const enabled = await page.evaluate(() => !(document.activeElement as HTMLButtonElement).disabled);
          if (name.test(label) && enabled) return page.keyboard.press(key);
        }
        throw new Error(`no way by Tab to ${name}`);
      };
      await next(page, () => press(/^Beginnen$/, "Enter"));
      await press(/Jahre alt/, "Space");
      await press(/gelesen und verstanden/, "Space");
      await next(page, () => press(/Ich willige ein/, "Enter"));
      await next(page, () => press(/notiert/, "Enter"));
      await next(page, () => press(/^Weiter$/, "Enter"));
      await press(/Rauschen abspielen/, "Enter");
      await page.waitForFunction(
        () => !document.querySelector<HTMLButtonElement>(".actions button")!.disabled,
        null,
        { timeout: PATIENCE },
      );
      await next(page, () => press(/stimmt/, "Enter"));
      await next(page, () => press(/^Beginnen$/, "Enter"));
      for (let n = 0; n < 10 && (await heading(page)) !== "Vielen Dank"; n++) {
        await press(/^Abspielen$/, "Enter");
        await page.getByText("Sie können jetzt antworten").waitFor({ timeout: PATIENCE });
        await press(/ein Mensch/, "Space");
        await press(/geraten/, "Space");
        await next(page, () => press(/^Weiter$/, "Enter"));
      }
      expect(await heading(page)).toBe("Vielen Dank");
      await context.close();
    },
    PATIENCE,
  );

  it(
    "two tabs answer once, and a listener's link opens no operator page",
    async () => {
      const context = await browser.newContext({ locale: "en-GB" });
      const page = await context.newPage();
      await toTrials(page, url);
      const other = await context.newPage();
      await other.goto(url);
      await other.waitForSelector("h1");
      await toTrial(other);
      const before = (await readStudy(database)).answers.length;
      await answer(page);
      await answer(other);
      expect((await readStudy(database)).answers.length).toBe(before + 1);
      expect(await other.locator("#alert").innerText()).toMatch(/another window/);
      for (const path of ["operator", "login", "api/progress", "backup"])
        expect((await page.request.get(url + path)).status()).toBe(404);
      await context.close();
    },
    PATIENCE,
  );

  it(
    "switching between two equal recordings cannot be heard: no gap, no step",
    async () => {
      const page = await browser.newPage();
      const { outputFiles } = await build({
        entryPoints: ["web/player.ts"],
        bundle: true,
        write: false,
        format: "iife",
        globalName: "player",
      });
      await page.addScriptTag({ content: outputFiles[0]!.text });
      const worst = await page.evaluate(async () => {
        interface Switchable {
          start(slot: number): Promise<void>;
          switchTo(slot: number): void;
        }
        const { Player } = (
          globalThis as unknown as {
            player: { Player: new (c: BaseAudioContext, b: AudioBuffer[]) => Switchable };
          }
        ).player;
        const rate = 48000;
        const context = new OfflineAudioContext(1, rate, rate);
        const tone = context.createBuffer(1, rate, rate);
        const wave = tone.getChannelData(0);
        for (let i = 0; i < rate; i++) wave[i] = 0.5 * Math.sin((2 * Math.PI * 440 * i) / rate);
        const player = new Player(context, [tone, tone, tone]);
        void player.start(0);
        [0.2, 0.4, 0.6, 0.8].forEach((at, n) => {
          void context.suspend(at).then(() => {
            player.switchTo((n + 1) % 3);
            void context.resume();
          });
        });
        const heard = (await context.startRendering()).getChannelData(0);
        const first = heard.findIndex((x) => x !== 0) - 1;
        let most = 0;
        for (let i = 0; i + first < rate; i++) most = Math.max(most, Math.abs(heard[first + i]! - wave[i]!));
        return most;
      });
      // A gap of one sample would differ by up to 0.5, a jump of one sample in time by 0.029.
      expect(worst).toBeLessThan(1e-3);
      await page.close();
    },
    PATIENCE,
  );
});
