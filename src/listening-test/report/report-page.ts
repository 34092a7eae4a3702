import type { Protocol } from "../session/protocol.ts";
import type { Estimate, Interval } from "../statistics/interval.ts";
import type { BinaryAnalysis } from "./binary-analysis.ts";
import { pText } from "./conclusions.ts";
import { NOBODY_LEFT, type BlockAnalysis, type StudyAnalysis } from "./analyse-study.ts";
import type { OrderBias, PairAnalysis, PreferenceAnalysis } from "./pair-analysis.ts";
import { rocPicture, sharePicture } from "./pictures.ts";
import type { MushraAnalysis, RatingAnalysis } from "./scale-analysis.ts";
import type { YesNoAnalysis } from "./yes-no-analysis.ts";

export interface ReportContext {
  readonly protocol: Protocol;
  readonly planSha256?: string;
  readonly protocolSha256: string;
  readonly answersSha256: string;
  readonly stimuliDiffer: readonly string[];
}

/** The report as one page without scripts: conclusions first, then the numbers they follow from. */
export function reportPage(study: StudyAnalysis, context: ReportContext): string {
  const { protocol } = context;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(protocol.title)} · report</title><style>${STYLE}</style></head><body><main>
<h1>${escape(protocol.title)}</h1>
${study.simulatedHumans ? `<p class="warning">The “human” takes of this study are simulated: a robot's performance with declared variation. Nothing here says anything about human players.</p>` : ""}
${study.analysed === 0 ? `<p class="warning">${NOBODY_LEFT}</p>` : ""}
${study.analysed > 0 && study.analysed < study.planned ? `<p class="warning">${study.analysed} listeners are analysed, ${study.planned} were planned. Read every number as that of a pilot.</p>` : ""}
${context.planSha256 === undefined ? `<p class="warning">The plan of this study was not locked before it began.</p>` : ""}
<h2>What was asked</h2><p>${escape(protocol.analysis.hypothesis)}</p>
${study.blocks.map((b) => `<section><h2>${TITLES[b.analysis.method]}</h2>${b.conclusions.map((c) => `<p class="conclusion ${c.kind}">${escape(c.sentence)}</p>`).join("")}${blockBody(b.analysis)}</section>`).join("\n")}
<h2>Who listened</h2>${listenersTable(study)}
<h2>Made with</h2>${provenance(context)}
</main></body></html>
`;
}

const TITLES: Readonly<Record<BlockAnalysis["method"], string>> = {
  "yes-no": "Human or robot?",
  pair: "Which of two is human?",
  rating: "Ratings",
  preference: "Preference",
  mushra: "Sound quality (MUSHRA)",
};

function blockBody(analysis: BlockAnalysis): string {
  switch (analysis.method) {
    case "yes-no":
      return yesNo(analysis);
    case "pair":
      return pairs(analysis);
    case "rating":
      return ratings(analysis);
    case "preference":
      return preference(analysis);
    case "mushra":
      return mushra(analysis);
  }
}

function yesNo(a: YesNoAnalysis): string {
  const { counts } = a;
  return `${binary(a.correct)}
${table(
  ["", "value", "95 % interval"],
  [
    ["“human” said of human", rate(counts.hits, counts.signals), ""],
    ["“human” said of robot", rate(counts.falseAlarms, counts.noises), ""],
    ["d′ (pooled, log-linear)", num(a.dPrime.value), range(a.dPrime)],
    ["criterion c", num(a.criterion.value), range(a.criterion)],
    ["area under ROC", num(a.area.value), range(a.area)],
    ["agreement of listeners (α)", num(a.agreement), ""],
    ["mechanical renditions called robot", rate(a.mechanical.saidRobot, a.mechanical.trials), ""],
    ["same answer when asked twice", rate(a.repeats.same, a.repeats.trials), ""],
  ],
)}<figure>${rocPicture(a.roc)}</figure>`;
}

function pairs(a: PairAnalysis): string {
  return `${binary(a.correct)}
${table(
  ["", "value", "95 % interval"],
  [
    ["d′ (pairs)", num(a.dPrime.value), range(a.dPrime)],
    orderRow("first of the two chosen", a.orderBias),
    orderRow("first of two human takes chosen", a.humanPairs),
  ],
)}`;
}

const orderRow = (name: string, bias: OrderBias): string[] =>
  bias.trials === 0
    ? [name, "not asked", ""]
    : [name, rate(bias.first, bias.trials), `${bounds(bias.byListener.interval, 100)} %, p ${pText(bias.p)}`];

function binary(a: BinaryAnalysis): string {
  const { mixed, mixedShare, order, independent } = a;
  const rows = [
    [
      "right, mean over listeners",
      percent(a.byListener.value),
      `${bounds(a.byListener.interval, 100)} %, p ${pText(a.p)}`,
    ],
    [
      "the same by bootstrap of listeners",
      percent(a.bootstrap.value),
      `${bounds(a.bootstrap.interval, 100)} %`,
    ],
    ...(mixed && mixedShare
      ? [
          [
            "typical listener and excerpt (mixed model)",
            percent(mixedShare.value),
            `${bounds(mixedShare, 100)} %`,
          ],
          [
            "spread of listeners, of excerpts (log-odds)",
            `${num(mixed.participantSd)}, ${num(mixed.itemSd ?? NaN)}`,
            "",
          ],
        ]
      : [["mixed model", "not estimable from these answers", ""]]),
    ...(order
      ? [
          [
            "change per trial (log-odds)",
            order.fixed[1]!.value.toFixed(3),
            `${bounds(order.fixed[1]!.interval, 1)}, p ${pText(order.fixed[1]!.p)}`,
          ],
        ]
      : []),
    [
      "as if answers were independent: exact test",
      `${a.correct} of ${a.trials}`,
      `p ${pText(independent.p)}`,
    ],
    ["— Wilson", percent(a.correct / a.trials), `${bounds(independent.wilson, 100)} %`],
    ["— Clopper and Pearson", "", `${bounds(independent.clopperPearson, 100)} %`],
    ["listener and excerpt pairs without an answer", String(a.missingCells), ""],
  ];
  return `${table(["", "value", "95 % interval"], rows)}<figure>${sharePicture(a)}</figure>
<h3>By excerpt</h3>${table(
    ["excerpt", "right", "95 % interval", "p", "p, Holm"],
    a.items.map((r) => [
      r.item,
      `${percent(r.correct / r.trials)} (${r.correct} of ${r.trials})`,
      `${bounds(r.interval, 100)} %`,
      pText(r.p),
      pText(r.adjustedP),
    ]),
  )}`;
}

const ratings = (a: RatingAnalysis): string =>
  table(
    ["scale (1 to 7)", "human", "robot", "human less robot", "95 % interval", "p, Holm", "α"],
    a.scales.map((s) => [
      s.scale,
      num(s.human.value),
      num(s.robot.value),
      num(s.difference.value),
      bounds(s.difference.interval, 1),
      pText(s.adjustedP),
      num(s.agreement),
    ]),
  );

const preference = (a: PreferenceAnalysis): string =>
  `${table(
    ["against", "", "chosen", "chosen", "no preference"],
    a.pairs.map((p) => [
      a.performers[p.first]!,
      a.performers[p.second]!,
      String(p.firstWins),
      String(p.secondWins),
      String(p.ties),
    ]),
  )}${
    a.preference
      ? table(
          [
            "performer",
            "log ability (Bradley–Terry, Davidson's ties)",
            "95 % interval, by listeners",
            "p, Holm",
          ],
          a.performers.map((name, i) => [
            name,
            num(a.preference!.logAbility[i]!),
            i === 0 ? "reference" : bounds(a.preference!.intervals[i]!, 1),
            i === 0 ? "" : pText(a.adjustedP![i]!),
          ]),
        )
      : "<p>The answers allow no Bradley–Terry fit.</p>"
  }${table(["", "value", "95 % interval"], [orderRow("first of the two chosen", a.orderBias)])}`;

const mushra = (a: MushraAnalysis): string =>
  table(
    ["version", "mean score", "95 % interval", "less the hidden reference", "p, Holm"],
    a.rows.map((r) => [
      r.condition,
      num(r.score.value, 1),
      bounds(r.score.interval, 1, 1),
      r.difference ? num(r.difference.value, 1) : "",
      r.adjustedP === undefined ? "" : pText(r.adjustedP),
    ]),
  );

const listenersTable = (s: StudyAnalysis): string =>
  table(
    ["", "listeners"],
    [
      ["began", String(s.listeners)],
      ["finished", String(s.finished)],
      ["withdrew (their answers are deleted)", String(s.withdrawn)],
      ...s.exclusions.map((e) => [`left out: ${e.reason}`, String(e.listeners.length)]),
      ["analysed", String(s.analysed)],
      ["attention trials passed", rate(s.traps.passed, s.traps.trials)],
    ],
  );

const provenance = (c: ReportContext): string =>
  `${table(
    ["", "sha256"],
    [
      ["protocol", c.protocolSha256],
      ["locked plan", c.planSha256 ?? "none"],
      ["answers as frozen", c.answersSha256],
    ],
  )}<p>${c.stimuliDiffer.length === 0 ? "Every stimulus was made again from its raw take and recipe, and is the same to the byte." : `These stimuli do not come out of their recipes: ${c.stimuliDiffer.join(", ")}`}</p>`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<div class="wide"><table><thead><tr>${head.map((h) => `<th scope="col">${escape(h)}</th>`).join("")}</tr></thead><tbody>${rows
    .map(
      (r) =>
        `<tr>${r.map((cell, i) => (i === 0 ? `<th scope="row">${escape(cell)}</th>` : `<td>${escape(cell)}</td>`)).join("")}</tr>`,
    )
    .join("")}</tbody></table></div>`;

const num = (value: number, digits = 2): string => (Number.isFinite(value) ? value.toFixed(digits) : "–");
const percent = (share: number): string => `${num(100 * share, 1)} %`;
const rate = (k: number, n: number): string => (n === 0 ? "not asked" : `${percent(k / n)} (${k} of ${n})`);
const bounds = ({ low, high }: Interval, scale: number, digits = scale === 1 ? 2 : 1): string =>
  `${num(low * scale, digits)} to ${num(high * scale, digits)}`;
const range = ({ interval }: Estimate): string => bounds(interval, 1);
const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const STYLE = `
body{font:16px/1.5 system-ui,sans-serif;color:#1d2327;margin:0;background:#fff}main{max-width:56rem;margin:0 auto;padding:1.5rem}
h1{margin:0 0 .5rem}h2{margin:2rem 0 .5rem}h3{margin:1.2rem 0 .3rem}
.conclusion{border-left:5px solid #0b5a8c;background:#eef4f8;padding:.6rem .9rem;margin:.5rem 0}
.warning{border-left:5px solid #a3261b;background:#fcf1ef;padding:.6rem .9rem;margin:.5rem 0}
.wide{overflow-x:auto}table{border-collapse:collapse;margin:.5rem 0}th,td{text-align:left;padding:.25rem .8rem .25rem 0;border-bottom:1px solid #dde3e7;font-variant-numeric:tabular-nums}
tbody th{font-weight:400}thead th{font-size:.9rem;color:#454e54}figure{margin:1rem 0}svg{max-width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:#454e54}
`;
