import { CellistError } from "../errors.ts";
import type { LaunchPlan } from "./launch-file.ts";

/** The share of a plan that one machine has, to be run by the process that is that machine. @throws CellistError `launch-invalid` */
export function onMachine(plan: LaunchPlan, machine: string): LaunchPlan {
  known(plan, machine);
  const own = plan.nodes.filter((spec) => spec.machine === machine);
  return { ...plan, nodes: own.map((spec) => ({ ...spec, machine: undefined })) };
}

/** A plan without the share of some machines, which others run. @throws CellistError `launch-invalid` */
export function withoutMachines(plan: LaunchPlan, machines: readonly string[]): LaunchPlan {
  for (const machine of machines) known(plan, machine);
  const nodes = plan.nodes.filter((spec) => spec.machine === undefined || !machines.includes(spec.machine));
  return { ...plan, nodes };
}

function known({ name, nodes }: LaunchPlan, machine: string): void {
  const machines = [...new Set(nodes.flatMap((spec) => spec.machine ?? []))];
  if (machines.includes(machine)) return;
  const there = machines.length === 0 ? "none" : machines.join(", ");
  throw new CellistError("launch-invalid", `${name}: no node has the machine ${machine}; it has ${there}`);
}
