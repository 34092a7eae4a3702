import { expect, it } from "vitest";
import { scoreFromMessage, scoreMessage } from "../../src/bag/score-message.ts";
import { forHumanHand } from "../../src/bowing/left-hand.ts";
import { lockNotes } from "../../src/score/note-locks.ts";
import { document, note, read } from "../score/musicxml/document.ts";

it("keeps double stops, hairpins, locks and a left hand's strings through the message of a score", () => {
  const hairpin = (type: string): string =>
    `<direction><direction-type><wedge type="${type}"/></direction-type></direction>`;
  const score = read(
    document(
      hairpin("crescendo") + note("D3", 4) + note("A3", 4, "", true) + hairpin("stop") + note("E3", 4),
    ),
  );
  expect(score.notes[0]).toMatchObject({ lowerMidi: 50, swell: { fromLevel: 3, toLevel: 4 } });
  expect(scoreFromMessage(scoreMessage(score, 0n))).toEqual(score);
  const swell = { fromLevel: 1, toLevel: 1, turns: [{ share: 0.5, level: 4 }] };
  const swelling = { ...score, notes: score.notes.map((one) => ({ ...one, swell })) };
  expect(scoreFromMessage(scoreMessage(swelling, 0n))).toEqual(swelling);
  const locked = lockNotes(score, "1.1: { forceN: 0.8, bow: up }");
  expect(scoreFromMessage(scoreMessage(locked, 0n))).toEqual(locked);
  const { score: fingered } = forHumanHand(score);
  expect(scoreFromMessage(scoreMessage(fingered, 0n))).toEqual(fingered);
});
