import type { Response } from "../../src/listening-test/design/method.ts";
import type { StudyIdentity, StudyStore } from "../../src/listening-test/store/study-store.ts";
import { sampleManifest } from "./sample-manifest.ts";

/** A yes/no study of eight items with two controls and two traps. */
export const sampleIdentity = (): StudyIdentity => ({
  name: "sample",
  protocolSha256: "a".repeat(64),
  manifestSha256: "b".repeat(64),
  manifest: sampleManifest(8),
  blocks: [{ method: "yes-no", controls: 2, traps: 2, repeats: 0 }],
  seed: 11,
});

export const ENROLMENT = {
  language: "en",
  mode: "kiosk",
  consentVersion: "1",
  consentSha256: "c".repeat(64),
};
export const HUMAN: Response = { method: "yes-no", says: "human", confidence: 3 };

/** Enrols a listener who answers so many trials. */
export async function listener(
  store: StudyStore,
  answers: number,
  nowMs = 1000,
): Promise<{ id: string; code: string; withdrawalCode: string }> {
  const codes = await store.enrol(ENROLMENT, nowMs);
  const { id } = (await store.participantByCode(codes.code))!;
  for (let position = 0; position < answers; position++)
    await store.answer(
      id,
      { position, answerId: `${id} ${position}`, response: HUMAN, playedMs: nowMs },
      nowMs + position,
    );
  return { id, ...codes };
}
