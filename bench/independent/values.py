"""Kinematics by Pinocchio, distances by Coal, fastest paces by TOPP-RA and Ruckig for compare.ts; exit code 1 where they differ too much."""

import json
import logging
import sys

import coal
import numpy as np
import pinocchio
import ruckig
import toppra
import toppra.algorithm
import toppra.constraint

logging.disable(logging.WARNING)
cases = json.load(open(sys.argv[1]))


def placed(shape):
    """A shape as Coal has it, with its pose."""
    pose = coal.Transform3s()
    if shape["kind"] == "box":
        pose.setRotation(np.array(shape["R"]).reshape(3, 3))
        pose.setTranslation(np.array(shape["centre_m"]))
        return coal.Box(*(2 * np.array(shape["half_m"]))), pose
    if shape["kind"] == "capsule":
        a, b = np.array(shape["a_m"]), np.array(shape["b_m"])
        z = (b - a) / np.linalg.norm(b - a)
        x = np.cross([0, 1, 0] if abs(z[0]) > 0.9 else [1, 0, 0], z)
        x /= np.linalg.norm(x)
        pose.setRotation(np.column_stack([x, np.cross(z, x), z]))
        pose.setTranslation((a + b) / 2)
        return coal.Capsule(shape["radiusM"], float(np.linalg.norm(b - a))), pose
    points = coal.StdVec_Vec3s()
    for p in shape["points_m"]:
        points.append(np.array(p))
    return coal.Convex.convexHull(points, False, ""), pose


worst = 0.0
for pair in cases["pairs"]:
    (a, at), (b, bt) = placed(pair["a"]), placed(pair["b"])
    request, result = coal.DistanceRequest(), coal.DistanceResult()
    request.gjk_tolerance = 1e-9
    worst = max(worst, abs(coal.distance(a, at, b, bt, request, result) - pair["distanceM"]))
print(f"distances: {len(cases['pairs'])} pairs of capsules, boxes and hulls, at most {worst:.1e} m from Coal {coal.__version__}")

ratios = []
for way in cases["ways"]:
    q = np.array(way["q_rad"]).reshape(-1, 6)
    s = np.arange(len(q)) * way["step"]
    path = toppra.SplineInterpolator(s, q)
    v = np.array(cases["speed"])
    limits = [
        toppra.constraint.JointVelocityConstraint(np.column_stack([-v, v])),
        toppra.constraint.JointAccelerationConstraint(np.column_stack([-np.array(cases["acceleration"]), cases["acceleration"]])),
    ]
    found = toppra.algorithm.TOPPRA(limits, path, gridpoints=s).compute_trajectory(0, 0)
    ratios.append((way["seconds"] / found.duration, way["seconds"], found.duration, way["stops"]))
ratio = np.array([r[0] for r in ratios])
print(f"free motion: {len(ratios)} ways, ours / TOPP-RA (which knows no jerk): median {np.median(ratio):.3f}, largest {ratio.max():.3f}")
print("  ours, TOPP-RA [s], stops: " + ", ".join(f"{o:.2f} {t:.2f} {n}" for _, o, t, n in ratios))

straight = []
for move in cases["moves"]:
    wanted = ruckig.InputParameter(1)
    wanted.target_position = [move["length"]]
    wanted.max_velocity, wanted.max_acceleration, wanted.max_jerk = ([v] for v in move["most"])
    fastest = ruckig.Trajectory(1)
    assert ruckig.Ruckig(1).calculate(wanted, fastest) in (ruckig.Result.Working, ruckig.Result.Finished)
    straight.append(move["seconds"] / fastest.duration)
print(f"straight moves: {len(straight)}, ours / Ruckig (same limits, jerk too): median {np.median(straight):.3f}, largest {max(straight):.3f}")

apart = 0.0
for arm in cases["arms"]:
    model = pinocchio.buildModelFromXML(arm["urdf"])
    data = model.createData()
    base, tool0 = model.getFrameId("base"), model.getFrameId("tool0")
    of_arm = 0.0
    for case in arm["cases"]:
        q = np.array(case["q_rad"])
        pinocchio.computeJointJacobians(model, data, q)
        pinocchio.updateFramePlacements(model, data)
        X = data.oMf[base].inverse() * data.oMf[tool0]
        turn = np.kron(np.eye(2), data.oMf[base].rotation.T)
        J = turn @ pinocchio.getFrameJacobian(model, data, tool0, pinocchio.LOCAL_WORLD_ALIGNED)
        of_arm = max(
            of_arm,
            np.abs(X.translation - case["p_m"]).max(),
            np.abs(X.rotation - np.array(case["R"]).reshape(3, 3)).max(),
            np.abs(J - np.array(case["jacobian"]).reshape(6, 6)).max(),
        )
    apart = max(apart, of_arm)
    print(f"kinematics: {len(arm['cases'])} poses and Jacobians of the {arm['name']}, at most {of_arm:.1e} from Pinocchio {pinocchio.__version__}")

fits = worst < 1e-6 and apart < 1e-9 and ratio.max() < 1.1 and max(straight) < 1.1
sys.exit(0 if fits else 1)
