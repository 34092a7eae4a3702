import { FLACDecoder } from "@wasm-audio-decoders/flac";
import { CellistError } from "../errors.ts";
import { decodeWav, type Recording } from "../sound/wav.ts";

/** A recording from the bytes of a WAV or FLAC file, told apart by how they begin. @throws CellistError `wav-invalid`, `flac-invalid` */
export async function readRecording(bytes: Uint8Array): Promise<Recording> {
  const begins = String.fromCharCode(...bytes.subarray(0, 4));
  const recording = begins === "fLaC" ? await decodeFlac(bytes) : decodeWav(bytes);
  if ((recording.channels[0]?.length ?? 0) === 0)
    throw new CellistError("wav-invalid", "the recording holds no sound");
  return recording;
}

async function decodeFlac(bytes: Uint8Array): Promise<Recording> {
  const decoder = new FLACDecoder();
  try {
    await decoder.ready;
    const { channelData, sampleRate, samplesDecoded, errors } = await decoder.decodeFile(bytes);
    const [error] = errors;
    if (error || samplesDecoded === 0)
      throw new CellistError(
        "flac-invalid",
        `the FLAC file is broken: ${error?.message ?? "no frame can be decoded"}; ${samplesDecoded} samples were read`,
      );
    return { sampleRateHz: sampleRate, channels: channelData };
  } finally {
    decoder.free();
  }
}
