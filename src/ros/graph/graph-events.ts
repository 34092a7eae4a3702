/** What a graph says of its nodes: their errors, and what may be wrong between two of them. */
export interface GraphEvents {
  /** A callback of this node threw. Without a listener the error surfaces where the message was published. */
  readonly onNodeError?: (node: string, error: unknown) => void;
  /** What a person should know of a node: endpoints that do not fit, messages that did not arrive. */
  readonly onRemark?: (node: string, sentence: string) => void;
}
