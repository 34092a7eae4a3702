import { readFileSync } from "node:fs";
import { strToU8, zipSync } from "fflate";
import { expect, it } from "vitest";
import { formatOf, scoreText } from "../../../src/score/musicxml/score-text.ts";
import { readPiece } from "../../../src/score/piece.ts";
import { refusal } from "../refusal.ts";
import { document, note } from "./document.ts";

const XML = document(note("D3", 8));
const container = (path: string): string =>
  `<container><rootfiles><rootfile full-path="${path}" media-type="application/vnd.recordare.musicxml+xml"/></rootfiles></container>`;
const mxl = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
const good = mxl({
  "META-INF/container.xml": container("music/score.musicxml"),
  "music/score.musicxml": XML,
});

it("reads plain, compressed and UTF-16 files to the same score, by their bytes", () => {
  const utf16 = Buffer.from(`\ufeff${XML}`, "utf16le");
  const plain = readPiece(strToU8(XML), undefined);
  expect([formatOf(strToU8(XML)), formatOf(good), formatOf(utf16)]).toEqual(["musicxml", "mxl", "musicxml"]);
  expect(readPiece(good, undefined)).toEqual(plain);
  expect(readPiece(utf16, undefined)).toEqual(plain);
  expect(readPiece(strToU8(`\ufeff${XML}`), undefined)).toEqual(plain);
  expect(formatOf(readFileSync("data/pieces/twinkle.mid"))).toBe("midi");
});

it("refuses a zip that is damaged, or holds no score", () => {
  const bad = (bytes: Uint8Array): string => refusal("musicxml-invalid", () => scoreText(bytes));
  expect(bad(good.subarray(0, good.length - 30))).toContain("damaged zip");
  expect(bad(mxl({ "a.txt": "x" }))).toContain("holds no META-INF/container.xml");
  expect(bad(mxl({ "META-INF/container.xml": container("b.xml") }))).toContain(
    'its score is "b.xml", but holds no such',
  );
  expect(bad(mxl({ "META-INF/container.xml": "<container/>" }))).toContain("names no score");
  expect(bad(Uint8Array.of(0x3c, 0x61, 0xff, 0xfe))).toContain("not text in UTF-8");
});

it("refuses markings beside MusicXML, which has its own", () => {
  expect(refusal("markings-invalid", () => readPiece(strToU8(XML), "slurs: 1.1 - 1.2"))).toContain(
    "its own marks",
  );
});

it("never stops for another reason than a refusal, wherever a file is cut or changed", () => {
  const bytes = readFileSync("data/pieces/the-swan.musicxml");
  for (let at = 0; at < bytes.length; at += 97) {
    for (const broken of [bytes.subarray(0, at), Buffer.from(bytes).fill(0x39, at, at + 1)])
      try {
        readPiece(new Uint8Array(broken), undefined);
      } catch (error) {
        expect((error as Error).name, `byte ${at}`).toBe("CellistError");
      }
  }
});
