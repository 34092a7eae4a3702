/* Generated from the .msg, .srv and .action texts; do not edit. Again: npm run interfaces */

/** unique_identifier_msgs/UUID */
export interface UUID {
  readonly uuid: ArrayLike<number>;
}
