import type { Response as Answer } from "../src/listening-test/design/method.ts";
import type { ParticipantState } from "../src/listening-test/server/asked-trial.ts";

export type State = ({ readonly stage: "welcome" } | ParticipantState) & { readonly language?: string };

export interface StudyInfo {
  readonly title: string;
  readonly mode: "kiosk" | "network";
  readonly languages: readonly { readonly code: string; readonly name: string }[];
  readonly minimumAge: number;
  readonly minutes: number;
  readonly baseRate: "stated" | "unstated";
}

export interface Reply<T> {
  readonly status: number;
  readonly body: T;
}

/** Asks the server; a server that does not answer is asked again until it does. */
export async function ask<T>(
  path: string,
  body?: unknown,
  onLost: (lost: boolean) => void = () => undefined,
): Promise<Reply<T>> {
  for (let waitMs = 500; ; waitMs = Math.min(8000, waitMs * 2)) {
    try {
      const reply = await fetch(
        path,
        body === undefined
          ? {}
          : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
      );
      if (reply.status < 500) {
        onLost(false);
        return { status: reply.status, body: (await reply.json()) as T };
      }
    } catch {
      // no connection: told below, tried again
    }
    onLost(true);
    await sleep(waitMs);
  }
}

/** Bytes of a recording; tried again while there is no connection. */
export async function fetchRecording(path: string): Promise<ArrayBuffer> {
  for (let waitMs = 500; ; waitMs = Math.min(8000, waitMs * 2)) {
    try {
      const reply = await fetch(path);
      if (reply.ok) return await reply.arrayBuffer();
      if (reply.status < 500) throw new RecordingRefused();
    } catch (error) {
      if (error instanceof RecordingRefused) throw error;
    }
    await sleep(waitMs);
  }
}

/** The server no longer gives this recording: the test has moved on, in another window. */
export class RecordingRefused extends Error {}

/** An answer on its way. It stays on the device until the server has it on its disk. */
export interface PendingAnswer {
  readonly position: number;
  readonly answerId: string;
  readonly response: Answer;
  /** When each slot was first started, before now [ms]; told again in case the server never heard. */
  readonly slots: number;
}

const PENDING = "listening-test-answer";

export const keepPending = (answer: PendingAnswer): void =>
  localStorage.setItem(PENDING, JSON.stringify(answer));

export function pendingAnswer(): PendingAnswer | undefined {
  const kept = localStorage.getItem(PENDING);
  return kept === null ? undefined : (JSON.parse(kept) as PendingAnswer);
}

export const forgetPending = (): void => localStorage.removeItem(PENDING);

export const newAnswerId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

/**
 * Sends the kept answer until it is taken or refused.
 *
 * @returns "taken", or why not
 */
export async function sendPending(
  onLost: (lost: boolean) => void,
): Promise<"taken" | "other-tab" | "refused"> {
  const answer = pendingAnswer();
  if (answer === undefined) return "taken";
  const { slots, ...sent } = answer;
  for (;;) {
    const reply = await ask<{ error?: string; waitMs?: number }>("/api/answer", sent, onLost);
    if (reply.status === 425) {
      // The server may have missed that the recordings were started while there was no connection.
      for (let slot = 0; slot < slots; slot++)
        await ask("/api/event", { kind: "play", position: answer.position, slot }, onLost);
      await sleep(Math.min(60_000, reply.body.waitMs ?? 1000));
      continue;
    }
    forgetPending();
    if (reply.status === 200) return "taken";
    return reply.status === 409 ? "other-tab" : "refused";
  }
}

export const sleep = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms));
