import type { Hono } from "hono";
import type { State } from "./state-shape.ts";

export interface Got<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** What a listener's browser does, without a browser: keeps its cookie and asks an app in process, or a real server. */
export class Visitor {
  #cookie = "";
  readonly #fetch: (path: string, init: RequestInit) => Promise<Response>;

  constructor(target: Hono | string) {
    this.#fetch =
      typeof target === "string"
        ? (path, init) => fetch(target + path, init)
        : (path, init) => Promise.resolve(target.request(path, init));
  }

  async get<T>(path: string): Promise<Got<T>> {
    return this.#got(await this.#fetch(path, { headers: this.#headers() }));
  }

  async bytes(path: string): Promise<Got<Uint8Array>> {
    const reply = await this.#fetch(path, { headers: this.#headers() });
    return { status: reply.status, body: new Uint8Array(await reply.arrayBuffer()), headers: reply.headers };
  }

  async post<T>(path: string, body: unknown): Promise<Got<T>> {
    const headers = { ...this.#headers(), "content-type": "application/json" };
    return this.#got(await this.#fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
  }

  async state(): Promise<State> {
    return (await this.get<State>("/api/state")).body;
  }

  /** Agrees in English and skips the questions about herself. */
  async enrol(): Promise<{ code: string; withdrawalCode: string }> {
    const { consent } = (await this.get<{ consent: { sha256: string } }>("/api/texts/en")).body;
    const enrolled = await this.post<{ code: string; withdrawalCode: string }>("/api/enrol", {
      language: "en",
      consentSha256: consent.sha256,
      ofAge: true,
    });
    await this.post("/api/background", {});
    return enrolled.body;
  }

  async play(position: number, slots = 1): Promise<void> {
    for (let slot = 0; slot < slots; slot++) await this.post("/api/event", { kind: "play", position, slot });
  }

  #headers(): Record<string, string> {
    return { "user-agent": "Recognisable/9.9", ...(this.#cookie && { cookie: this.#cookie }) };
  }

  async #got<T>(reply: Response): Promise<Got<T>> {
    const set = reply.headers.get("set-cookie");
    if (set !== null) this.#cookie = set.split(";")[0]!;
    const text = await reply.text();
    const isJson = (reply.headers.get("content-type") ?? "").includes("json");
    return { status: reply.status, body: (isJson ? JSON.parse(text) : text) as T, headers: reply.headers };
  }
}
