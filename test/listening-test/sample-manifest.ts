import type { Manifest, Stimulus } from "../../src/listening-test/design/manifest.ts";

const hex = (n: number): string => n.toString(16).padStart(16, "0");

/** A manifest without sound: `items` excerpts by two performers, with controls, traps and practice. */
export function sampleManifest(items = 8): Manifest {
  const names = Array.from({ length: items }, (_, i) => `item${i}`);
  let next = 0;
  const stimulus = (item: string, label: string, role: Stimulus["role"]): Stimulus => ({
    id: hex(++next * 7919),
    item,
    label,
    role,
    sha256: hex(next).repeat(4),
    durationS: 4,
    bytes: 1000,
  });
  const main = names.flatMap((item) => ["p", "q"].map((label) => stimulus(item, label, "main")));
  const controls = names.slice(0, 4).map((item) => stimulus(item, "", "control"));
  return {
    items: names,
    labels: ["p", "q"],
    stimuli: [
      ...main,
      ...controls,
      ...names.slice(0, 2).map((item) => stimulus(item, "", "trap")),
      stimulus("warm-up", "", "practice"),
      stimulus("warm-up", "", "practice"),
      ...names.map((item) => stimulus(item, "", "reference")),
      ...names.map((item) => stimulus(item, "", "anchor")),
    ],
    controlPairs: [0, 2].flatMap((i) =>
      controls[i + 1] ? [[controls[i]!.id, controls[i + 1]!.id] as const] : [],
    ),
  };
}
