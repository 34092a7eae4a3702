import { encodeClientPackage, outputFields } from "ur-rtde-ts";
import type { PortName } from "../../../src/sim/servers/tcp-front.ts";

const utf8 = new TextEncoder();

/** Sensible things to say to RTDE, for mutation. */
const PACKAGES: readonly Uint8Array[] = [
  encodeClientPackage({ kind: "protocol-version", version: 2 }, 1),
  encodeClientPackage({ kind: "controller-version" }, 2),
  encodeClientPackage({ kind: "setup-outputs", frequencyHz: 125, names: Object.keys(outputFields) }, 2),
  encodeClientPackage({ kind: "setup-outputs", frequencyHz: NaN, names: ["timestamp"] }, 2),
  encodeClientPackage({ kind: "setup-outputs", frequencyHz: 500, names: ["timestamp", "actual_q"] }, 2),
  encodeClientPackage({ kind: "setup-inputs", names: ["input_double_register_30", "speed_slider_mask"] }, 2),
  encodeClientPackage({ kind: "data", recipeId: 1, body: new Uint8Array(12) }, 2),
  encodeClientPackage({ kind: "text", message: "hello", source: "me", level: "info" }, 2),
  encodeClientPackage({ kind: "start" }, 2),
  encodeClientPackage({ kind: "pause" }, 2),
];

const LINES: readonly string[] = [
  "robotmode\n",
  "load ../../../etc/passwd\n",
  "load song.urp\nplay\nstop\npause\n",
  "popup hello\n",
  "set operational mode manual\n",
  "power on\nbrake release\n",
  "unlock protective stop\n",
  "is in remote control\r\n",
];

const SCRIPTS: readonly string[] = [
  "def a():\n  x = [1, 2, 3]\n  movej([0, -1.57, 1.57, -1.57, -1.57, 0], r=0.1)\n  y = p[x[0], 0, 0, 0, 0, 0]\nend\n",
  "def b():\n  while True:\n    sync()\n  end\nend\n",
  "def c():\n  thread t():\n    speedl([0, 0, 0.1, 0, 0, 0], 1, 0.1)\n  end\n  h = run t()\n  join h\nend\n",
  "sec d():\n  set_digital_out(1, True)\nend\n",
  'textmsg("hello")\nstop program\nset robotmode run\n',
  "def e():\n  if 1 == 2:\n    f = 3\n  elif True:\n    f(1)(2)\n  end\nend\n",
  "def g():\n  g()\nend\n",
  'def h():\n  socket_open("127.0.0.1", 1, "s")\n  x = socket_read_string("s")\nend\n',
];

/**
 * Bytes that a client should not send to a port: sensible ones with a few changed, cut short or doubled, or noise.
 *
 * @param random uniform in [0, 1)
 */
export function hostileBytes(port: PortName, random: () => number): Uint8Array {
  const below = (n: number): number => Math.floor(random() * n);
  if (random() < 0.1) return Uint8Array.from({ length: 1 + below(300) }, () => below(256));
  const bytes = sensibleBytes(port, below).slice();
  for (let k = below(5); k > 0; k--) bytes[below(Math.min(bytes.length, 200))] = below(256);
  const fate = random();
  if (fate < 0.1) return bytes.subarray(0, below(bytes.length));
  if (fate < 0.2) return Buffer.concat([bytes, bytes.subarray(below(bytes.length))]);
  return bytes;
}

function sensibleBytes(port: PortName, below: (n: number) => number): Uint8Array {
  if (port === "rtde") return PACKAGES[below(PACKAGES.length)]!;
  if (port === "dashboard") return utf8.encode(LINES[below(LINES.length)]);
  return utf8.encode(SCRIPTS[below(SCRIPTS.length)]);
}
