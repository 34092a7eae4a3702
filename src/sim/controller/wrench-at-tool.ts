import { multiply, rotate, transpose } from "../../math/rotation.ts";
import { cross, sub, type Vec3 } from "../../math/vec.ts";
import type { SimController } from "./sim-controller.ts";

/** Force and torque of the outside on the tool, about the TCP that is set, base axes [N, Nm]. */
export function wrenchAtTool({ plant, instrument, setup, actualTool }: SimController): number[] {
  const [fx, fy, fz, tx, ty, tz] = plant.tcpWrench as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (setup.tcp_F === instrument.tcp_F) return [fx, fy, fz, tx, ty, tz];
  const force: Vec3 = [fx, fy, fz];
  const bodyTcp: Vec3 = [instrument.tcp_F[0], instrument.tcp_F[1], instrument.tcp_F[2]];
  const setTcp: Vec3 = [setup.tcp_F[0], setup.tcp_F[1], setup.tcp_F[2]];
  const R_BF = multiply(actualTool.X_BT.R, transpose(setup.X_FT.R));
  const arm = rotate(R_BF, sub(bodyTcp, setTcp)); // from the TCP that is set to the one the force is told at
  const [mx, my, mz] = cross(arm, force);
  return [fx, fy, fz, tx + mx, ty + my, tz + mz];
}
