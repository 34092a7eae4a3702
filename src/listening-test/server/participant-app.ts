import { Hono, type Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import { CellistError } from "../../errors.ts";
import { encodeWav } from "../../sound/wav.ts";
import { readResponse } from "../design/response-schema.ts";
import type { Trial } from "../design/trial-plan.ts";
import type { ParticipantRow } from "../store/participant.ts";
import type { StudyStore } from "../store/study-store.ts";
import { headphoneRound } from "../stimuli/headphone-check.ts";
import { levelNoise } from "../stimuli/level-noise.ts";
import { BACKGROUND } from "./background.ts";
import type { OpenStudy, ServerMode } from "./open-study.ts";
import type { PageBundle } from "./page-bundle.ts";
import { headphonePlace, headphonesOf, slotDurations, stateOf } from "./participant-state.ts";
import { mustStillListenMs } from "./played-enough.ts";
import { secureHeaders } from "./secure-headers.ts";
import { WrongCodeLimit } from "./wrong-code-limit.ts";

export interface ParticipantAppOptions {
  readonly study: OpenStudy;
  readonly store: StudyStore;
  readonly pages: PageBundle;
  readonly mode: ServerMode;
  /** TLS ends at a proxy in front: cookies are sent over it only. */
  readonly secureCookies: boolean;
  readonly now: () => number;
}

interface Listener {
  readonly row: ParticipantRow;
  readonly trials: readonly Trial[];
  readonly answered: number;
}

const COOKIE = "listener";

const ENROL = z.strictObject({ language: z.string(), consentSha256: z.string(), ofAge: z.literal(true) });
const CODE = z.strictObject({ code: z.string().max(64) });
const HEADPHONES = z.strictObject({ attempt: z.int(), round: z.int(), choice: z.literal([1, 2, 3]) });
const EVENT = z.strictObject({
  kind: z.enum(["play", "left", "returned", "level-set"]),
  position: z.int().min(0).max(10_000).optional(),
  slot: z.int().min(0).max(20).optional(),
});
const ANSWER = z.strictObject({
  position: z.int().min(0).max(10_000),
  answerId: z.string().min(8).max(64),
  response: z.unknown(),
});

/**
 * All that a listener's browser may ask for. It knows no route of the operator's, no key, and no stimulus id: a
 * recording is asked for as "slot 0 of my trial 3", so that nothing two listeners see can be put together.
 */
export function participantApp(options: ParticipantAppOptions): Hono {
  const { study, store, pages, now } = options;
  const app = new Hono();
  const limit = new WrongCodeLimit();
  app.use(secureHeaders());
  app.onError((error, c) => {
    if (error instanceof CellistError && error.code === "study-frozen")
      return c.json({ error: "frozen" }, 410);
    if (error instanceof BadRequest) return c.json({ error: error.message }, 400);
    console.error(`listening test: ${error.message}`);
    return c.json({ error: "server" }, 500);
  });
  app.notFound((c) => c.json({ error: "not-found" }, 404));

  app.get("/", (c) => c.html(pages.html));
  app.get("/app.js", (c) => c.body(pages.script, 200, { "content-type": "text/javascript; charset=utf-8" }));
  app.get("/style.css", (c) => c.body(pages.style, 200, { "content-type": "text/css; charset=utf-8" }));

  app.get("/api/study", (c) =>
    c.json({
      title: study.title,
      mode: options.mode,
      languages: [...study.texts].map(([code, texts]) => ({
        code,
        name: (texts as { language: string }).language,
      })),
      minimumAge: study.rules.minimumAge,
      minutes: study.rules.minutes,
      baseRate: study.rules.baseRate,
    }),
  );
  app.get("/api/texts/:language", (c) => {
    const language = c.req.param("language");
    const texts = study.texts.get(language);
    const consent = study.consent.get(language);
    if (texts === undefined || consent === undefined) return c.json({ error: "not-found" }, 404);
    return c.json({ texts, consent });
  });

  app.post("/api/enrol", async (c) => {
    const { language, consentSha256 } = await sent(c, ENROL);
    const consent = study.consent.get(language);
    if (consent === undefined || consent.sha256 !== consentSha256)
      return c.json({ error: "another consent text holds now" }, 409);
    const codes = await store.enrol(
      { language, mode: options.mode, consentVersion: consent.version, consentSha256 },
      now(),
    );
    remember(c, codes.code);
    return c.json(codes);
  });
  app.post("/api/resume", async (c) => {
    const { code } = await sent(c, CODE);
    if (limit.isReached(now())) return c.json({ error: "too-many-tries" }, 429);
    if ((await store.participantByCode(code)) === undefined) {
      limit.note(now());
      return c.json({ error: "unknown-code" }, 404);
    }
    remember(c, code);
    return c.json({});
  });
  app.post("/api/withdraw", async (c) => {
    const { code } = await sent(c, CODE);
    if (limit.isReached(now())) return c.json({ error: "too-many-tries" }, 429);
    if (await store.withdraw(code)) {
      deleteCookie(c, COOKIE);
      return c.json({});
    }
    limit.note(now());
    return c.json({ error: "unknown-code" }, 404);
  });
  app.post("/api/leave", (c) => {
    deleteCookie(c, COOKIE);
    return c.json({});
  });

  app.get("/api/state", async (c) => {
    const listener = await listenerOf(c);
    if (listener === undefined) return c.json({ stage: "welcome" });
    return c.json({
      ...stateOf(study, listener.row, listener.trials, listener.answered),
      language: listener.row.language,
    });
  });
  app.post("/api/background", async (c) => {
    const { row } = await known(c);
    await store.setBackground(row.id, await sent(c, BACKGROUND));
    return c.json({});
  });
  app.get("/api/headphones/:attempt/:round", async (c) => {
    const { row } = await known(c);
    const place = headphonePlace(headphonesOf(row));
    const asked = { attempt: Number(c.req.param("attempt")), round: Number(c.req.param("round")) };
    if (place?.attempt !== asked.attempt || place.round !== asked.round)
      return c.json({ error: "not-now" }, 409);
    const { channels, sampleRateHz } = headphoneRound(roundSeed(row, asked));
    return wav(c, encodeWav({ channels, sampleRateHz }));
  });
  app.post("/api/headphones", async (c) => {
    const { row } = await known(c);
    const { choice, ...asked } = await sent(c, HEADPHONES);
    const check = headphonesOf(row);
    const place = headphonePlace(check);
    if (place?.attempt !== asked.attempt || place.round !== asked.round)
      return c.json({ error: "not-now" }, 409);
    const right = headphoneRound(roundSeed(row, asked)).quietest === choice;
    const attempts = [...check.attempts];
    attempts[asked.attempt] = [...(attempts[asked.attempt] ?? []), right];
    await store.setHeadphones(row.id, { attempts });
    return c.json({});
  });
  let noise: Uint8Array | undefined;
  app.get("/api/level", (c) => {
    noise ??= encodeWav({ sampleRateHz: 44100, channels: [levelNoise(44100, study.rules.loudnessLufs)] });
    return wav(c, noise);
  });

  app.get("/api/recording/:position/:slot", async (c) => {
    const { trials, answered } = await known(c);
    const [position, slot] = [Number(c.req.param("position")), Number(c.req.param("slot"))];
    const id = trials[position]?.slots[slot];
    // The next one may be fetched ahead; others not, so that a test cannot be gone through backwards.
    if (id === undefined || position < answered || position > answered + 1)
      return c.json({ error: "not-now" }, 409);
    return wav(c, study.recordings.get(id)!);
  });
  app.post("/api/event", async (c) => {
    const { row } = await known(c);
    const { kind, ...detail } = await sent(c, EVENT);
    await store.note(row.id, kind, detail, now());
    return c.json({});
  });
  app.post("/api/answer", async (c) => {
    const { row, trials, answered } = await known(c);
    const { position, answerId, response: raw } = await sent(c, ANSWER);
    const trial = trials[position];
    const response = trial && readResponse(trial.method, trial.slots.length, raw);
    if (trial === undefined || response === undefined)
      throw new BadRequest("this is no answer to that question");
    const plays = await store.firstPlays(row.id, position);
    if (position === answered) {
      const waitMs = mustStillListenMs(trial.method, slotDurations(study, trial), plays, {
        playedShare: study.rules.playedShare,
        nowMs: now(),
      });
      if (waitMs > 0) return c.json({ error: "listen-first", waitMs: Math.ceil(waitMs) }, 425);
    }
    const playedMs = Math.min(...plays.values(), now());
    const refusal = await store.answer(row.id, { position, answerId, response, playedMs }, now());
    if (refusal === undefined) return c.json({});
    return c.json({ error: refusal.kind }, 409);
  });

  async function listenerOf(c: Context): Promise<Listener | undefined> {
    const code = getCookie(c, COOKIE);
    const row = code === undefined ? undefined : await store.participantByCode(code);
    if (row === undefined) return undefined;
    const [trials, answered] = await Promise.all([store.trialsOf(row.id), store.answeredBy(row.id)]);
    return { row, trials, answered };
  }
  async function known(c: Context): Promise<Listener> {
    const listener = await listenerOf(c);
    if (listener === undefined) throw new BadRequest("begin the test first");
    return listener;
  }
  const remember = (c: Context, code: string): void =>
    setCookie(c, COOKIE, code, {
      httpOnly: true,
      sameSite: "Strict",
      path: "/",
      secure: options.secureCookies,
      // A lab machine forgets when its browser is closed; a listener at home may come back tomorrow.
      ...(options.mode === "network" && { maxAge: 30 * 24 * 3600 }),
    });
  return app;
}

/** Something that our own pages never send. */
class BadRequest extends Error {}

/** What was sent, if it is JSON of this shape; only our own pages can send JSON with the cookie. */
async function sent<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  if (!(c.req.header("content-type") ?? "").startsWith("application/json"))
    throw new BadRequest("JSON is needed");
  const body: unknown = await c.req.json().catch(() => undefined);
  const read = schema.safeParse(body);
  if (!read.success) throw new BadRequest("the request does not have the shape it needs");
  return read.data;
}

const wav = (c: Context, bytes: Uint8Array): Response =>
  c.body(bytes.slice().buffer, 200, { "content-type": "audio/wav", "content-length": String(bytes.length) });

const roundSeed = (row: ParticipantRow, at: { readonly attempt: number; readonly round: number }): number =>
  (row.seed + 7919 * (at.attempt * 100 + at.round + 1)) >>> 0;
