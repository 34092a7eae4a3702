"""A shipped cell with everything in it: Pinocchio places the links, Coal says how far apart things are."""

import numpy as np
from scipy.interpolate import BPoly

from coal_shapes import as_coal, distance
from kinematics import Arm


class Scene:
    def __init__(self, scene):
        self.arm = Arm(scene["urdf"])
        self.links = [shape["link"] for shape in scene["shapes"]]
        self.local = [as_coal(shape["shape"]) for shape in scene["shapes"]]
        self.local = [(geometry, R, p + [0, 0, shape["shiftM"]]) for (geometry, R, p), shape in zip(self.local, scene["shapes"])]
        self.pairs = np.array(scene["pairs"])
        self.middles, self.radii = map(np.array, zip(*(self.ball(*local) for local in self.local)))

    @staticmethod
    def ball(geometry, R, p):
        """Middle and radius of a ball around a shape, in the frame of its link."""
        geometry.computeLocalAABB()
        return R @ geometry.aabb_center + p, geometry.aabb_radius

    def place(self, q):
        R, p = self.arm.link_poses(q)
        self.placed = [(geometry, R[k] @ r, R[k] @ t + p[k]) for k, (geometry, r, t) in zip(self.links, self.local)]
        self.balls = np.array([R[k] @ m + p[k] for k, m in zip(self.links, self.middles)])

    def between(self, pair):
        i, k = self.pairs[pair]
        return distance(*self.placed[i], *self.placed[k])

    def nearest(self, allowances):
        """The smallest distance, allowance added; pairs whose balls are farther apart need no look. @param allowances NaN: no look at all"""
        i, k = self.pairs.T
        apart = np.linalg.norm(self.balls[i] - self.balls[k], axis=1) - self.radii[i] - self.radii[k] + allowances
        least = np.inf
        for pair in np.argsort(apart):
            if not apart[pair] < least:
                break
            least = min(least, self.between(pair) + allowances[pair])
        return least


def farthest_apart(case):
    """Largest difference of distance over all pairs of all configurations, how many these were, how many of them near, and how many touched."""
    scene = Scene(case)
    apart, pairs, near, touching = 0.0, 0, 0, 0
    for q, ours in zip(case["configurations"], case["distances_m"]):
        scene.place(np.array(q))
        for pair, our in enumerate(ours):
            their = scene.between(pair)
            pairs += 1
            near += 0 < our < 0.3
            touching += our <= 0
            # Overlapping things have no distance: the product says how far their cores are, Coal how deep they are in each other.
            apart = max(apart, abs(their - our) if our > 0 else their)
    return apart, pairs, near, touching


def free_clearance(case):
    """Smallest distance every millisecond along the free ways, and how many samples that were."""
    scene = Scene(case)
    least, samples = np.inf, 0
    for way in case["freeWays"]:
        for q in np.array(way).reshape(-1, 6):
            scene.place(q)
            least = min(least, scene.nearest(np.zeros(len(scene.pairs))))
            samples += 1
    return least, samples


def music_clearance(case):
    """Smallest distance at the knots of the piece, and every millisecond; allowances added as the product does."""
    scene, music = Scene(case), case["music"]
    allowances = np.array(music["allowances_m"], dtype=float)
    time = np.array(music["timeS"])
    knots = np.stack([np.array(music[name]).reshape(-1, 6) for name in ("q_rad", "qd_radps", "qdd_radps2")], axis=1)

    def least(configurations):
        nearest = np.inf
        for q in configurations:
            scene.place(q)
            nearest = min(nearest, scene.nearest(allowances))
        return nearest

    spline = BPoly.from_derivatives(time, knots)
    every_ms = np.arange(0, time[-1], 0.001)
    return least(knots[:, 0]), least(spline(every_ms)), len(every_ms)
