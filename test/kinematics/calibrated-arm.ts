import type { DhParameters } from "../../src/kinematics/dh.ts";

/** Factory kinematics of one real UR5e. @source public data of arXiv 2601.03562, numbers restated */
export const CALIBRATED_UR5E: DhParameters = {
  // prettier-ignore
  thetaOffset_rad: [
    4.191757007818153e-8, -1.2429337442273283, 1.0562919559432968,
    0.18664647144205918, 1.5147583437985501e-6, 5.782096819187399e-7,
  ],
  // prettier-ignore
  a_m: [
    1.540715192516195e-4, -0.13700367494759552, -0.385523768841029,
    -2.0173663919983787e-5, 9.161898378497635e-5, 0,
  ],
  // prettier-ignore
  d_m: [
    0.1624411486649106, 211.79478618124597, -230.58502392670601,
    18.92363803334888, 0.09978640299996942, 0.09951018281638188,
  ],
  // prettier-ignore
  alpha_rad: [
    1.569492865399419, -0.0019017753368483976, 0.003874439256572942,
    1.57011075250995, -1.5701674214695307, 0,
  ],
};
