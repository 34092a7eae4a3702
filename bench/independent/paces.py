"""Fastest paces by TOPP-RA and Ruckig: how much longer the product takes."""

import logging

import numpy as np
import ruckig
import toppra
import toppra.algorithm
import toppra.constraint

logging.disable(logging.WARNING)


def against_toppra(paces):
    """TOPP-RA knows no jerk."""
    v, a = np.array(paces["speed"]), np.array(paces["acceleration"])
    limits = [
        toppra.constraint.JointVelocityConstraint(np.column_stack([-v, v])),
        toppra.constraint.JointAccelerationConstraint(np.column_stack([-a, a])),
    ]
    ratios = []
    for way in paces["ways"]:
        q = np.array(way["q_rad"]).reshape(-1, 6)
        s = np.arange(len(q)) * way["step"]
        found = toppra.algorithm.TOPPRA(limits, toppra.SplineInterpolator(s, q), gridpoints=s).compute_trajectory(0, 0)
        ratios.append(way["seconds"] / found.duration)
    return ratios


def against_ruckig(paces):
    """Straight moves with the same limits, jerk too."""
    ratios = []
    for move in paces["moves"]:
        wanted = ruckig.InputParameter(1)
        wanted.target_position = [move["length"]]
        wanted.max_velocity, wanted.max_acceleration, wanted.max_jerk = ([v] for v in move["most"])
        fastest = ruckig.Trajectory(1)
        assert ruckig.Ruckig(1).calculate(wanted, fastest) in (ruckig.Result.Working, ruckig.Result.Finished)
        ratios.append(move["seconds"] / fastest.duration)
    return ratios
