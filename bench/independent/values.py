"""Holds what compare.ts wrote down against Pinocchio, Coal, TOPP-RA and Ruckig; a line a figure; exit code 1 where one misses its limit."""

import json
import sys

import coal
import numpy as np
import pinocchio

import kinematics
import paces
import scenes
from coal_shapes import as_coal, distance

cases = json.load(open(sys.argv[1]))
missed = 0


def tell(what, figure, limit, met):
    global missed
    missed += not met
    print(f"  {what:<88} {figure:>11}  {limit:<13} {'met' if met else 'NOT MET'}", flush=True)


def at_most(what, value, limit, unit=""):
    tell(what, f"{value:.1e}{unit}" if limit < 1e-3 else f"{value:.3f}{unit}", f"<= {limit:g}{unit}", value <= limit)


def at_least(what, value, limit):
    tell(what, f"{value * 1e3:.3f} mm", f">= {limit * 1e3:.3f} mm", value >= limit - 1e-9)


print(f"Pinocchio {pinocchio.__version__}, Coal {coal.__version__}, random solids")
for arm in cases["arms"]:
    what = f"flange and Jacobian of the {arm['name']}, {len(arm['cases'])} times, apart from Pinocchio's"
    at_most(what, kinematics.farthest_apart(arm), 1e-9)

solids = cases["solids"]
worst = max(abs(distance(*as_coal(pair["a"]), *as_coal(pair["b"])) - pair["distanceM"]) for pair in solids)
at_most(f"distances of {len(solids)} pairs of random solids, apart from Coal's", worst, 1e-6, " m")

for case in cases["scenes"]:
    music, free = case["music"], case["freeWays"]
    print(f"cell {case['name']}, {len(case['configurations'])} configurations about {music['title']} and anywhere")
    apart, pairs, near, touching = scenes.farthest_apart(case)
    at_most(f"{pairs} distances, {near} of them below 0.3 m and {touching} touching, apart from Coal's", apart, 1e-6, " m")
    least, samples = scenes.free_clearance(case)
    at_least(f"clearance of {len(free)} free motions by Coal, each millisecond ({samples})", least, case["freeRequiredM"])
    at_knots, between, samples = scenes.music_clearance(case)
    at_most(f"smallest clearance of the piece at its knots, {music['minM'] * 1e3:.3f} mm, apart from Coal's", abs(at_knots - music["minM"]), 1e-6, " m")
    at_least(f"clearance of the piece by Coal, each millisecond ({samples})", between, music["requiredM"])

print("pace of free motion")
ratios = paces.against_toppra(cases["paces"])
at_most(f"{len(ratios)} searched ways, ours / TOPP-RA, which knows no jerk: median {np.median(ratios):.3f}, largest", max(ratios), 1.1)
ratios = paces.against_ruckig(cases["paces"])
at_most(f"{len(ratios)} straight moves, ours / Ruckig, same limits: median {np.median(ratios):.3f}, largest", max(ratios), 1.1)

if missed:
    print(f"{missed} not met")
sys.exit(1 if missed else 0)
