import { ConnectionError, RtdeError, type RtdeErrorCode } from "../connection/errors.ts";
import { sleep } from "../connection/sleep.ts";
import { RtdeClient } from "./rtde-client.ts";
import { type RobotStreams } from "../robot/robot-streams.ts";
import { type RtdeClientOptions } from "./rtde-client-options.ts";

/** What a supervised connection is doing. */
export type SupervisionState =
  | { readonly state: "connecting"; readonly attempt: number }
  | { readonly state: "up"; readonly client: RtdeClient }
  | { readonly state: "waiting"; readonly reason: Error; readonly waitMs: number };

/** How a connection is kept. */
export interface SupervisionOptions extends Backoff, RtdeClientOptions {
  /** `robotAt(host)`, or streams of another kind. */
  readonly robot: RobotStreams;
  /** Run on every new connection: negotiate, agree on recipes, start. */
  readonly setup: (client: RtdeClient) => Promise<void>;
  /** Ends the supervision and closes the connection. */
  readonly signal: AbortSignal;
  /** Told every change of state. */
  readonly onState?: (state: SupervisionState) => void;
}

/** How a lost connection is made again. */
export interface Backoff {
  /** First wait after a loss [ms], default 200; doubled after each failure up to `maxWaitMs`. */
  readonly firstWaitMs?: number | undefined;
  /** Default 5000 [ms]. */
  readonly maxWaitMs?: number | undefined;
}

/** Refusals that the next attempt would meet again. IN_USE passes: a lost connection may still hold inputs. */
const lasting: ReadonlySet<RtdeErrorCode> = new Set([
  "VERSION_REFUSED",
  "NOT_FOUND",
  "TYPE_MISMATCH",
  "BAD_VALUE",
] as const);

/**
 * Keeps a connection up: connects, sets it up, and does so again with growing waits whenever it is lost.
 *
 * @returns resolves when `signal` fires; rejects with a refusal that trying again cannot change
 */
export async function superviseRtde(options: SupervisionOptions): Promise<void> {
  const { signal, onState, firstWaitMs = 200, maxWaitMs = 5000 } = options;
  let waitMs = firstWaitMs;
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    onState?.({ state: "connecting", attempt });
    const { reason, wasUp } = await oneConnection(options);
    if (signal.aborted) return;
    if (reason instanceof RtdeError && lasting.has(reason.code)) throw reason;
    if (wasUp) {
      attempt = 0;
      waitMs = firstWaitMs;
    }
    onState?.({ state: "waiting", reason, waitMs });
    await sleep(waitMs, signal);
    waitMs = Math.min(waitMs * 2, maxWaitMs);
  }
}

async function oneConnection(options: SupervisionOptions): Promise<{ reason: Error; wasUp: boolean }> {
  const { setup, robot, onState, silenceMs = robot.silenceMs, timeoutMs, signal } = options;
  let client: RtdeClient | undefined;
  let wasUp = false;
  const abort = () => client?.close();
  signal.addEventListener("abort", abort, { once: true });
  try {
    client = new RtdeClient(await robot.rtde({ timeoutMs, signal }), { timeoutMs, silenceMs });
    signal.throwIfAborted();
    const lost = closing(client);
    await setup(client);
    wasUp = true;
    onState?.({ state: "up", client });
    const reason =
      (await lost) ?? new ConnectionError("CLOSED", "The RTDE connection was closed on this side.");
    return { reason, wasUp };
  } catch (error) {
    client?.close();
    return { reason: error instanceof Error ? error : new Error(String(error)), wasUp };
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function closing(client: RtdeClient): Promise<Error | undefined> {
  return new Promise((resolve) => client.onClosed(resolve));
}
