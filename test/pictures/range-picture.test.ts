import { expect, it } from "vitest";
import { rangePicture } from "../../src/pictures/range-picture.ts";
import { document, note, read } from "../score/musicxml/document.ts";

it("shows every note of a piece, and in red those that the cello does not have", () => {
  // B1 lies below the open C, C6 above the end of the fingerboard
  const score = read(document(note("B1") + note("C2") + note("A5") + note("C6")), { anyPitch: true });
  const svg = rangePicture(score, "B1 at bar 1 beat 1 lies below C2 <the open C string>");
  expect(svg.match(/<rect class="red"/g)).toHaveLength(2);
  expect(svg.match(/<rect class="grey"/g)).toHaveLength(2);
  expect(svg).toContain("below C2 &lt;the open C string&gt;");
  for (const name of ["C2", "A5"]) expect(svg.split(`>${name}<`)).toHaveLength(2);
});
