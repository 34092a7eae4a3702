"""Poses and Jacobians by Pinocchio."""

import numpy as np
import pinocchio

#: Links 0 (bolted to the base) to 6 (flange link) by their names in the URDF.
LINKS = ["base_link_inertia", "shoulder_link", "upper_arm_link", "forearm_link", "wrist_1_link", "wrist_2_link", "wrist_3_link"]


class Arm:
    def __init__(self, urdf):
        self.model = pinocchio.buildModelFromXML(urdf)
        self.data = self.model.createData()
        self.base, self.tool0 = self.model.getFrameId("base"), self.model.getFrameId("tool0")
        self.links = [self.model.getFrameId(name) for name in LINKS]
        assert max([*self.links, self.base, self.tool0]) < self.model.nframes, "a link of the URDF has another name"

    def link_poses(self, q):
        """Rotation and place of each link in the controller's base frame."""
        pinocchio.framesForwardKinematics(self.model, self.data, q)
        to_base = self.data.oMf[self.base].inverse()
        poses = [to_base * self.data.oMf[link] for link in self.links]
        return [X.rotation for X in poses], [X.translation for X in poses]

    def flange_and_jacobian(self, q):
        pinocchio.computeJointJacobians(self.model, self.data, q)
        pinocchio.updateFramePlacements(self.model, self.data)
        X_base = self.data.oMf[self.base]
        J = pinocchio.getFrameJacobian(self.model, self.data, self.tool0, pinocchio.LOCAL_WORLD_ALIGNED)
        return X_base.inverse() * self.data.oMf[self.tool0], np.kron(np.eye(2), X_base.rotation.T) @ J


def farthest_apart(arm):
    """Largest difference of flange and Jacobian over the cases of one arm."""
    theirs = Arm(arm["urdf"])
    apart = 0.0
    for case in arm["cases"]:
        X, J = theirs.flange_and_jacobian(np.array(case["q_rad"]))
        apart = max(
            apart,
            np.abs(X.translation - case["p_m"]).max(),
            np.abs(X.rotation - np.array(case["R"]).reshape(3, 3)).max(),
            np.abs(J - np.array(case["jacobian"]).reshape(6, 6)).max(),
        )
    return apart
