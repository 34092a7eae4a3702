import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { CellistError } from "../../errors.ts";
import type { Manifest } from "../design/manifest.ts";
import { planTrials } from "../design/trial-plan.ts";
import type { Consent, OpenStudy } from "../server/open-study.ts";
import { sha256Of, type SessionFolder } from "./session-folder.ts";

const DATA = fileURLToPath(new URL("../../../data/listening/", import.meta.url));

/** The stimuli of a session as listed when they were made. @throws CellistError `session-state`, `session-invalid` */
export function loadManifest(session: SessionFolder): Manifest {
  const { stimuli } = session.state;
  if (stimuli === undefined)
    throw new CellistError("session-state", "there are no stimuli yet; `cellist session stimuli` makes them");
  const bytes = session.read({ path: "stimuli/manifest.json", sha256: stimuli.manifestSha256 });
  return JSON.parse(new TextDecoder().decode(bytes)) as Manifest;
}

/**
 * A session as the test's server needs it, every recording checked against its hash.
 *
 * @throws CellistError `session-state`, `session-invalid`
 */
export function loadStudy(session: SessionFolder): OpenStudy {
  const { protocol, state } = session;
  const manifest = loadManifest(session);
  const { test } = protocol;
  const recordings = new Map(
    manifest.stimuli.map((s) => [s.id, session.read({ path: `stimuli/${s.id}.wav`, sha256: s.sha256 })]),
  );
  const study = {
    name: protocol.title,
    title: protocol.title,
    protocolSha256: state.protocolSha256,
    manifestSha256: state.stimuli!.manifestSha256,
    manifest,
    blocks: test.blocks,
    seed: Number.parseInt(state.stimuli!.manifestSha256.slice(0, 7), 16),
  };
  return {
    ...study,
    rules: {
      minimumAge: test.minimumAge,
      headphones: test.headphones,
      baseRate: test.baseRate,
      playedShare: test.playedShare,
      loudnessLufs: protocol.stimuli.loudnessLufs,
      minutes: expectedMinutes(study),
    },
    consent: new Map(test.languages.map((l) => [l, consentOf(session, l)])),
    texts: new Map(test.languages.map((l) => [l, textsOf(session, l)])),
    recordings,
  };
}

/** Listening twice to half of it, ten seconds a question, four minutes for all before. */
function expectedMinutes(study: Pick<OpenStudy, "manifest" | "blocks" | "seed">): number {
  const duration = new Map(study.manifest.stimuli.map((s) => [s.id, s.durationS]));
  const trials = planTrials(study, 0, 1);
  const seconds = trials.reduce(
    (sum, t) => sum + 10 + 1.5 * t.slots.reduce((s, id) => s + duration.get(id)!, 0),
    240,
  );
  return Math.ceil(seconds / 60);
}

/** The lab's own `messages.de.yaml` in the session's folder, or the shipped one. */
function textsOf(session: SessionFolder, language: string): unknown {
  const own = session.at(`messages.${language}.yaml`);
  const shipped = `${DATA}messages/${language}.yaml`;
  const path = existsSync(own) ? own : shipped;
  if (!existsSync(path))
    throw new CellistError(
      "session-invalid",
      `there are no texts in language "${language}"; write ${own}, with the keys of data/listening/messages/en.yaml`,
    );
  return parse(readFileSync(path, "utf8"));
}

function consentOf(session: SessionFolder, language: string): Consent {
  const path = session.at(`consent.${language}.txt`);
  if (!existsSync(path))
    throw new CellistError("session-invalid", `${path} is missing: write what listeners agree to`);
  const { protocol } = session;
  const fields: Record<string, string> = {
    title: protocol.title,
    institution: protocol.institution,
    contact: protocol.contact,
    retention: protocol.retention,
    ethicsApproval: protocol.ethicsApproval,
  };
  const paragraphs = readFileSync(path, "utf8")
    .trim()
    .split(/\n\s*\n/)
    .map((p) =>
      p.replaceAll(/\s+/g, " ").replaceAll(/\{(\w+)\}/g, (whole, name: string) => fields[name] ?? whole),
    );
  return { version: protocol.test.consentVersion, paragraphs, sha256: sha256Of(paragraphs.join("\n")) };
}
