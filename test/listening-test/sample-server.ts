import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { provenanceOf } from "../../src/provenance.ts";
import { encodeWav } from "../../src/sound/wav.ts";
import type { OpenStudy, StudyRules } from "../../src/listening-test/server/open-study.ts";
import { sampleIdentity } from "./sample-study.ts";

const consent = (language: string) => {
  const paragraphs = [`You take part of your own free will (${language}).`, "Nothing about you is stored."];
  return { version: "1", sha256: provenanceOf(paragraphs).sha256, paragraphs };
};

/** The sample study with recordings of `durationS` that all hold the same quiet tone. */
export function sampleStudy(
  rules: Partial<StudyRules> = {},
  durationS = 1,
  identity = sampleIdentity(),
): OpenStudy {
  const tone = Float32Array.from({ length: durationS * 8000 }, (_, i) => 0.1 * Math.sin(i * 0.3));
  const bytes = encodeWav({ sampleRateHz: 8000, channels: [tone] });
  const stimuli = identity.manifest.stimuli.map((s) => ({ ...s, durationS, bytes: bytes.length }));
  return {
    ...identity,
    manifest: { ...identity.manifest, stimuli },
    title: "Who bows?",
    rules: {
      minimumAge: 18,
      headphones: "off",
      baseRate: "stated",
      playedShare: 0.9,
      minutes: 10,
      loudnessLufs: -23,
      ...rules,
    },
    consent: new Map(["en", "de"].map((l) => [l, consent(l)])),
    texts: new Map(
      ["en", "de"].map((l) => [
        l,
        parse(readFileSync(`data/listening/messages/${l}.yaml`, "utf8")) as unknown,
      ]),
    ),
    recordings: new Map(stimuli.map((s) => [s.id, bytes])),
  };
}
