import type { PerformanceReport } from "./performance-report.ts";

/** The whole report as JSON text. */
export const reportJson = (report: PerformanceReport): string => `${JSON.stringify(report, undefined, 2)}\n`;
