// node --import tsx examples/read-calibration.ts HOST [FILE.urp or FILE.installation]
import { isSameArm, kinematicsOfFile, PrimaryClient } from "ur-rtde-ts";

const [host = "127.0.0.1", file] = process.argv.slice(2);
const primary = await PrimaryClient.connect({ host });
const arm = await primary.kinematics();
primary.close();
const mm = (lengths_m: readonly number[]) => lengths_m.map((m) => (1000 * m).toFixed(2)).join(" ");
console.log(`a ${mm(arm.a_m)} mm`);
console.log(`d ${mm(arm.d_m)} mm`);

if (file !== undefined) {
  const saved = await kinematicsOfFile(file);
  console.log(isSameArm(arm, saved) ? "the program was taught on this arm" : "the program is of another arm");
}
