"""Kinematics of the nominal UR5e, worked out here a second time: what the simulated controller says is held against it."""

import math

A = [0, -0.425, -0.3922, 0, 0, 0]
D = [0.1625, 0, 0, 0.1333, 0.0997, 0.0996]
ALPHA = [math.pi / 2, 0, 0, math.pi / 2, -math.pi / 2, 0]


def multiply(m, n):
    return [[sum(m[i][k] * n[k][j] for k in range(4)) for j in range(4)] for i in range(4)]


def matrix(pose):
    """p[x, y, z, rx, ry, rz] as 4 x 4, by Rodrigues."""
    x, y, z, rx, ry, rz = pose
    angle = math.sqrt(rx * rx + ry * ry + rz * rz)
    if angle < 1e-12:
        return [[1, 0, 0, x], [0, 1, 0, y], [0, 0, 1, z], [0, 0, 0, 1]]
    u, v, w = rx / angle, ry / angle, rz / angle
    c, s, k = math.cos(angle), math.sin(angle), 1 - math.cos(angle)
    return [
        [c + u * u * k, u * v * k - w * s, u * w * k + v * s, x],
        [v * u * k + w * s, c + v * v * k, v * w * k - u * s, y],
        [w * u * k - v * s, w * v * k + u * s, c + w * w * k, z],
        [0, 0, 0, 1],
    ]


def forward(q, tcp=(0, 0, 0, 0, 0, 0)):
    """Base to TCP as 4 x 4."""
    t = matrix((0,) * 6)
    for qi, a, d, al in zip(q, A, D, ALPHA):
        c, s, ca, sa = math.cos(qi), math.sin(qi), math.cos(al), math.sin(al)
        t = multiply(t, [[c, -s * ca, s * sa, a * c], [s, c * ca, -c * sa, a * s], [0, sa, ca, d], [0, 0, 0, 1]])
    return multiply(t, matrix(tcp))


def difference(m, n):
    """Largest difference of two 4 x 4 matrices: metres and, for small ones, radians."""
    return max(abs(m[i][j] - n[i][j]) for i in range(3) for j in range(4))


def same_pose(pose, other, tolerance, what="pose"):
    """Fails unless two poses are the same place; rotation vectors may differ by whole turns."""
    m = pose if isinstance(pose[0], list) else matrix(pose)
    n = other if isinstance(other[0], list) else matrix(other)
    worst = difference(m, n)
    assert worst <= tolerance, f"{what} is off by {worst:.3g}, {tolerance:g} is allowed"
    return worst


def distance(pose, other):
    return math.dist(pose[:3], other[:3])


def from_line(pose, start, end):
    """Distance of a pose's position from the line through two others [m]."""
    along = [e - s for e, s in zip(end[:3], start[:3])]
    length = math.sqrt(sum(a * a for a in along))
    to = [p - s for p, s in zip(pose[:3], start[:3])]
    on = sum(t * a for t, a in zip(to, along)) / length
    return math.sqrt(max(0.0, sum(t * t for t in to) - on * on))
