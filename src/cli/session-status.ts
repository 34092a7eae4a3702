import { existsSync } from "node:fs";
import type { SessionFolder } from "../listening-test/session/session-folder.ts";
import { missingTakes, selectedTake } from "../listening-test/session/session-state.ts";
import { piecesOf } from "../listening-test/session/protocol.ts";

/** Where a session stands, for a person. */
export function statusLines(session: SessionFolder): readonly string[] {
  const { protocol, state } = session;
  const lines = [
    `${protocol.title}: ${protocol.items.length} excerpts, ${protocol.performers.length} performers`,
  ];
  for (const take of state.takes) {
    const status = take.status === "lost" ? lostTake(session, take.id) : take.status;
    lines.push(`  ${take.id.padEnd(36)} ${status}${take.reason ? `: ${take.reason}` : ""}`);
  }
  for (const note of state.notes) lines.push(`  note${note.take ? ` on ${note.take}` : ""}: ${note.text}`);
  if (state.protocolChanges > 0)
    lines.push(`the protocol was changed ${times(state.protocolChanges)} since it was begun`);
  const missing = missingTakes(state, protocol);
  if (state.stimuli === undefined && missing.length > 0)
    lines.push(`missing: ${missing.map((m) => `${m.piece} by ${m.performer}`).join(", ")}`);
  lines.push(`next: ${nextStep(session)}`);
  return lines;
}

function nextStep(session: SessionFolder): string {
  const { protocol, state, path } = session;
  if (state.frozen) return `cellist session report ${path} --escrow-code …`;
  if (state.stimuli && existsSync(session.at("study.sqlite")))
    return `cellist session serve ${path}, or cellist session freeze ${path} when all have answered`;
  if (state.stimuli) return `cellist session plan ${path} --lock, then cellist session serve ${path}`;
  const complete = protocol.performers.every((performer) =>
    piecesOf(protocol).every(
      (piece) =>
        selectedTake(state, protocol.takeSelection, { performer: performer.id, piece }) !== undefined,
    ),
  );
  return complete ? `cellist session stimuli ${path}` : `cellist session record ${path} --all`;
}

/** What was recorded of a take that was never finished is still there. */
function lostTake(session: SessionFolder, id: string): string {
  const aside = `takes/${id}.recording.wav`;
  return existsSync(session.at(aside))
    ? `begun, never finished; its sound is in ${aside}: cellist session import takes it in`
    : "begun, never finished";
}

const times = (n: number): string => (n === 1 ? "once" : `${n} times`);
