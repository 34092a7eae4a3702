/** The part of verovio 6 that is used here; the package has no types of its own. */
declare module "verovio/wasm" {
  export default function createVerovioModule(): Promise<object>;
}

declare module "verovio/esm" {
  export class VerovioToolkit {
    constructor(module: object);
    setOptions(options: Readonly<Record<string, unknown>>): void;
    /** False where the text is no score. */
    loadData(text: string): boolean;
    getPageCount(): number;
    renderToSVG(page: number): string;
    renderToMIDI(): string;
    getLog(): string;
    destroy(): void;
  }
}
