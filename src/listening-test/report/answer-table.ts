import type { StudyData, JudgedAnswer } from "./study-data.ts";
import { passedTrap } from "./study-data.ts";

/** A column of a published table: its name, what it means, and how to find it. */
interface Column<Row> {
  readonly name: string;
  readonly meaning: string;
  readonly of: (row: Row) => string | number | boolean | undefined;
}

const ANSWERS: readonly Column<JudgedAnswer>[] = [
  { name: "listener", meaning: "random id, tells nothing of the person", of: (a) => a.participant },
  { name: "position", meaning: "place in the whole test, from 0, practice included", of: (a) => a.position },
  { name: "order", meaning: "place in its block, from 0, practice not counted", of: (a) => a.order },
  { name: "block", meaning: "part of the test, from 0", of: (a) => a.block },
  { name: "method", meaning: "yes-no, pair, rating, preference or mushra", of: (a) => a.method },
  { name: "role", meaning: "main, control, trap, practice or repeat", of: (a) => a.role },
  { name: "item", meaning: "excerpt, as in the protocol", of: (a) => a.item },
  {
    name: "stimuli",
    meaning: "ids of the recordings in the order presented",
    of: (a) => a.slots.map((s) => s.id).join(" "),
  },
  { name: "performers", meaning: "who plays in each", of: (a) => a.slots.map((s) => s.performer).join(" ") },
  {
    name: "kinds",
    meaning: "human, robot or mechanical, of each",
    of: (a) => a.slots.map((s) => s.kind).join(" "),
  },
  { name: "takes", meaning: "take of each", of: (a) => a.slots.map((s) => s.take).join(" ") },
  {
    name: "bags",
    meaning: "sha256 of the robot's bag of each, - where there is none",
    of: (a) => a.slots.map((s) => s.bagSha256 ?? "-").join(" "),
  },
  {
    name: "answer",
    meaning: "human or robot; 1 or 2, the recording chosen, 0 for no preference; ratings; scores",
    of: ({ response }) => answerText(response),
  },
  {
    name: "confidence",
    meaning: "1 guessing to 5 completely sure",
    of: ({ response }) => ("confidence" in response ? response.confidence : undefined),
  },
  { name: "trapPassed", meaning: "attention trial answered as the beeps said", of: passedTrap },
  { name: "seconds", meaning: "from the first play to the answer", of: (a) => a.seconds.toFixed(2) },
];

function answerText(response: JudgedAnswer["response"]): string {
  switch (response.method) {
    case "yes-no":
      return response.says;
    case "pair":
    case "preference":
      return String(response.choice);
    case "rating":
      return Object.entries(response.scales)
        .map(([scale, v]) => `${scale}=${v}`)
        .join(" ");
    case "mushra":
      return response.scores.join(" ");
  }
}

type ListenerRow = StudyData["listeners"][number] & { readonly excluded: string };

const LISTENERS: readonly Column<ListenerRow>[] = [
  { name: "listener", meaning: "random id, tells nothing of the person", of: (l) => l.id },
  { name: "cell", meaning: "cell of the balanced design, from 0", of: (l) => l.cell },
  { name: "finished", meaning: "answered to the end", of: (l) => l.finished },
  { name: "excluded", meaning: "why left out of the analysis; empty where not", of: (l) => l.excluded },
  { name: "age", meaning: "age band", of: (l) => l.background.age },
  { name: "training", meaning: "years of lessons, band", of: (l) => l.background.training },
  { name: "strings", meaning: "plays a bowed string instrument", of: (l) => l.background.strings },
  { name: "heard", meaning: "knew the recordings or the robot", of: (l) => l.background.heard },
  { name: "hearing", meaning: "knows of a hearing loss", of: (l) => l.background.hearing },
  { name: "headphones", meaning: "passed the headphone check", of: (l) => l.headphonesPassed },
];

export const answersCsv = (data: StudyData): string =>
  csv(
    ANSWERS,
    data.listeners.flatMap((l) => l.answers),
  );

export const listenersCsv = (
  data: StudyData,
  excluded: readonly { readonly reason: string; readonly listeners: readonly string[] }[],
): string =>
  csv(
    LISTENERS,
    data.listeners.map((l) => ({
      ...l,
      excluded: excluded.find((e) => e.listeners.includes(l.id))?.reason ?? "",
    })),
  );

/** What every column of the tables means. */
export const codebookCsv = (): string =>
  [
    "table,column,meaning",
    ...ANSWERS.map((c) => `answers,${c.name},${quoted(c.meaning)}`),
    ...LISTENERS.map((c) => `listeners,${c.name},${quoted(c.meaning)}`),
  ].join("\n") + "\n";

const csv = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string =>
  [
    columns.map((c) => c.name).join(","),
    ...rows.map((row) => columns.map((c) => quoted(String(c.of(row) ?? ""))).join(",")),
  ].join("\n") + "\n";

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
