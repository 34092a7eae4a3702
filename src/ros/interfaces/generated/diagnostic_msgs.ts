/* Generated from the .msg, .srv and .action texts; do not edit. Again: npm run interfaces */
import type * as std_msgs from "./std_msgs.ts";

/** diagnostic_msgs/DiagnosticArray */
export interface DiagnosticArray {
  readonly header: std_msgs.Header;
  readonly status: readonly DiagnosticStatus[];
}

/** diagnostic_msgs/DiagnosticStatus */
export interface DiagnosticStatus {
  readonly level: number;
  readonly name: string;
  readonly message: string;
  readonly hardware_id: string;
  readonly values: readonly KeyValue[];
}

/** diagnostic_msgs/KeyValue */
export interface KeyValue {
  readonly key: string;
  readonly value: string;
}
