import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { measureLoudness } from "../../../src/sound/loudness.ts";
import { truePeakDbtp } from "../../../src/sound/true-peak.ts";
import { decodeWav, encodeWav } from "../../../src/sound/wav.ts";
import { loadManifest, loadStudy } from "../../../src/listening-test/session/load-study.ts";
import { makeStimuli, stimuliThatDiffer } from "../../../src/listening-test/session/make-stimuli.ts";
import { parseProtocol } from "../../../src/listening-test/session/protocol.ts";
import { beginTake, takeFromWav } from "../../../src/listening-test/session/record-take.ts";
import { recordSound } from "../../../src/listening-test/session/sound-recorder.ts";
import { openKey } from "../../../src/listening-test/session/report-study.ts";
import { SessionFolder } from "../../../src/listening-test/session/session-folder.ts";
import { missingTakes, selectedTake } from "../../../src/listening-test/session/session-state.ts";
import { qualityFaults, takeQuality } from "../../../src/listening-test/session/take-quality.ts";
import { EXAMPLE, newSession, recordEverything, scoreOf, small } from "./sample-session.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-session-"));
afterAll(() => rmSync(folder, { recursive: true }));
let fresh = 0;
const place = (): string => join(folder, String(fresh++));
const tone = encodeWav({
  sampleRateHz: 8000,
  channels: [Float32Array.from({ length: 16000 }, (_, i) => 0.2 * Math.sin(i * 0.2))],
});

describe("a protocol", () => {
  it.each([
    ["title: Who bows?", "title: 5", /session\.yaml: title: /],
    ["margin: 0.1", "margin: 0.9", /analysis\.margin/],
    ["takes: 2", "takes: 2\nwings: 2", /Unrecognized key: "wings"/],
    ["bars: [1, 4]", "bars: [4, 1]", /the first bar comes first/],
    ["traps: 2 }", "traps: 7 }", /test\.blocks\.0\.traps: 7 are asked for, stimuli\.traps makes 2/],
    ["  - { id: robot, kind: robot }\n", "", /a robot is needed/],
    [/simulated:\s*\{[^}]*\},?/, "", /performers\.standin\.consent: say which form/],
    ["institution:", "\tinstitution:", /it is no YAML/],
  ])("is refused in one sentence: %s", (from, to, why) => {
    const text = EXAMPLE.replace(from, to);
    expect(text).not.toBe(EXAMPLE);
    expect(() => parseProtocol(text, "session.yaml")).toThrow(why);
  });
});

describe("a journal", () => {
  it("keeps what was noted, and takes off the line that a crash cut short", () => {
    const session = newSession(place());
    session.note({ kind: "note", text: "warm room" });
    const path = session.at("journal.jsonl");
    const whole = readFileSync(path, "utf8");
    appendFileSync(path, '{"kind":"note","te');
    expect(SessionFolder.open(session.path).state.notes).toEqual([
      expect.objectContaining({ text: "warm room" }),
    ]);
    expect(readFileSync(path, "utf8")).toBe(whole);
  });

  it("shows a line that was changed or taken out", () => {
    for (const change of [
      (lines: string[]) => lines.map((l) => l.replace("warm", "cold")),
      (lines: string[]) => lines.filter((l) => !l.includes("warm")),
    ]) {
      const session = newSession(place());
      for (const text of ["warm room", "new strings"]) session.note({ kind: "note", text });
      const path = session.at("journal.jsonl");
      writeFileSync(path, `${change(readFileSync(path, "utf8").trim().split("\n")).join("\n")}\n`);
      expect(() => SessionFolder.open(session.path)).toThrow(/line 2 was changed, or one before it is gone/);
    }
  });

  it("notes a changed protocol, and refuses one after the plan was locked", () => {
    const session = newSession(place());
    const change = (): void =>
      writeFileSync(
        session.at("session.yaml"),
        readFileSync(session.at("session.yaml"), "utf8").replace("bows?", "bows??"),
      );
    change();
    const reopened = SessionFolder.open(session.path);
    expect(reopened.state.protocolChanges).toBe(1);
    reopened.note({ kind: "plan-locked", planSha256: "x" });
    change();
    expect(() => SessionFolder.open(session.path)).toThrow(/changed after the plan was locked/);
  });
});

describe("a take", () => {
  it("lies unchanged and read-only, and one that was altered is refused", () => {
    const session = newSession(place());
    const take = beginTake(session, "standin", "twinkle");
    const { recorded } = takeFromWav(session, take, tone, { score: scoreOf("twinkle"), source: "imported" });
    const path = session.at(recorded!.audio.path);
    expect(readFileSync(path).equals(Buffer.from(tone))).toBe(true);
    expect(statSync(path).mode & 0o222).toBe(0);
    chmodSync(path, 0o644);
    writeFileSync(
      path,
      tone.map((b, i) => (i === 400 ? b ^ 1 : b)),
    );
    expect(() => session.read(recorded!.audio)).toThrow(/is not the file that was recorded/);
  });

  it("that was begun and never finished is seen, and asked for again under another number", () => {
    const session = newSession(place());
    beginTake(session, "robot", "twinkle");
    const again = SessionFolder.open(session.path);
    expect(again.state.takes[0]!.status).toBe("lost");
    expect(missingTakes(again.state, again.protocol)[0]).toEqual({
      performer: "robot",
      piece: "twinkle",
      number: 2,
    });
    expect(beginTake(again, "robot", "twinkle").id).toBe("twinkle-robot-2");
  });

  it("is picked by the declared rule among those that were kept", () => {
    const session = newSession(place());
    const of = { performer: "standin", piece: "twinkle" };
    for (let n = 0; n < 3; n++) {
      const take = beginTake(session, of.performer, of.piece);
      takeFromWav(session, take, tone, { score: scoreOf("twinkle"), source: "imported" });
      session.note(
        n === 0
          ? { kind: "take-rejected", take: take.id, reason: "door" }
          : { kind: "take-kept", take: take.id },
      );
    }
    expect(selectedTake(session.state, "first-kept", of)!.number).toBe(2);
    expect(selectedTake(session.state, "last-kept", of)!.number).toBe(3);
  });

  it("is judged: clipping, silence, hum and offset are said", () => {
    const quality = (samples: Float32Array) =>
      qualityFaults(takeQuality({ sampleRateHz: 8000, channels: [samples] }));
    const music = (f: (x: number, i: number) => number): Float32Array =>
      Float32Array.from({ length: 16000 }, (_, i) => f(i < 2000 ? 0 : 0.3 * Math.sin(i * 0.3), i));
    expect(quality(music((x) => x))).toEqual([]);
    expect(quality(music((x) => Math.max(-1, Math.min(1, 5 * x)))).join()).toMatch(/full scale/);
    expect(quality(music((x) => x / 1000)).join()).toMatch(/nearly silent/);
    expect(quality(music((x, i) => x + 0.1 * Math.sin(i))).join()).toMatch(/noise floor/);
    expect(quality(music((x) => x + 0.05)).join()).toMatch(/offset/);
  });
});

describe("a sound card's recorder", () => {
  it("records until it is stopped, or says why it cannot", async () => {
    const file = join(folder, "recorded.wav");
    const script = join(folder, "recorder.mjs");
    writeFileSync(
      script,
      `import { writeFileSync } from "node:fs"; process.on("SIGINT", () => { writeFileSync(process.argv[2], "sound"); process.exit(0); }); setInterval(() => {}, 1000); writeFileSync(process.argv[2] + ".begun", "");`,
    );
    const recorder = recordSound(`${process.execPath} ${script} {file}`, file);
    while (!existsSync(`${file}.begun`)) await new Promise((wake) => setTimeout(wake, 50));
    expect(Buffer.from(await recorder.stop()).toString()).toBe("sound");
    expect(await recordSound("no-such-recorder {file}", file).failed).toMatch(
      /"no-such-recorder" is not installed/,
    );
    expect(await recordSound(`${process.execPath} -e process.exit(3)`, file).failed).toMatch(
      /stopped by itself \(exit 3\)/,
    );
  });
});

describe("stimuli", () => {
  const session = newSession(place(), small);
  recordEverything(session);
  const made = makeStimuli(session, scoreOf);
  const sounds = made.manifest.stimuli.map((s) => ({
    ...s,
    sound: decodeWav(readFileSync(session.at(`stimuli/${s.id}.wav`))),
  }));

  it("are equally loud within 0.5 LU, with true peaks of −1 dBTP at most, at one rate", () => {
    for (const { sound } of sounds) {
      const { integratedLufs } = measureLoudness(sound.channels, sound.sampleRateHz);
      expect(Math.abs(integratedLufs - made.loudnessLufs)).toBeLessThan(0.5);
      expect(truePeakDbtp(sound.channels[0]!)).toBeLessThanOrEqual(-1);
      expect(sound.sampleRateHz).toBe(24000);
    }
  });

  it("of one excerpt have the same size to the byte, no offset, and nothing but a plain header", () => {
    for (const item of made.manifest.items) {
      const sizes = new Set(sounds.filter((s) => s.item === item).map((s) => s.bytes));
      expect(sizes.size).toBe(1);
    }
    for (const { id, sound } of sounds) {
      const mean = sound.channels[0]!.reduce((sum, v) => sum + v, 0) / sound.channels[0]!.length;
      expect(Math.abs(mean)).toBeLessThan(1e-4);
      const bytes = readFileSync(session.at(`stimuli/${id}.wav`));
      expect(bytes.subarray(36, 40).toString()).toBe("data");
      expect(44 + bytes.readUInt32LE(40)).toBeGreaterThanOrEqual(bytes.length - 1);
    }
  });

  it("are listed in order of random ids, with labels that do not name the performer", () => {
    const ids = made.manifest.stimuli.map((s) => s.id);
    expect(ids).toEqual([...ids].sort());
    const text = JSON.stringify(made.manifest);
    for (const word of ["robot", "standin", "machine", "human"]) expect(text).not.toContain(word);
  });

  it("have a key that stays sealed until the freeze, and opens with the right code alone", () => {
    expect(() => openKey(session, made.escrowCode)).toThrow(/stays sealed until no more answers can come/);
    session.note({ kind: "frozen", answersSha256: "x" });
    expect(() => openKey(session, "AAAA-AAAA-AAAA")).toThrow(/does not open the key/);
    const key = openKey(session, made.escrowCode);
    expect(key.stimuli).toHaveLength(made.manifest.stimuli.length);
    expect(Object.values(key.labels).sort()).toEqual(["robot", "standin"]);
    // Every stimulus again from its raw take and recipe, to the byte.
    expect(stimuliThatDiffer(session, made.manifest, key)).toEqual([]);
    const wrong = key.stimuli.map((s, i) =>
      i > 0 ? s : { ...s, recipe: { ...s.recipe, steps: s.recipe.steps.slice(1, -1) } },
    );
    expect(stimuliThatDiffer(session, made.manifest, { ...key, stimuli: wrong })).toEqual([
      key.stimuli[0]!.id,
    ]);
  });

  it("are made once, and make a study that a server can open", () => {
    expect(() => makeStimuli(session, scoreOf)).toThrow(/made already/);
    const study = loadStudy(session);
    expect(study.recordings.size).toBe(made.manifest.stimuli.length);
    expect(study.consent.get("de")!.paragraphs.join(" ")).toContain("a lab that tries this program");
    expect(loadManifest(session)).toEqual(made.manifest);
  });

  it("go all through the protocol's codec, and can be made again from their recipes", () => {
    const coded = newSession(place(), (yaml) =>
      small(yaml).replace("stimuli:\n", "stimuli:\n  codec: { opusKbps: 32 }\n"),
    );
    recordEverything(coded);
    const { manifest, escrowCode } = makeStimuli(coded, scoreOf);
    coded.note({ kind: "frozen", answersSha256: "x" });
    const key = openKey(coded, escrowCode);
    for (const { recipe } of key.stimuli)
      expect(recipe.steps).toContainEqual({ do: "codec", codec: "opus", kbps: 32 });
    const some = { ...key, stimuli: key.stimuli.slice(0, 2) };
    expect(stimuliThatDiffer(coded, manifest, some)).toEqual([]);
  });

  it("need every take that the protocol asks for", () => {
    expect(() => makeStimuli(newSession(place(), small), scoreOf)).toThrow(
      /no take of twinkle by .* was kept/,
    );
  });
});
