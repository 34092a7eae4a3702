/** A client that others wrote, and the script that puts it through its functions. */
export interface Client {
  readonly title: string;
  /** In this folder. */
  readonly script: string;
  /** From PyPI; none for the standard library. */
  readonly packages: readonly string[];
}

export const CLIENTS: readonly Client[] = [
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
];
