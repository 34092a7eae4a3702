"""python-urx 0.11.0 (2018, made for CB3): what works on a real 5.x controller with it must work here, too."""

import collections
import collections.abc
import time

collections.Iterable = collections.abc.Iterable  # urx's geometry package was made for Python before 3.10

import urx
from urx import urrtmon

from checks import check, main, near, until

HOME = [0.6, -1.4, 1.7, -1.87, -1.57, 0.2]


@check("connects, reads joints and pose", 60)
def _(host):
    robot = urx.Robot(host)
    try:
        assert len(robot.getj()) == 6
        data = robot.secmon.get_all_data(wait=True)
        assert data["JointData"]["jointMode0"] == 253 and data["CartesianInfo"]["size"] == 101
        assert data["ToolData"]["toolMode"] == 253
    finally:
        robot.close()


@check("movej and movel, without waiting (it takes 5.x for switched off and would not wait)", 60)
def _(host):
    robot = urx.Robot(host)
    try:
        robot.set_tcp((0, 0, 0.1, 0, 0, 0))
        time.sleep(0.1)
        robot.movej(HOME, acc=3, vel=2, wait=False)
        until(lambda: max(abs(a - b) for a, b in zip(robot.getj(wait=True), HOME)) < 2e-3, 20, "arrival")
        info = robot.secmon.get_cartesian_info(wait=True)
        pose = [info[k] for k in ("X", "Y", "Z", "Rx", "Ry", "Rz")]
        goal = [pose[0] - 0.05, *pose[1:]]
        robot.movex("movel", goal, acc=1, vel=0.3, wait=False)
        until(lambda: abs(robot.secmon.get_cartesian_info(wait=True)["X"] - goal[0]) < 1e-3, 20, "arrival")
    finally:
        robot.close()


@check("sends programs, sets outputs", 60)
def _(host):
    robot = urx.Robot(host)
    try:
        robot.send_program("def hi():\n  set_digital_out(5, True)\nend\n")
        time.sleep(0.5)
        robot.set_digital_out(6, True)
        time.sleep(0.5)
        robot.stop()
    finally:
        robot.close()


@check("real-time monitor on port 30003", 60)
def _(host):
    monitor = urrtmon.URRTMonitor(host)
    monitor.start()
    until(lambda: monitor.q_actual() is not None, what="the first package")
    near(list(monitor.q_target(wait=True)), list(monitor.q_actual()), 0.01, "joints")
    stamps = []
    for _ in range(50):
        data = monitor.get_all_data(wait=True)
        stamps.append(float(data["ctrltimestamp"]))
    assert stamps == sorted(stamps) and stamps[0] > 40
    monitor.stop()


main()
