import { createHash, randomBytes } from "node:crypto";

/** Crockford's alphabet: no letter that can be taken for a figure. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A code that a person can keep and type: 60 random bits as XXXX-XXXX-XXXX. */
export function newCode(): string {
  const letters = [...randomBytes(12)].map((byte) => ALPHABET[byte % 32]);
  return [0, 4, 8].map((at) => letters.slice(at, at + 4).join("")).join("-");
}

/** What is stored of a code: its hash. Case, spaces and dashes do not matter, and O, I and L are read as figures. */
export function codeHash(code: string): string {
  const bare = code
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  return createHash("sha256").update(`participant ${bare}`).digest("hex");
}
