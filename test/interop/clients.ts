/** A client that others wrote, and the script that puts it through its functions. */
export interface Client {
  readonly title: string;
  /** In this folder. */
  readonly script: string;
  /** From PyPI; none for the standard library. */
  readonly packages: readonly string[];
  /** An environment variable that must name a file which no registry has; what it is, for the line that says it is skipped. */
  /** It needs no robot: it works on files. */
  readonly robot?: false;
  readonly needs?: { readonly variable: string; readonly file: string };
}

const BAG_PACKAGES = [
  "mcap==1.6.0",
  "mcap-ros2-support==0.6.0",
  "rosbags==0.11.9",
  "lz4==4.4.5",
  "zstandard==0.25.0",
  "numpy",
];

export const CLIENTS: readonly Client[] = [
  {
    title: "mcap, mcap-ros2-support and rosbags: bags of ours in their readers, of theirs in ours",
    script: "bags.py",
    packages: BAG_PACKAGES,
    robot: false,
  },
  {
    title: "SDU ur_rtde 1.6.5: receive, I/O and dashboard interfaces",
    script: "ur_rtde_receive.py",
    packages: ["ur_rtde==1.6.5"],
  },
  {
    title: "SDU ur_rtde 1.6.5: control interface with its own control script",
    script: "ur_rtde_control.py",
    packages: ["ur_rtde==1.6.5"],
  },
  {
    title: "Universal Robots' RTDE client in Python (as urinterface 0.0.5 and urpy 1.2.0 carry it)",
    script: "official_rtde.py",
    packages: ["urinterface==0.0.5", "urpy==1.2.0", "numpy"],
  },
  {
    title: "python-urx 0.11.0",
    script: "urx_client.py",
    packages: ["urx==0.11.0", "math3d==3.4.1", "numpy"],
  },
  {
    title: "universal-robots-clients 0.4.0",
    script: "dashboard_per_command.py",
    packages: ["universal-robots-clients==0.4.0", "ur_rtde==1.6.5"],
  },
  {
    title: "plain sockets of Python's standard library, with the documented layouts",
    script: "script_ports.py",
    packages: [],
  },
  {
    title:
      "Universal Robots' external control script (C++ client library, ROS driver), with a host of our own",
    script: "external_control.py",
    packages: [],
    needs: {
      variable: "CELLIST_EXTERNAL_CONTROL",
      file: "resources/external_control.urscript of Universal_Robots_Client_Library",
    },
  },
];
