"""Universal Robots' external control script, the robot's half of their C++ client library and of the ROS driver, with a
host of our own: the three sockets that the script opens, and the messages that it takes. The script cannot be had from a
package registry; CELLIST_EXTERNAL_CONTROL names a copy of `external_control.urscript`."""

import math
import os
import re
import socket
import struct
import threading
import time

from checks import check, main, near, until
from kinematics import forward, same_pose

SCRIPT = os.environ.get("CELLIST_EXTERNAL_CONTROL", "")
VERSION = (5, 25, 1)
MICRO = 1_000_000
IDLE, SERVOJ, SPEEDJ, FORWARD, SPEEDL, POSE, FREEDRIVE, TORQUE, STOPPED = 0, 1, 2, 3, 4, 5, 6, 8, -2
START, CANCEL, NOOP = 1, -1, 0
HOME = [0.6, -1.4, 1.7, -1.87, -1.57, 0.2]


def without_branches(text):
    """Resolves `{% if ROBOT_SOFTWARE_VERSION >= v5.21.0 %}` as the library does before it sends the script."""
    out, stack = [], []
    for line in text.split("\n"):
        tag = re.fullmatch(r"\s*\{%\s*(if|elif|else|endif)\b(.*?)%\}\s*", line)
        if not tag:
            if all(taken for taken, _ in stack):
                out.append(line)
            continue
        word, condition = tag.groups()
        if word == "endif":
            stack.pop()
        elif word == "if":
            holds = compare(condition)
            stack.append((holds, holds))
        else:
            before = stack[-1][1]
            holds = not before and (word == "else" or compare(condition))
            stack[-1] = (holds, before or holds)
    return "\n".join(out)


def compare(condition):
    operator, version = re.search(r"ROBOT_SOFTWARE_VERSION\s*(>=|<=|==|<|>)\s*v([\d.]+)", condition).groups()
    other = tuple(int(part) for part in version.split("."))
    return {">=": VERSION >= other, "<=": VERSION <= other, "==": VERSION == other, "<": VERSION < other, ">": VERSION > other}[operator]


class Host:
    """The library's half: waits for the script's three connections, sends commands at 500 Hz in a thread."""

    def __init__(self, host):
        self.host = host
        self.servers = [socket.create_server((host, 0)) for _ in range(3)]
        trajectory, command, reverse = (server.getsockname()[1] for server in self.servers)
        text = without_branches(open(SCRIPT).read())
        for key, value in {
            "BEGIN_REPLACE": "set_tool_voltage(0)",
            "JOINT_STATE_REPLACE": MICRO,
            "TIME_REPLACE": MICRO,
            "SERVO_J_REPLACE": "lookahead_time=0.03, gain=2000",
            "SERVER_IP_REPLACE": host,
            "TRAJECTORY_SERVER_PORT_REPLACE": trajectory,
            "SCRIPT_COMMAND_SERVER_PORT_REPLACE": command,
            "SERVER_PORT_REPLACE": reverse,
        }.items():
            text = text.replace("{{%s}}" % key, str(value))
        assert "{{" not in text and "{%" not in text
        body = "\n".join(f"\t{line}" for line in text.split("\n"))
        self.primary = socket.create_connection((host, 30001), timeout=5)
        self.primary.sendall(f"stop program\ndef externalControl():\n{body}\nend\n".encode())
        self.sockets = []
        for server in self.servers:
            server.settimeout(10)
            connection, _ = server.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.settimeout(20)
            self.sockets.append(connection)
        self.trajectory, self.command, self.reverse = self.sockets
        self._message = (IDLE, lambda t: [0] * 6)
        self._begin = time.monotonic()
        self._alive = True
        self._once = []
        self.reads = 200
        self._thread = threading.Thread(target=self._stream, daemon=True)
        self._thread.start()

    def _stream(self):
        next_s = time.monotonic()
        while self._alive:
            if self._once:
                mode, values = self._once.pop(0)
            else:
                mode, values_at = self._message
                values = [v * MICRO for v in values_at(time.monotonic() - self._begin)]
            try:
                self.send(mode, values)
            except OSError:
                return
            next_s += 0.002
            time.sleep(max(0, next_s - time.monotonic()))

    def send(self, mode, values):
        self.reverse.sendall(struct.pack(">8i", self.reads, *(round(v) for v in values), mode))

    def stream(self, mode, values_at):
        """From now on, this every 2 ms: six numbers as a function of the time since now [s]."""
        self._begin = time.monotonic()
        self._message = (mode, values_at)

    def forward(self, *values):
        """A trajectory instruction, then keep-alives."""
        self._message = (FORWARD, lambda t: [NOOP] * 6)
        self._once.append((FORWARD, list(values) + [0] * (6 - len(values))))

    def point(self, goal, second, third, time_s, blend_or_spline, kind):
        numbers = [*goal, *second, *third, time_s]
        scaled = [round(v * MICRO) for v in numbers]
        last = blend_or_spline if kind == 51 else round(blend_or_spline * MICRO)
        self.trajectory.sendall(struct.pack(">21i", *scaled, last, kind))

    def result(self):
        return struct.unpack(">i", self.trajectory.recv(4, socket.MSG_WAITALL))[0]

    def say(self, number, *values):
        scaled = [round(v * MICRO) for v in values] + [0] * (27 - len(values))
        self.command.sendall(struct.pack(">28i", number, *scaled))

    def silence(self):
        self._alive = False
        self._thread.join()

    def close(self):
        self._alive = False
        for s in [*self.sockets, *self.servers, self.primary]:
            s.close()


def realtime(host):
    with socket.create_connection((host, 30003), timeout=5) as s:
        return s.recv(1220, socket.MSG_WAITALL)


def joints(host):
    return list(struct.unpack("!6d", realtime(host)[252:300]))


def speeds(host):
    return list(struct.unpack("!6d", realtime(host)[300:348]))


def ask(host, command):
    with socket.create_connection((host, 29999), timeout=5) as s:
        f = s.makefile("rw")
        f.readline()
        f.write(f"{command}\n")
        f.flush()
        return f.readline().strip()


def at_rest(host):
    return max(abs(v) for v in speeds(host)) < 2e-3


_hosts = []


def connected(host):
    if not _hosts:
        _hosts.append(Host(host))
    return _hosts[0]


@check("the script compiles, connects its three sockets in order, and plays", 60)
def _(host):
    connected(host)
    until(lambda: ask(host, "running") == "Program running: true", what="the program")
    return ask(host, "programState")


@check("servoj at 500 Hz: the arm follows and ends at the last target", 60)
def _(host):
    h = connected(host)
    start = joints(host)
    shape = lambda t: [q + 0.1 * (1 - math.cos(math.pi * min(t, 1))) / 2 for q in start]
    h.stream(SERVOJ, shape)
    time.sleep(2.5)
    return f"off by {near(joints(host), [q + 0.1 for q in start], 2e-3, 'joints'):.2e} rad"


@check("speedj, then servoj again, then idle: each stops before the next", 60)
def _(host):
    h = connected(host)
    start = joints(host)
    h.stream(SPEEDJ, lambda t: [-0.1, 0, 0, 0, 0, 0.2])
    time.sleep(1.0)
    moving = speeds(host)
    near(moving, [-0.1, 0, 0, 0, 0, 0.2], 0.02, "speeds")
    h.stream(IDLE, lambda t: [0] * 6)
    until(lambda: at_rest(host), what="rest")
    moved = joints(host)[5] - start[5]
    assert 0.1 < moved < 0.6, moved
    return f"wrist moved {moved:.3f} rad in a second"


@check("speedl and the pose mode", 60)
def _(host):
    h = connected(host)
    before = forward(joints(host))
    h.stream(SPEEDL, lambda t: [0, 0, 0.05, 0, 0, 0])
    time.sleep(1.0)
    h.stream(IDLE, lambda t: [0] * 6)
    until(lambda: at_rest(host), what="rest")
    rose = forward(joints(host))[2][3] - before[2][3]
    assert 0.02 < rose < 0.12, rose
    data = realtime(host)
    pose = list(struct.unpack_from("!6d", data, 444))
    lower = [*pose[:2], pose[2] - 0.03, *pose[3:]]
    h.stream(POSE, lambda t: [a + (b - a) * min(t, 1.5) / 1.5 for a, b in zip(pose, lower)])
    time.sleep(2.5)
    end = list(struct.unpack_from("!6d", realtime(host), 444))
    return f"rose {rose:.3f} m; pose off by {same_pose(end, lower, 2e-3):.2e}"


@check("trajectory of movej, movel, movep and movec points with blends: result 0, arm at the last one", 90)
def _(host):
    h = connected(host)
    h.forward(START, 2)
    h.point(HOME, [0] * 6, [1.0, 2.0, 0, 0, 0, 0], 0, 0, 0)
    near_home = [q + 0.05 for q in HOME]
    h.point(near_home, [0] * 6, [1.0, 2.0, 0, 0, 0, 0], 1.0, 0, 0)
    assert h.result() == 0
    near(joints(host), near_home, 2e-3, "joints after movej")
    pose = list(struct.unpack_from("!6d", realtime(host), 444))
    moved = lambda dx, dy, dz: [pose[0] + dx, pose[1] + dy, pose[2] + dz, *pose[3:]]
    va = [0.2, 0.8, 0, 0, 0, 0]  # velocity, acceleration
    h.forward(START, 5)
    h.point(moved(0, 0, 0.05), [0] * 6, va, 0, 0.01, 1)
    h.point(moved(0, 0.05, 0.05), [0] * 6, va, 0, 0.01, 2)
    h.point(moved(0.05, 0.05, 0.05), [0] * 6, va, 0, 0, 1)
    h.point(moved(0.05, 0.05, -0.05), moved(0.05, 0.1, 0), va, 0, 0, 3)
    h.point(moved(0, 0, 0), [0] * 6, va, 0, 0, 1)
    assert h.result() == 0
    end = list(struct.unpack_from("!6d", realtime(host), 444))
    return f"pose off by {same_pose(end, moved(0, 0, 0), 2e-3):.2e}"


@check("optimovej and optimovel points", 60)
def _(host):
    h = connected(host)
    h.forward(START, 2)
    goal = [q - 0.1 for q in HOME]
    h.point(goal, [0] * 6, [0.5, 0.5, 0, 0, 0, 0], 0, 0, 4)
    h.point(HOME, [0] * 6, [0.5, 0.5, 0, 0, 0, 0], 0, 0, 13)
    assert h.result() == 0
    near(joints(host), HOME, 2e-3, "joints")


def spline(h, kind, knots, step_s):
    """Knots of a sine around HOME, from rest to rest."""
    total = knots * step_s
    w = math.pi / total
    h.forward(START, knots)
    for i in range(1, knots + 1):
        t = i * step_s
        q = [a + 0.15 * math.sin(w * t) ** 2 for a in HOME]
        qd = [0.15 * w * math.sin(2 * w * t)] * 6
        qdd = [0.3 * w * w * math.cos(2 * w * t)] * 6
        if kind == 1 or i == knots:
            qdd = qdd if kind == 2 else [0] * 6
        h.point(q, qd, qdd, step_s, kind, 51)
    return total


@check("cubic spline of 20 knots: result 0, ends where it began", 90)
def _(host):
    h = connected(host)
    spline(h, 1, 20, 0.1)
    assert h.result() == 0
    return f"off by {near(joints(host), HOME, 3e-3, 'joints'):.2e} rad"


@check("quintic spline of 20 knots: result 0, the middle of the path reached", 90)
def _(host):
    h = connected(host)
    total = spline(h, 2, 20, 0.1)
    farthest, end = 0.0, time.monotonic() + total + 1
    while time.monotonic() < end:
        farthest = max(farthest, joints(host)[0] - HOME[0])
    assert h.result() == 0
    near(farthest, 0.15, 5e-3, "farthest point")
    return f"off by {near(joints(host), HOME, 3e-3, 'joints'):.2e} rad, farthest {farthest:.4f} rad"


@check("a trajectory that is cancelled half way: result 1, and another one runs after it", 90)
def _(host):
    h = connected(host)
    spline(h, 2, 30, 0.1)
    time.sleep(1.0)
    h.forward(CANCEL)
    assert h.result() == 1
    until(lambda: at_rest(host), what="rest")
    h.forward(START, 1)
    h.point(HOME, [0] * 6, [0.5, 1.0, 0, 0, 0, 0], 0, 0, 0)
    assert h.result() == 0
    near(joints(host), HOME, 2e-3, "joints")


@check("a trajectory whose points stop coming: result 2, the arm at rest", 60)
def _(host):
    h = connected(host)
    h.forward(START, 5)
    h.point([q + 0.05 for q in HOME], [0.02] * 6, [0] * 6, 1.0, 1, 51)
    result = h.result()
    assert result == 2, result
    until(lambda: at_rest(host), what="rest")
    h.forward(START, 1)
    time.sleep(0.75)  # the script first spends 0.5 s on the points that never came, and would take this one for one of them
    h.point(HOME, [0] * 6, [0.5, 1.0, 0, 0, 0, 0], 0, 0, 0)
    assert h.result() == 0


@check("script commands: payload, gravity, TCP, tool voltage, zero of the sensor, force mode, friction", 60)
def _(host):
    h = connected(host)
    h.stream(IDLE, lambda t: [0] * 6)
    h.say(0)
    h.say(1, 0.5, 0.01, 0.02, 0.03)
    h.say(9, 0, 0, 9.82)
    h.command.sendall(struct.pack(">28i", 7, 1, *[0] * 26))
    h.say(11, *[0.9] * 6, *[0.8] * 6)
    h.command.sendall(struct.pack(">28i", 8, 0, *[0] * 26))
    tcp = [0.01, 0.02, 0.03, 0, 0, 0]
    h.say(10, *tcp)

    def offset():
        data = b""
        with socket.create_connection((host, 30002), timeout=5) as s:
            while True:
                size, kind = struct.unpack(">iB", s.recv(5, socket.MSG_WAITALL))
                body, at = s.recv(size - 5, socket.MSG_WAITALL), 0
                while kind == 16 and at < len(body):
                    length, part = struct.unpack_from(">IB", body, at)
                    if part == 4:
                        return list(struct.unpack_from(">6d", body, at + 53))
                    at += length

    until(lambda: max(abs(a - b) for a, b in zip(offset(), tcp)) < 1e-9, what="the TCP")
    before = forward(joints(host))[2][3]
    h.say(3, *[0] * 6, 0, 0, 1, 0, 0, 0, 0, 0, 5, 0, 0, 0, 2, 0.1, 0.1, 0.05, 0.3, 0.3, 0.3, 0.025, 0.5)
    time.sleep(1.5)
    h.say(4)
    until(lambda: at_rest(host), what="rest")
    rose = forward(joints(host))[2][3] - before
    assert rose > 0.01, f"5 N upwards moved the tool {rose:.4f} m"
    h.say(10, *[0] * 6)
    return f"5 N upwards moved the tool {rose:.3f} m in 1.5 s"


@check("freedrive on and off, torque control, tool contact asked for and given up", 60)
def _(host):
    h = connected(host)
    h._message = (FREEDRIVE, lambda t: [NOOP] * 6)
    h._once.append((FREEDRIVE, [1, 0, 0, 0, 0, 0]))
    time.sleep(0.5)
    h._once.append((FREEDRIVE, [-1, 0, 0, 0, 0, 0]))
    h.stream(IDLE, lambda t: [0] * 6)
    time.sleep(0.2)
    h.stream(TORQUE, lambda t: [0, 0, 0, 0, 0, 0.5 if t < 0.3 else 0])
    time.sleep(0.6)
    h.stream(IDLE, lambda t: [0] * 6)
    until(lambda: at_rest(host), what="rest")
    h.say(5)
    time.sleep(0.1)
    h.say(6)
    assert struct.unpack(">i", h.command.recv(4, socket.MSG_WAITALL))[0] == 1
    assert ask(host, "running") == "Program running: true"


@check("silence of the host: the program ends by itself within the read time-out, the arm comes to rest", 60)
def _(host):
    h = connected(host)
    start = joints(host)
    h.stream(SERVOJ, lambda t: [start[0] + 0.2 * t, *start[1:]])
    time.sleep(1.0)
    h.silence()
    silent = time.monotonic()
    until(lambda: ask(host, "running") == "Program running: false", 10, "the end")
    took = time.monotonic() - silent
    until(lambda: at_rest(host), what="rest")
    h.close()
    _hosts.clear()
    return f"{took:.2f} s"


@check("a host that says STOPPED: the program ends and closes its sockets", 60)
def _(host):
    h = connected(host)
    time.sleep(0.2)
    h.stream(STOPPED, lambda t: [0] * 6)
    until(lambda: ask(host, "running") == "Program running: false", 10, "the end")
    assert h.reverse.recv(1) == b""
    h.close()
    _hosts.clear()


main()
