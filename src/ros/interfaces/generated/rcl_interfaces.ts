/* Generated from the .msg, .srv and .action texts; do not edit. Again: npm run interfaces */
import type { RosTime } from "../../time.ts";

/** rcl_interfaces/DescribeParameters_Request */
export interface DescribeParameters_Request {
  readonly names: readonly string[];
}

/** rcl_interfaces/DescribeParameters_Response */
export interface DescribeParameters_Response {
  readonly descriptors: readonly ParameterDescriptor[];
}

/** rcl_interfaces/FloatingPointRange */
export interface FloatingPointRange {
  readonly from_value: number;
  readonly to_value: number;
  readonly step: number;
}

/** rcl_interfaces/GetParameterTypes_Request */
export interface GetParameterTypes_Request {
  readonly names: readonly string[];
}

/** rcl_interfaces/GetParameterTypes_Response */
export interface GetParameterTypes_Response {
  readonly types: ArrayLike<number>;
}

/** rcl_interfaces/GetParameters_Request */
export interface GetParameters_Request {
  readonly names: readonly string[];
}

/** rcl_interfaces/GetParameters_Response */
export interface GetParameters_Response {
  readonly values: readonly ParameterValue[];
}

/** rcl_interfaces/IntegerRange */
export interface IntegerRange {
  readonly from_value: bigint;
  readonly to_value: bigint;
  readonly step: bigint;
}

/** rcl_interfaces/ListParametersResult */
export interface ListParametersResult {
  readonly names: readonly string[];
  readonly prefixes: readonly string[];
}

/** rcl_interfaces/ListParameters_Request */
export interface ListParameters_Request {
  readonly prefixes: readonly string[];
  readonly depth: bigint;
}

/** rcl_interfaces/ListParameters_Response */
export interface ListParameters_Response {
  readonly result: ListParametersResult;
}

/** rcl_interfaces/Log */
export interface Log {
  readonly stamp: RosTime;
  readonly level: number;
  readonly name: string;
  readonly msg: string;
  readonly file: string;
  readonly function: string;
  readonly line: number;
}

/** rcl_interfaces/Parameter */
export interface Parameter {
  readonly name: string;
  readonly value: ParameterValue;
}

/** rcl_interfaces/ParameterDescriptor */
export interface ParameterDescriptor {
  readonly name: string;
  readonly type: number;
  readonly description: string;
  readonly additional_constraints: string;
  readonly read_only: boolean;
  readonly dynamic_typing: boolean;
  readonly floating_point_range: readonly FloatingPointRange[];
  readonly integer_range: readonly IntegerRange[];
}

/** rcl_interfaces/ParameterEvent */
export interface ParameterEvent {
  readonly stamp: RosTime;
  readonly node: string;
  readonly new_parameters: readonly Parameter[];
  readonly changed_parameters: readonly Parameter[];
  readonly deleted_parameters: readonly Parameter[];
}

/** rcl_interfaces/ParameterValue */
export interface ParameterValue {
  readonly type: number;
  readonly bool_value: boolean;
  readonly integer_value: bigint;
  readonly double_value: number;
  readonly string_value: string;
  readonly byte_array_value: ArrayLike<number>;
  readonly bool_array_value: readonly boolean[];
  readonly integer_array_value: ArrayLike<bigint>;
  readonly double_array_value: ArrayLike<number>;
  readonly string_array_value: readonly string[];
}

/** rcl_interfaces/SetParametersAtomically_Request */
export interface SetParametersAtomically_Request {
  readonly parameters: readonly Parameter[];
}

/** rcl_interfaces/SetParametersAtomically_Response */
export interface SetParametersAtomically_Response {
  readonly result: SetParametersResult;
}

/** rcl_interfaces/SetParametersResult */
export interface SetParametersResult {
  readonly successful: boolean;
  readonly reason: string;
}

/** rcl_interfaces/SetParameters_Request */
export interface SetParameters_Request {
  readonly parameters: readonly Parameter[];
}

/** rcl_interfaces/SetParameters_Response */
export interface SetParameters_Response {
  readonly results: readonly SetParametersResult[];
}
