/** Largest joint speed the controller commands [rad/s], 180 °/s. @source UR5e data sheet */
export const MAX_SPEED_RADPS = Math.PI;
/** Joint speed at which the controller stops the arm [rad/s]. @source UR5e configuration data: 3.341592653589793 */
export const STOP_SPEED_RADPS = 3.341592653589793;
/** Largest joint acceleration [rad/s²]. @source UR5e configuration data */
export const MAX_ACCELERATION_RADPS2 = 40;
/** Deceleration when a program ends, or a motion is given up, without a stop command [rad/s²]. @assumed */
export const DEFAULT_DECELERATION_RADPS2 = 4;
/** Deceleration of protective and emergency stops [rad/s²]. @assumed 3.14 rad/s to rest in about 0.2 s */
export const PROTECTIVE_DECELERATION_RADPS2 = 15;
/** Joint range both ways [rad], 363°. @source UR5e configuration data */
export const JOINT_RANGE_RAD = 6.3355451848;
