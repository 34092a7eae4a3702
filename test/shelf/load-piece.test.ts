import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadPiece, shippedPieces } from "../../src/shelf/load-piece.ts";

it("knows the piece that a misspelt name was meant to be", async () => {
  await expect(loadPiece("twinkel")).rejects.toThrow('there is no piece "twinkel"; did you mean twinkle?');
  await expect(loadPiece("bach")).rejects.toThrow("did you mean bach-minuet or bach-suite-1-prelude?");
  await expect(loadPiece("xylophone")).rejects.toThrow("`cellist pieces` lists the shipped ones");
});

it("reads a shipped piece from either of its files, with the same title, source and licence", async () => {
  for (const name of shippedPieces()) {
    const [xml, midi] = [await loadPiece(`data/pieces/${name}.musicxml`), await loadPiece(name)];
    expect([xml.score.title, xml.source, xml.licence]).toEqual([midi.score.title, midi.source, midi.licence]);
    expect(xml.score.notes).toEqual(midi.score.notes);
    expect(xml.score.ignored.join()).not.toContain("tempo");
  }
});

it("names the file that is refused", async () => {
  await expect(loadPiece("data/pieces/README.md")).rejects.toThrow("data/pieces/README.md: not a");
});

it("says what a file should be by its own name", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cellist-misnamed-"));
  const refusal = async (name: string, text: string): Promise<unknown> => {
    writeFileSync(join(folder, name), text);
    return loadPiece(join(folder, name)).catch((error: unknown) => (error as Error).message);
  };
  try {
    expect(await refusal("a.musicxml", "")).toContain(
      "a.musicxml: the file is empty (0 bytes); a MusicXML score is needed.",
    );
    expect(await refusal("a.mxl", "")).toContain(
      "the file is empty (0 bytes); a compressed MusicXML score is needed.",
    );
    expect(await refusal("a.mid", "")).toContain(
      "the file is empty (0 bytes); a Standard MIDI File is needed.",
    );
    expect(await refusal("b.xml", "hello")).toContain(
      'not a MusicXML file: it begins with "hell", where "<" must stand.',
    );
    expect(await refusal("b.mxl", "hello")).toContain(
      'not a compressed MusicXML file: it begins with "hell", where the "PK" of a zip must stand.',
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
