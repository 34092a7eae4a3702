import { type ByteStream } from "../connection/byte-stream.ts";
import { tcpByteStream, type TcpOptions } from "../connection/tcp-byte-stream.ts";

/** The interfaces of one controller as streams to be opened, so that sockets and a simulator in memory serve alike. */
export interface RobotStreams {
  /** How the robot is called in errors: "192.0.2.7". */
  readonly name: string;
  /**
   * A controller on this line that was asked to send data and is silent for so long counts as lost [ms]; `undefined`:
   * it may be silent as long as it likes, as one whose time stands still.
   */
  readonly silenceMs?: number | undefined;
  rtde(options?: TcpOptions): Promise<ByteStream>;
  /** The primary interface: it takes scripts and tells what becomes of them. */
  primary(options?: TcpOptions): Promise<ByteStream>;
  dashboard(options?: TcpOptions): Promise<ByteStream>;
}

/** Ports of a controller's interfaces. @source Universal Robots, overview of client interfaces */
export const robotPorts = {
  dashboard: 29999,
  primary: 30001,
  secondary: 30002,
  realTime: 30003,
  rtde: 30004,
} as const;

/** Longer than any network stutters, shorter than anybody waits [ms]. @assumed */
const SILENCE_MS = 5000;

/** The interfaces of the controller at an address. Nothing is opened yet. */
export function robotAt(
  host: string,
  ports: Partial<Record<"rtde" | "primary" | "dashboard", number>> = {},
): RobotStreams {
  const { rtde, primary, dashboard } = { ...robotPorts, ...ports };
  return {
    name: host,
    silenceMs: SILENCE_MS,
    rtde: (options) => tcpByteStream(host, rtde, options),
    primary: (options) => tcpByteStream(host, primary, options),
    dashboard: (options) => tcpByteStream(host, dashboard, options),
  };
}
