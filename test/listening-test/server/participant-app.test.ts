import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Hono } from "hono";
import type { OpenStudy, ServerMode } from "../../../src/listening-test/server/open-study.ts";
import { operatorApp } from "../../../src/listening-test/server/operator-app.ts";
import { bundlePages } from "../../../src/listening-test/server/page-bundle.ts";
import { participantApp } from "../../../src/listening-test/server/participant-app.ts";
import { mustStillListenMs } from "../../../src/listening-test/server/played-enough.ts";
import type { Database } from "../../../src/listening-test/store/database.ts";
import { openDatabase } from "../../../src/listening-test/store/open-database.ts";
import { freezeStudy, readStudy } from "../../../src/listening-test/store/study-contents.ts";
import { StudyStore } from "../../../src/listening-test/store/study-store.ts";
import { headphoneRound } from "../../../src/listening-test/stimuli/headphone-check.ts";
import { sampleStudy } from "../sample-server.ts";
import { Visitor } from "./browser-like.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-server-"));
afterAll(() => rmSync(folder, { recursive: true }));
const pages = await bundlePages();
const answer = (position: number, answerId = `answer-${position}`) => ({
  position,
  answerId,
  response: { method: "yes-no", says: "human", confidence: 2 },
});

let database: Database;
let store: StudyStore;
let nowMs: number;
let fresh = 0;
async function appOf(study: OpenStudy, mode: ServerMode = "network"): Promise<Hono> {
  database = await openDatabase(join(folder, `${fresh++}.sqlite`));
  store = await StudyStore.open(database, study, 0);
  return participantApp({ study, store, pages, mode, secureCookies: mode === "network", now: () => nowMs });
}
beforeEach(() => {
  nowMs = 1_000_000;
});

describe("a listener's way", () => {
  it("goes from consent to the last answer, each only after it was heard", async () => {
    const her = new Visitor(await appOf(sampleStudy()));
    expect((await her.state()).stage).toBe("welcome");
    await her.enrol();
    const { total } = await her.state();
    expect(total).toBe(2 + 8 + 2 + 2);
    for (let position = 0; position < total; position++) {
      const { trial } = await her.state();
      expect(trial).toMatchObject({ position, method: "yes-no", slots: 1, practice: position < 2 });
      await her.play(position);
      nowMs += 1000;
      expect((await her.post("/api/answer", answer(position))).status).toBe(200);
    }
    expect((await her.state()).stage).toBe("finished");
    expect((await readStudy(database)).answers).toHaveLength(total);
  });

  it("cannot answer what was not played, nor before nine tenths of it were", async () => {
    const her = new Visitor(await appOf(sampleStudy()));
    await her.enrol();
    nowMs += 60_000;
    expect(await her.post("/api/answer", answer(0))).toMatchObject({
      status: 425,
      body: { error: "listen-first" },
    });
    await her.play(0);
    nowMs += 850;
    expect(await her.post("/api/answer", answer(0))).toMatchObject({ status: 425, body: { waitMs: 50 } });
    nowMs += 50;
    expect((await her.post("/api/answer", answer(0))).status).toBe(200);
  });

  it("is acknowledged twice for an answer sent twice, and refused in a second tab", async () => {
    const her = new Visitor(await appOf(sampleStudy()));
    await her.enrol();
    await her.play(0);
    nowMs += 1000;
    for (let n = 0; n < 2; n++) expect((await her.post("/api/answer", answer(0))).status).toBe(200);
    expect(await her.post("/api/answer", answer(0, "other-tab"))).toMatchObject({
      status: 409,
      body: { error: "other-answer-stands" },
    });
    expect((await readStudy(database)).answers).toHaveLength(1);
  });

  it("goes on from where she was, on another device, with her code", async () => {
    const app = await appOf(sampleStudy());
    const her = new Visitor(app);
    const { code } = await her.enrol();
    await her.play(0);
    nowMs += 1000;
    await her.post("/api/answer", answer(0));
    const elsewhere = new Visitor(app);
    expect((await elsewhere.post("/api/resume", { code: "AAAA-AAAA-AAAA" })).status).toBe(404);
    expect((await elsewhere.post("/api/resume", { code: code.toLowerCase() })).status).toBe(200);
    expect((await elsewhere.state()).trial.position).toBe(1);
  });

  it("ends with a withdrawal that leaves nothing", async () => {
    const her = new Visitor(await appOf(sampleStudy()));
    const { withdrawalCode } = await her.enrol();
    expect((await her.post("/api/withdraw", { code: withdrawalCode })).status).toBe(200);
    expect((await her.state()).stage).toBe("welcome");
    expect((await readStudy(database)).participants).toEqual([]);
  });

  it("needs the consent text that she was shown", async () => {
    const her = new Visitor(await appOf(sampleStudy()));
    const old = { language: "en", consentSha256: "0".repeat(64), ofAge: true };
    expect((await her.post("/api/enrol", old)).status).toBe(409);
    expect((await her.post("/api/enrol", { ...old, ofAge: false })).status).toBe(400);
    expect((await readStudy(database)).participants).toEqual([]);
  });

  it("finds a frozen study closed", async () => {
    const her = new Visitor(await appOf(sampleStudy()));
    await her.enrol();
    await freezeStudy(database, 1);
    expect((await her.state()).stage).toBe("welcome");
    const { consent } = (await her.get<{ consent: { sha256: string } }>("/api/texts/en")).body;
    const sent = { language: "en", consentSha256: consent.sha256, ofAge: true };
    expect((await her.post("/api/enrol", sent)).status).toBe(410);
  });
});

describe("the headphone check", () => {
  /** Loudest sample of each tone in a tenth of a second from its middle: 24 bits, two sides. */
  const loudest = (bytes: Uint8Array, heard: (left: number, right: number) => number): readonly number[] => {
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const rate = view.readUInt32LE(24);
    return [0, 1, 2].map((tone) => {
      let most = 0;
      for (let i = 0; i < rate / 10; i++) {
        const at = 44 + 6 * Math.round((1.5 * tone + 0.5) * rate + i);
        most = Math.max(most, Math.abs(heard(view.readIntLE(at, 3), view.readIntLE(at + 3, 3))));
      }
      return most;
    });
  };
  const placeOfLeast = (levels: readonly number[]): number => levels.indexOf(Math.min(...levels)) + 1;
  /** What the tones say to somebody with headphones: the quietest on either side. */
  const quietest = (bytes: Uint8Array): number => placeOfLeast(loudest(bytes, (left) => left));
  /** Over loudspeakers the sides add up in the air. */
  const quietestInTheRoom = (bytes: Uint8Array): number =>
    placeOfLeast(loudest(bytes, (left, right) => left + right));
  async function check(her: Visitor, hear: (bytes: Uint8Array) => number): Promise<string> {
    for (let n = 0; n < 20; n++) {
      const state = await her.state();
      if (state.stage !== "headphones") return state.stage;
      const { attempt, round } = state;
      const { body } = await her.bytes(`/api/headphones/${attempt}/${round}`);
      await her.post("/api/headphones", { attempt, round, choice: hear(body) });
    }
    return "never ended";
  }

  it("lets through who hears with both ears, and ends the test for who listens to loudspeakers", async () => {
    const app = await appOf(sampleStudy({ headphones: "required" }));
    const [ears, room] = [new Visitor(app), new Visitor(app)];
    await ears.enrol();
    await room.enrol();
    expect(await check(ears, quietest)).toBe("trials");
    expect(await check(room, quietestInTheRoom)).toBe("screened");
  });

  it("is only noted where the study says so", async () => {
    const room = new Visitor(await appOf(sampleStudy({ headphones: "recorded" })));
    await room.enrol();
    expect(await check(room, quietestInTheRoom)).toBe("trials");
    const { headphones } = (await readStudy(database)).participants[0]!;
    const { attempts } = JSON.parse(headphones!) as { attempts: boolean[][] };
    expect(attempts.map((a) => a.length)).toEqual([6, 6]);
  });

  it("turns over one tone and quietens another by 6 dB", () => {
    const { channels, quietest: place } = headphoneRound(5);
    const each = channels[0].length / 3;
    const peaks = [0, 1, 2].map((n) => Math.max(...channels[0].subarray(n * each, (n + 1) * each)));
    expect(20 * Math.log10(Math.min(...peaks) / Math.max(...peaks))).toBeCloseTo(-6, 2);
    expect(peaks.indexOf(Math.min(...peaks)) + 1).toBe(place);
  });
});

describe("privacy", () => {
  it("keeps no address, browser or name, and no code in the clear", async () => {
    const her = new Visitor(await appOf(sampleStudy()));
    const codes = await her.enrol();
    await her.play(0);
    const everything = JSON.stringify(
      await Promise.all(
        ["study", "participant", "trial", "answer", "event"].map((table) =>
          database.all(`SELECT * FROM ${table}`),
        ),
      ),
    );
    expect(everything).toContain('"play"');
    for (const secret of ["Recognisable", "127.0.0.1", codes.code, codes.withdrawalCode])
      expect(everything).not.toContain(secret);
  });

  it("sends recordings without a date, a tag or a stimulus id, and says no more of a trial than it must", async () => {
    const her = new Visitor(await appOf(sampleStudy()));
    await her.enrol();
    const { headers, status } = await her.bytes("/api/recording/0/0");
    expect(status).toBe(200);
    expect([...headers.keys()].sort()).toEqual([
      "cache-control",
      "content-length",
      "content-security-policy",
      "content-type",
      "cross-origin-opener-policy",
      "cross-origin-resource-policy",
      "referrer-policy",
      "x-content-type-options",
    ]);
    expect(Object.keys((await her.state()).trial).sort()).toEqual([
      "durationS",
      "method",
      "position",
      "practice",
      "slots",
    ]);
    expect((await her.bytes("/api/recording/5/0")).status).toBe(409);
  });

  it("keeps the cookie from scripts and other sites, and behind a proxy to TLS", async () => {
    const her = new Visitor(await appOf(sampleStudy()));
    const { consent } = (await her.get<{ consent: { sha256: string } }>("/api/texts/en")).body;
    const sent = { language: "en", consentSha256: consent.sha256, ofAge: true };
    const cookie = (await her.post("/api/enrol", sent)).headers.get("set-cookie")!;
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).toMatch(/Secure/);
  });

  it("slows down whoever tries codes", async () => {
    const stranger = new Visitor(await appOf(sampleStudy()));
    for (let n = 0; n < 30; n++) await stranger.post("/api/resume", { code: `wrong${n}` });
    expect((await stranger.post("/api/resume", { code: "wrong" })).status).toBe(429);
    nowMs += 61_000;
    expect((await stranger.post("/api/resume", { code: "wrong" })).status).toBe(404);
  });
});

describe("the operator's pages", () => {
  const operator = () =>
    operatorApp({
      title: "Who bows?",
      database,
      store,
      token: "operator-token",
      participantUrl: "http://127.0.0.1:1/",
      backUp: () => Promise.resolve("nowhere"),
      now: () => nowMs,
    });

  it("do not exist on the listeners' server, and need the token on their own", async () => {
    const app = await appOf(sampleStudy());
    const her = new Visitor(app);
    await her.enrol();
    for (const path of ["/operator", "/login", "/api/progress", "/backup", "/check"])
      expect((await her.get(path)).status).toBe(404);
    for (const path of ["/", "/api/progress"]) {
      const denied = await operator().request(path, { headers: { cookie: "listener=x; operator=wrong" } });
      expect([303, 401]).toContain(denied.status);
    }
    for (const path of ["/backup", "/check"])
      expect((await operator().request(path, { method: "POST" })).status).toBe(303);
    expect((await operator().request("/login", { method: "POST", body: new FormData() })).status).toBe(401);
  });

  it("show how far the study is and nothing of what was answered", async () => {
    const her = new Visitor(await appOf(sampleStudy()));
    await her.enrol();
    await her.play(0);
    nowMs += 1000;
    await her.post("/api/answer", answer(0));
    const page = await operator().request("/", { headers: { cookie: "operator=operator-token" } });
    const text = await page.text();
    expect(page.status).toBe(200);
    expect(text).toMatch(/<dt>Began<\/dt><dd>1<\/dd>/);
    expect(text).not.toMatch(/human|robot/);
  });
});

it("counts time by the server's clock, one recording after another, side by side for MUSHRA", () => {
  const at = (nowMs: number) => ({ playedShare: 0.9, nowMs });
  const plays = new Map([
    [0, 0],
    [1, 4000],
  ]);
  // Two of 4 s: 7.2 s in all, and 3.6 s since the second was started at 4 s.
  expect(mustStillListenMs("pair", [4, 4], plays, at(7000))).toBeCloseTo(600);
  expect(mustStillListenMs("pair", [4, 4], plays, at(7600))).toBe(0);
  expect(mustStillListenMs("pair", [4, 4], new Map([[0, 0]]), at(60_000))).toBeCloseTo(3600);
  expect(mustStillListenMs("mushra", [4, 4], plays, at(4001))).toBe(0);
  expect(mustStillListenMs("mushra", [4, 4], new Map([[0, 0]]), at(9000))).toBe(1000);
});

it("has every text in both languages", async () => {
  const { parse } = await import("yaml");
  const keys = (value: unknown, path = ""): string[] =>
    typeof value === "string"
      ? [path]
      : Object.entries(value as object).flatMap(([k, v]) => keys(v, `${path}.${k}`));
  const [en, de] = ["en", "de"].map((l) =>
    keys(parse(readFileSync(`data/listening/messages/${l}.yaml`, "utf8"))),
  );
  expect(de).toEqual(en);
  // Every text that the pages ask for is there.
  for (const [, path] of pages.script.matchAll(/\btext\("([\w.-]+)"/g)) expect(en).toContain(`.${path}`);
});
