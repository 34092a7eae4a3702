export * from "./connection/byte-stream.ts";
export * from "./connection/memory-byte-stream.ts";
export * from "./connection/tcp-byte-stream.ts";
export * from "./connection/errors.ts";
export type { FieldAbout, Since } from "./rtde/field-about.ts";
export * from "./rtde/fields.ts";
export * from "./rtde/input-recipe.ts";
export * from "./rtde/output-recipe.ts";
export type { PackageStats } from "./rtde/package-gaps.ts";
export type { PackageReaderOptions } from "./rtde/package-reader.ts";
export * from "./protocol/client-package.ts";
export * from "./protocol/data-layout.ts";
export * from "./protocol/data-package.ts";
export * from "./connection/frame-decoder.ts";
export * from "./protocol/package-type.ts";
export * from "./protocol/rtde-type.ts";
export * from "./protocol/server-package.ts";
export * from "./rtde/rtde-client.ts";
export * from "./rtde/rtde-client-options.ts";
export * from "./dashboard/dashboard-client.ts";
export * from "./dashboard/dashboard-commands.ts";
export type { CommandOptions } from "./dashboard/dashboard-connection.ts";
export * from "./dashboard/dashboard-error.ts";
export * from "./primary/robot-message.ts";
export * from "./rtde/reconnect.ts";
export * from "./rtde/rtde-receiver.ts";
export {
  OutputSubscription,
  type SubscriptionOptions,
  type SubscriptionStats,
} from "./rtde/output-subscription.ts";
export * from "./robot/robot-modes.ts";
export * from "./primary/primary-client.ts";
export * from "./primary/script-error.ts";
export { ScriptRun, type RunOptions } from "./primary/script-run.ts";
export * from "./primary/robot-state.ts";
export type { ConfigurationState } from "./primary/robot-configuration.ts";
export {
  type DhParameters,
  isSameArm,
  type KinematicsParameters,
} from "./calibration/kinematics-parameters.ts";
export * from "./calibration/calibration-error.ts";
export * from "./calibration/polyscope-file.ts";
export * from "./robot/recover.ts";
export * from "./robot/robot-condition.ts";
export * from "./robot/robot-streams.ts";
export type { Payload, ToolSettings } from "./robot/tool-settings.ts";
export type { Knot } from "./trajectory/knot.ts";
export { PLAYER_TARGETS } from "./trajectory/player-report.ts";
export { PLAYER_PROGRAM, playerProgram } from "./trajectory/player-program.ts";
export * from "./trajectory/player-settings.ts";
export * from "./trajectory/player-state.ts";
export * from "./trajectory/trajectory-error.ts";
export * from "./trajectory/trajectory-stream.ts";
export * from "./control/arm-moves.ts";
export * from "./control/arm-streams.ts";
export * from "./control/control-error.ts";
export { CONTROL_PROGRAM, controlProgram } from "./control/control-program.ts";
export type { ControlMode } from "./control/control-registers.ts";
export * from "./control/control-settings.ts";
export * from "./control/force-control.ts";
export * from "./control/hand-guiding.ts";
export * from "./control/kinematics-queries.ts";
export * from "./control/robot-control.ts";
export * from "./control/robot-io.ts";
export * from "./control/tool-control.ts";
export type { Waypoint } from "./control/waypoint.ts";
