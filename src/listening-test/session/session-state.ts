import type { SessionEvent } from "./session-event.ts";
import { piecesOf, type Protocol } from "./protocol.ts";

type Recorded = Extract<SessionEvent, { kind: "take-recorded" }>;

export interface Take {
  readonly id: string;
  readonly performer: string;
  readonly piece: string;
  readonly number: number;
  /** "lost": begun and never finished, as when the machine stopped. */
  readonly status: "lost" | "undecided" | "kept" | "rejected";
  readonly reason?: string;
  readonly recorded?: Recorded;
}

/** Where a session stands: nothing but what its journal says. */
export interface SessionState {
  readonly protocolSha256: string;
  readonly protocolChanges: number;
  readonly takes: readonly Take[];
  readonly notes: readonly { readonly text: string; readonly take?: string }[];
  readonly stimuli?: Extract<SessionEvent, { kind: "stimuli-made" }>;
  readonly planSha256?: string;
  readonly frozen?: Extract<SessionEvent, { kind: "frozen" }>;
  readonly keyOpened: boolean;
}

export const EMPTY: SessionState = {
  protocolSha256: "",
  protocolChanges: 0,
  takes: [],
  notes: [],
  keyOpened: false,
};

export function afterEvent(state: SessionState, event: SessionEvent): SessionState {
  switch (event.kind) {
    case "session-begun":
      return { ...state, protocolSha256: event.protocolSha256 };
    case "protocol-changed":
      return { ...state, protocolSha256: event.protocolSha256, protocolChanges: state.protocolChanges + 1 };
    case "take-started": {
      const { take: id, performer, piece, number } = event;
      return { ...state, takes: [...state.takes, { id, performer, piece, number, status: "lost" }] };
    }
    case "take-recorded":
      return withTake(state, event.take, { status: "undecided", recorded: event });
    case "take-kept":
      return withTake(state, event.take, { status: "kept" });
    case "take-rejected":
      return withTake(state, event.take, { status: "rejected", reason: event.reason });
    case "note":
      return { ...state, notes: [...state.notes, event] };
    case "stimuli-made":
      return { ...state, stimuli: event };
    case "plan-locked":
      return { ...state, planSha256: event.planSha256 };
    case "frozen":
      return { ...state, frozen: event };
    case "key-opened":
      return { ...state, keyOpened: true };
    case "test-opened":
    case "reported":
      return state;
  }
}

function withTake(state: SessionState, id: string, change: Partial<Take>): SessionState {
  return { ...state, takes: state.takes.map((take) => (take.id === id ? { ...take, ...change } : take)) };
}

/** The take that the declared rule picks for a performer and piece; undefined where none was kept. */
export function selectedTake(
  { takes }: SessionState,
  rule: Protocol["takeSelection"],
  of: { readonly performer: string; readonly piece: string },
): Take | undefined {
  const kept = takes.filter(
    (t) => t.status === "kept" && t.performer === of.performer && t.piece === of.piece,
  );
  return rule === "first-kept" ? kept[0] : kept.at(-1);
}

/** Takes that the protocol asks for and that are not recorded yet, in the order they are best recorded in. */
export function missingTakes(
  state: SessionState,
  protocol: Protocol,
): readonly { readonly performer: string; readonly piece: string; readonly number: number }[] {
  return protocol.performers.flatMap((performer) =>
    piecesOf(protocol).flatMap((piece) => {
      const done = state.takes.filter(
        (t) => t.performer === performer.id && t.piece === piece && t.status !== "lost",
      ).length;
      // A machine plays the same every time; a simulated one too, from one seed.
      const wanted = performer.kind === "human" && !performer.simulated ? protocol.takes : 1;
      const begun = state.takes.filter((t) => t.performer === performer.id && t.piece === piece).length;
      return Array.from({ length: Math.max(0, wanted - done) }, (_, i) => ({
        performer: performer.id,
        piece,
        number: begun + i + 1,
      }));
    }),
  );
}
