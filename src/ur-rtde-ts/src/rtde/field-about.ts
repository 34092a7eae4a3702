import { type RtdeType } from "../protocol/rtde-type.ts";

/** Software with which a field came: CB3, then e-Series; `undefined` where no published source says. */
export type Since = `${number}.${number}` | `${number}.${number}.${number}`;

/** What is known of a field. */
export interface FieldAbout {
  readonly type: RtdeType;
  /** Of the value, or of each component; "" where there is none: numbers of a list, bits, fractions. */
  readonly unit: string;
  /** First CB3 software that has it; `undefined`: none, or not known. */
  readonly sinceCb3: Since | undefined;
  /** First e-Series software that has it; `undefined`: not known. PolyScope X has what 5.17 had, unless said. */
  readonly sinceESeries: Since | undefined;
  readonly description: string;
}

/** A row of the tables: type, unit, versions "CB3/e-Series", description. */
export type FieldRow = readonly [type: RtdeType, unit: string, since: string, description: string];

/** A row as an object. */
export function aboutOf([type, unit, since, description]: FieldRow): FieldAbout {
  const [cb3, eSeries] = since
    .split("/")
    .map((version) => (version === "?" ? undefined : (version as Since)));
  return { type, unit, sinceCb3: cb3, sinceESeries: eSeries, description };
}
