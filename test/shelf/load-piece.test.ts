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
  }
});

it("names the file that is refused", async () => {
  await expect(loadPiece("data/pieces/README.md")).rejects.toThrow("data/pieces/README.md: not a");
});
