import { CellistError } from "../../errors.ts";

/** A MusicXML file that cannot be read: one sentence, saying where. */
export const badMusicXml = (sentence: string, cause?: unknown): CellistError =>
  new CellistError("musicxml-invalid", sentence, {}, cause);
