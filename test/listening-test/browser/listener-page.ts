import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

/** A browser on a busy machine takes its time [ms]. */
export const PATIENCE = 240_000;

export const heading = (page: Page): Promise<string> => page.locator("h1").innerText();

/** Waits for the next screen after something was done. */
export async function next(page: Page, act: () => Promise<void>): Promise<void> {
  const before = await page.locator("h1").elementHandle();
  await act();
  await page.waitForFunction((h) => !document.contains(h), before, { timeout: PATIENCE });
}

/** From the first page to the first question, without questions about herself. */
export async function toTrials(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await next(page, () => page.getByRole("button", { name: "Begin" }).click());
  await page.getByLabel("years old or older").check();
  await page.getByLabel("I have read this").check();
  await next(page, () => page.getByRole("button", { name: "I agree" }).click());
  await next(page, () => page.getByRole("button", { name: "I have noted them" }).click());
  await next(page, () => page.getByRole("button", { name: "Continue" }).click());
  await toTrial(page);
}

/** Through loudness and instructions, as after each loading of the page. */
export async function toTrial(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Play the noise" }).click();
  await page.getByRole("button", { name: "The loudness is right" }).click({ timeout: PATIENCE });
  await next(page, () => page.getByRole("button", { name: "Begin" }).click());
}

/** What axe-core takes for serious or critical. */
export async function seriousFaults(page: Page): Promise<string[]> {
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(axe);
  return page.evaluate(async () => {
    interface Found {
      violations: { id: string; impact: string; nodes: { html: string }[] }[];
    }
    const { violations } = await (globalThis as unknown as { axe: { run(): Promise<Found> } }).axe.run();
    return violations
      .filter((v) => v.impact === "serious" || v.impact === "critical")
      .map((v) => `${v.id}: ${v.nodes[0]!.html}`);
  });
}
