import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { CellistError } from "../../errors.ts";
import { newCode } from "../store/secret-code.ts";

/** A text that only its code opens. */
interface Sealed {
  readonly about: string;
  readonly salt: string;
  readonly nonce: string;
  readonly tag: string;
  readonly sealed: string;
}

/**
 * Seals a text (AES-256-GCM under a key stretched from a random code). The code is for somebody who does not run the
 * test; it is stored nowhere.
 */
export function seal(text: string): { readonly sealed: string; readonly code: string } {
  const code = newCode();
  const [salt, nonce] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv("aes-256-gcm", keyOf(code, salt), nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  const box: Sealed = {
    about:
      "The key of a blinded listening test. It opens with the escrow code, after the freeze: cellist session report --escrow-code",
    salt: salt.toString("base64"),
    nonce: nonce.toString("base64"),
    tag: cipher.getAuthTag().toString("base64"),
    sealed: sealed.toString("base64"),
  };
  return { sealed: `${JSON.stringify(box, undefined, 2)}\n`, code };
}

/** @throws CellistError `key-sealed` for a wrong code or a changed box */
export function unseal(sealed: string, code: string): string {
  try {
    const box = JSON.parse(sealed) as Sealed;
    const bytes = (text: string): Buffer => Buffer.from(text, "base64");
    const decipher = createDecipheriv("aes-256-gcm", keyOf(code, bytes(box.salt)), bytes(box.nonce));
    decipher.setAuthTag(bytes(box.tag));
    return Buffer.concat([decipher.update(bytes(box.sealed)), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new CellistError(
      "key-sealed",
      "the escrow code does not open the key; ask whoever was given it when the stimuli were made",
      {},
      cause,
    );
  }
}

const keyOf = (code: string, salt: Buffer): Buffer =>
  scryptSync(code.toUpperCase().replaceAll(/[^0-9A-Z]/g, ""), salt, 32);
