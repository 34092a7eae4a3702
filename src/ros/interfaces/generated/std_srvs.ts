/* Generated from the .msg, .srv and .action texts; do not edit. Again: npm run interfaces */

/** std_srvs/SetBool_Request */
export interface SetBool_Request {
  readonly data: boolean;
}

/** std_srvs/SetBool_Response */
export interface SetBool_Response {
  readonly success: boolean;
  readonly message: string;
}

/** std_srvs/Trigger_Request */
export type Trigger_Request = Readonly<Record<string, never>>;

/** std_srvs/Trigger_Response */
export interface Trigger_Response {
  readonly success: boolean;
  readonly message: string;
}
