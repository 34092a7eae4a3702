import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { bench } from "./robot-in-memory.ts";

it("has none of the functions that its page calls missing, and all that PolyScope and the known clients use", async () => {
  const page = readFileSync(new URL("../../../docs/simulated-controller.md", import.meta.url), "utf8");
  const [, missing] = /Not there: ([^.]*)\./.exec(page)!;
  const { robot } = await bench();
  const known = [...robot.controller.library.builtins.keys()];
  for (const [, pattern] of missing!.matchAll(/`([^`]+)`/g)) {
    const stem = pattern!.replace("*", "");
    expect(known.filter((name) => (pattern!.endsWith("*") ? name.startsWith(stem) : name === stem))).toEqual(
      [],
    );
  }
  const used =
    "movej movel movep movec servoj servoc speedj speedl stopj stopl force_mode end_force_mode force_mode_set_damping " +
    "force_mode_set_gain_scaling freedrive_mode end_freedrive_mode teach_mode end_teach_mode get_freedrive_status optimovej " +
    "optimovel direct_torque zero_ftsensor tool_contact get_actual_joint_positions_history get_inverse_kin " +
    "get_inverse_kin_has_solution get_forward_kin get_target_waypoint get_tcp_force get_joint_torques is_steady " +
    "is_within_safety_limits protective_stop rtde_set_watchdog ft_rtde_input_enable enable_external_ft_sensor set_target_payload " +
    "get_target_payload_inertia get_jacobian get_jacobian_time_derivative get_mass_matrix get_coriolis_and_centrifugal_torques " +
    "socket_open socket_read_binary_integer socket_send_int popup textmsg str_cat to_str wrench_trans pose_trans interpolate_pose";
  expect(used.split(" ").filter((name) => !known.includes(name))).toEqual([]);
});
