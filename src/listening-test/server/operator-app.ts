import { createHash, timingSafeEqual } from "node:crypto";
import { Hono, type Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { progressOf, type StudyProgress } from "../store/progress.ts";
import type { Database } from "../store/database.ts";
import type { StudyStore } from "../store/study-store.ts";
import { findDamage } from "../store/study-contents.ts";
import { secureHeaders } from "./secure-headers.ts";
import { WrongCodeLimit } from "./wrong-code-limit.ts";

export interface OperatorAppOptions {
  readonly title: string;
  readonly database: Database;
  readonly store: StudyStore;
  /** What the operator must show; only its hash is compared. */
  readonly token: string;
  readonly participantUrl: string;
  /** Makes a backup and says where it is. */
  readonly backUp: () => Promise<string>;
  readonly now: () => number;
}

const COOKIE = "operator";

/**
 * Pages for whoever runs a study: how far it is, never what was answered. A server of its own on the lab's machine
 * alone; nothing here can be reached through a listener's link.
 */
export function operatorApp(options: OperatorAppOptions): Hono {
  const { now } = options;
  const app = new Hono();
  const limit = new WrongCodeLimit();
  app.use(secureHeaders());
  app.onError((error, c) => c.text(`${error.message}\n`, 500));
  app.get("/login", (c) => c.html(page(options.title, LOGIN)));
  app.post("/login", async (c) => {
    const sent = (await c.req.parseBody())["token"];
    const token = typeof sent === "string" ? sent : "";
    if (limit.isReached(now()))
      return c.html(page(options.title, `<p role="alert">Wait a minute.</p>${LOGIN}`), 429);
    if (!same(token, options.token)) {
      limit.note(now());
      return c.html(page(options.title, `<p role="alert">This is not the token.</p>${LOGIN}`), 401);
    }
    setCookie(c, COOKIE, token, { httpOnly: true, sameSite: "Strict", path: "/" });
    return c.redirect("/", 303);
  });
  app.use(async (c, next) => {
    if (isOperator(c, options.token)) return next();
    return c.req.path.startsWith("/api/") ? c.json({ error: "no token" }, 401) : c.redirect("/login", 303);
  });
  app.get("/", async (c) => {
    const progress = await progressOf(options.database, options.store, now());
    return c.html(page(options.title, statusOf(progress, options.participantUrl)));
  });
  app.get("/api/progress", async (c) => c.json(await progressOf(options.database, options.store, now())));
  app.post("/backup", async (c) => {
    const path = await options.backUp();
    return c.html(
      page(options.title, `<p role="status">Backed up to ${escape(path)}.</p><p><a href="/">Back</a></p>`),
    );
  });
  app.post("/check", async (c) => {
    const damage = await findDamage(options.database);
    const text =
      damage.length === 0
        ? "The database is whole: every answer is the one that was given."
        : damage.join("; ");
    return c.html(page(options.title, `<p role="status">${escape(text)}</p><p><a href="/">Back</a></p>`));
  });
  return app;
}

const isOperator = (c: Context, token: string): boolean =>
  same(getCookie(c, COOKIE) ?? (c.req.header("authorization") ?? "").replace(/^Bearer /, ""), token);

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const LOGIN = `<form method="post" action="/login"><label>Operator's token <input name="token" type="password" autocomplete="off" required></label>
<button>Open</button></form>`;

function statusOf(p: StudyProgress, participantUrl: string): string {
  const cells = p.cells.map((n, cell) => `<tr><th scope="row">${cell + 1}</th><td>${n}</td></tr>`).join("");
  return `<p>Listeners begin at <a href="${escape(participantUrl)}">${escape(participantUrl)}</a></p>
<dl><dt>Began</dt><dd>${p.began}</dd><dt>Finished</dt><dd>${p.finished}</dd><dt>Withdrew</dt><dd>${p.withdrawn}</dd>
<dt>Answers</dt><dd>${p.answers}</dd><dt>Frozen</dt><dd>${p.frozen ? "yes" : "no"}</dd></dl>
<form method="post" action="/backup"><button>Back up now</button></form>
<form method="post" action="/check"><button>Check the database</button></form>
<h2>Listeners in each cell of the design</h2><table><thead><tr><th scope="col">Cell</th><th scope="col">Listeners</th></tr></thead><tbody>${cells}</tbody></table>
<p>What was answered is not shown before the study is frozen.</p>`;
}

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · operator</title></head><body><main><h1>${escape(title)}</h1>${body}</main></body></html>`;
