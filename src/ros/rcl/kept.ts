/** Things made for keys, kept in step with the keys that are wanted. */
export class Kept<Spec> {
  readonly #make: (spec: Spec) => () => void;
  readonly #made = new Map<string, () => void>();

  /** @param make makes one and returns what takes it away again */
  constructor(make: (spec: Spec) => () => void) {
    this.#make = make;
  }

  /** Takes away what is no longer wanted, then makes what is missing. */
  keep(wanted: ReadonlyMap<string, Spec>): void {
    for (const [key, drop] of [...this.#made])
      if (!wanted.has(key)) {
        this.#made.delete(key);
        drop();
      }
    for (const [key, spec] of wanted) if (!this.#made.has(key)) this.#made.set(key, this.#make(spec));
  }
}
