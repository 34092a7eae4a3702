import type { PaceReport } from "../sim/pacer.ts";
import type { PortName } from "../sim/servers/tcp-front.ts";
import type { SimulatedRobot } from "../sim/simulated-robot.ts";

const NAMES: Readonly<Record<PortName, string>> = {
  dashboard: "dashboard",
  primary: "primary",
  secondary: "secondary",
  realtime: "real-time",
  rtde: "RTDE",
  primaryReadOnly: "primary, read only",
  secondaryReadOnly: "secondary, read only",
  realtimeReadOnly: "real-time, read only",
  interpreter: "interpreter mode",
};

/** What `cellist sim` says first: where it listens, and how it keeps time. */
export function greeting(robot: SimulatedRobot, host: string): string {
  const ports = Object.entries(robot.ports!).map(
    ([name, port]) => `  ${NAMES[name as PortName].padEnd(21)} ${host}:${port}`,
  );
  return [
    `simulated UR5e "${robot.controller.instrument.name}" listens:`,
    ...ports,
    ...(robot.controlPort === undefined
      ? []
      : [`  ${"control door".padEnd(21)} ${host}:${robot.controlPort}`]),
    `500 Hz at ${robot.priority ?? "ordinary priority"}. Ctrl-C ends it.`,
  ].join("\n");
}

/** How well the control cycle has kept to the system's clock. */
export function timingInWords(pace: PaceReport): string {
  const ms = (seconds: number): string => `${(1000 * seconds).toFixed(2)} ms`;
  const dropped = pace.droppedCycles === 0 ? "" : `, ${pace.droppedCycles} were dropped`;
  return (
    `${pace.cycles} cycles; half of them began at most ${ms(pace.medianLateS)} late, 99 % at most ` +
    `${ms(pace.p99LateS)}, all ${ms(pace.worstLateS)}; ${pace.lateCycles} were late by more than a cycle${dropped}`
  );
}
