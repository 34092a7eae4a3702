import assert from "node:assert";
import { VerovioToolkit } from "verovio/esm";
import createVerovioModule from "verovio/wasm";

/** Loaded once: it is 7 MB of WebAssembly. */
let module: Promise<object> | undefined;

/** Page width in verovio's tenths of a millimetre at `SCALE_PERCENT`. */
const PAGE_WIDTH = 2400;
const SCALE_PERCENT = 45;
/** One page as long as the piece needs; verovio's largest. */
const LONGEST_PAGE = 60_000;

/** A score as a picture: the SVG of one page as long as the piece needs. Same text, same picture. */
export async function staffPicture(musicXml: string): Promise<string> {
  return await engraved(musicXml, (toolkit) => {
    const pages = toolkit.getPageCount();
    assert(pages === 1, `one page was asked for, verovio made ${pages}`);
    return toolkit.renderToSVG(1);
  });
}

/** The MIDI file that verovio makes of a score: another reader's opinion of it, for tests. */
export const midiByVerovio = (musicXml: string): Promise<Uint8Array> =>
  engraved(musicXml, (toolkit) => new Uint8Array(Buffer.from(toolkit.renderToMIDI(), "base64")));

async function engraved<T>(musicXml: string, make: (toolkit: VerovioToolkit) => T): Promise<T> {
  module ??= createVerovioModule();
  const toolkit = new VerovioToolkit(await module);
  try {
    toolkit.setOptions({
      pageWidth: PAGE_WIDTH,
      pageHeight: LONGEST_PAGE,
      adjustPageHeight: true,
      scale: SCALE_PERCENT,
      header: "auto",
      footer: "none",
      // ids are drawn by chance otherwise
      xmlIdSeed: 1,
      svgViewBox: true,
      svgAdditionalAttribute: [],
    });
    const isRead = toolkit.loadData(musicXml);
    assert(isRead, `verovio does not read our own MusicXML: ${toolkit.getLog()}`);
    return make(toolkit);
  } finally {
    toolkit.destroy();
  }
}
