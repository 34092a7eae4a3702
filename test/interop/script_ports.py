"""Plain sockets, as countless scripts in the field use them: struct.unpack on port 30003, URScript with sendall."""

import math
import os
import socket
import struct
import threading
import time

from checks import check, main, near, until
from kinematics import forward, same_pose

TCP = [float(v) for v in os.environ["CELLIST_TCP"].split(",")]


def packages(host, port):
    """One (type, body) after the other of the primary or secondary interface."""
    with socket.create_connection((host, port), timeout=5) as s:
        while True:
            size, kind = struct.unpack(">iB", s.recv(5, socket.MSG_WAITALL))
            yield kind, s.recv(size - 5, socket.MSG_WAITALL)


def state(host, port=30002):
    """The sub-packages of one robot state by type."""
    body = next(body for kind, body in packages(host, port) if kind == 16)
    parts, at = {}, 0
    while at < len(body):
        size, kind = struct.unpack_from(">IB", body, at)
        parts[kind] = body[at + 5 : at + size]
        at += size
    assert at == len(body)
    return parts


def realtime(host, port=30003):
    with socket.create_connection((host, port), timeout=5) as s:
        data = s.recv(1220, socket.MSG_WAITALL)
    assert struct.unpack(">i", data[:4])[0] == 1220 == len(data)
    return data


def joints(host):
    return list(struct.unpack("!6d", realtime(host)[252:300]))


def run(host, script, port=30002):
    with socket.create_connection((host, port), timeout=5) as s:
        s.sendall(script.encode())
        time.sleep(0.1)


def ask(host, *commands):
    """Answers of the dashboard."""
    with socket.create_connection((host, 29999), timeout=5) as s:
        f = s.makefile("rw")
        assert f.readline().startswith("Connected: Universal Robots Dashboard Server")
        answers = []
        for command in commands:
            f.write(f"{command}\n")
            f.flush()
            answers.append(f.readline().strip())
        return answers


@check("real-time interface: 1220 bytes at 500 Hz, fields at the documented places")
def _(host):
    data = realtime(host)
    at = lambda offset, count=6: list(struct.unpack_from(f"!{count}d", data, offset))
    assert at(4, 1)[0] > 40
    q = at(252)
    near(at(12), q, 0.01, "target joints")
    same_pose(at(444), forward(q, TCP), 1e-3, "TCP pose from the joints")
    assert at(756, 1) == [7] and at(764) == [253] * 6 and at(812, 1) == [1]
    assert at(940, 1) == [1] and 40 < at(972, 1)[0] < 56
    assert at(1052, 1) == [1]  # program state: stopped
    with socket.create_connection((host, 30003)) as s:
        begin = time.monotonic()
        times = [struct.unpack_from("!d", s.recv(1220, socket.MSG_WAITALL), 4)[0] for _ in range(1000)]
        took = time.monotonic() - begin
    gaps = [b - a for a, b in zip(times, times[1:])]
    assert all(abs(g - 0.002) < 1e-9 for g in gaps), max(gaps)
    near(took, 2.0, 0.5, "time for 1000 packages")
    return f"1000 packages in {took:.3f} s, each 2 ms after the one before"


@check("primary interface: version first, then the whole state")
def _(host):
    stream = packages(host, 30001)
    kind, body = next(stream)
    stamp, source, message = struct.unpack_from(">QbB", body)
    length = body[10]
    assert (kind, message, body[11 : 11 + length]) == (20, 3, b"URControl")
    assert struct.unpack_from(">BBii", body, 11 + length) == (5, 25, 1, 130310)
    kind, body = next(stream)
    assert (kind, len(body) + 5) == (16, 1386)
    begin, count = time.monotonic(), 0
    while count < 20:
        count += next(stream)[0] == 16
    near(time.monotonic() - begin, 2.0, 0.4, "time for 20 states")


@check("robot state: joints, pose, kinematics, configuration, masterboard, modes")
def _(host):
    parts = state(host)
    assert list(parts) == [0, 1, 4, 5, 9, 3, 2, 6, 7, 8, 10, 11, 12]
    mode = struct.unpack(">Q7?bBdddB", parts[0])
    assert mode[1:8] == (True, True, True, False, False, False, False) and mode[8] == 7 and mode[10:13] == (1, 1, 1)
    q = [struct.unpack_from(">d", parts[1], 41 * i)[0] for i in range(6)]
    assert [parts[1][41 * i + 40] for i in range(6)] == [253] * 6
    pose = struct.unpack_from(">12d", parts[4])
    same_pose(list(pose[:6]), forward(q, TCP), 1e-3)
    near(list(pose[6:]), TCP, 1e-12, "TCP offset")
    theta_a_d_alpha = struct.unpack_from(">24d", parts[5], 24)
    near(list(theta_a_d_alpha[6:12]), [0, -0.425, -0.3922, 0, 0, 0], 0, "a")
    near(list(theta_a_d_alpha[12:18]), [0.1625, 0, 0, 0.1333, 0.0997, 0.0996], 0, "d")
    limits = struct.unpack_from(">12d", parts[6])
    assert all(abs(abs(v) - 6.3355451848) < 1e-9 for v in limits)
    assert struct.unpack_from(">4i", parts[6], len(parts[6]) - 16) == (6, 4, 1, 3)


@check("single lines, coalesced lines, `sec`, replacement, on all three script ports", 60)
def _(host):
    board = lambda: struct.unpack_from(">II", state(host)[3])[1]
    for n, port in enumerate((30001, 30002, 30003)):
        run(host, f"set_digital_out({n}, True)\n", port)
        until(lambda: board() & (1 << n), what=f"output {n} from port {port}")
    run(host, "set_digital_out(0, False)\nset_digital_out(1, False)\n")
    until(lambda: board() & 3 == 0, what="both lines of one package")
    run(host, "def first():\n  while True:\n    sync()\n  end\nend\n")
    until(lambda: ask(host, "running") == ["Program running: true"], what="the program")
    run(host, "sec beside():\n  set_digital_out(2, False)\nend\n")
    until(lambda: board() & 4 == 0, what="the secondary program")
    assert ask(host, "programState") == ["PLAYING first"]
    run(host, "stop program\nset robotmode run\ndef second():\n  sleep(20)\nend\n")
    until(lambda: ask(host, "programState") == ["PLAYING second"], what="the replacement")
    run(host, "stop program\n")
    until(lambda: ask(host, "running") == ["Program running: false"], what="the stop")


@check("movej by a single line, in pieces of one byte", 60)
def _(host):
    goal = [0.6, -1.4, 1.7, -1.87, -1.57, 0.2]
    with socket.create_connection((host, 30003)) as s:
        for byte in f"movej({goal}, a=3, v=2)\n".encode():
            s.sendall(bytes([byte]))
        until(lambda: max(abs(a - b) for a, b in zip(joints(host), goal)) < 2e-3, 20, "arrival")


@check("the program answers through a socket of its own", 60)
def _(host):
    with socket.create_server((host, 0)) as server:
        server.settimeout(10)
        port = server.getsockname()[1]
        script = (
            "def talk():\n"
            f'  socket_open("{host}", {port}, "me")\n'
            '  socket_send_line("ready", "me")\n'
            '  numbers = socket_read_ascii_float(3, "me")\n'
            '  socket_send_string(to_str(numbers[1] + numbers[2] + numbers[3]), "me")\n'
            '  socket_send_byte(10, "me")\n'
            '  whole = socket_read_binary_integer(2, "me")\n'
            '  socket_send_int(whole[1] - whole[2], "me")\n'
            '  socket_close("me")\n'
            "end\n"
        )
        run(host, script)
        robot, _address = server.accept()
        robot.settimeout(10)
        f = robot.makefile("rwb")
        line = f.readline()
        assert line == b"ready\n", line
        robot.sendall(b"(1.5, 2.25, -0.25)")
        line = f.readline()
        assert float(line) == 3.5, line
        robot.sendall(struct.pack(">2i", 7, 1000))
        answer = f.read(4)
        assert struct.unpack(">i", answer) == (-993,), answer
        rest = f.read()
        assert rest == b"", rest


@check("the program calls functions of Python's XML-RPC server", 60)
def _(host):
    from xmlrpc.server import SimpleXMLRPCServer

    heard = []

    def grip(width, force, wait):
        heard.append((width, force, wait))
        return True

    def above(pose, by):
        return {**pose, "z": pose["z"] + by}

    with SimpleXMLRPCServer((host, 0), logRequests=False, allow_none=True) as server:
        server.register_function(grip)
        server.register_function(above)
        server.register_function(lambda values: [2 * v for v in values], "doubled")
        server.register_function(lambda: "it's <fine> & \u00e4", "words")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        stream = packages(host, 30001)
        next(stream)
        port = server.server_address[1]
        run(
            host,
            "def call():\n"
            f'  server = rpc_factory("xmlrpc", "http://{host}:{port}/RPC2")\n'
            "  textmsg(server.grip(20, 12.5, True))\n"
            "  textmsg(server.above(p[0.25, 0, 0.5, 0, 0, 1.5], 0.125))\n"
            "  textmsg(server.doubled([1, 2.5]))\n"
            "  textmsg(server.words())\n"
            "  server.nobody()\n"
            "end\n",
        )
        said, end = [], time.monotonic() + 10
        for kind, body in stream:
            if kind == 20 and body[9] in (0, 10):
                said.append(body[10 + 8 * (body[9] == 10) :].decode())
            if len(said) == 5:
                break
            assert time.monotonic() < end, said
        server.shutdown()
    assert heard == [(20, 12.5, True)], heard
    assert said[:4] == ["True", "p[0.25, 0, 0.625, 0, 0, 1.5]", "[2, 5]", "it's <fine> & \u00e4"], said
    assert "nobody" in said[4], said


@check("messages: start and stop of a program, text, compile error with its line, popup")
def _(host):
    stream = packages(host, 30001)
    next(stream)

    def wait_for(message):
        end = time.monotonic() + 5
        for kind, body in stream:
            if kind == 20 and body[9] == message:
                return body[10:]
            assert time.monotonic() < end, f"no message {message}"

    run(host, 'def song():\n  textmsg("la")\n  popup("hello", "title", False, False)\n  sleep(0.1)\nend\n')
    key = wait_for(7)
    assert key[9 : 9 + key[8]] == b"PROGRAM_XXX_STARTED" and key.endswith(b"song"), key
    assert wait_for(0) == b"la"
    popup = wait_for(2)
    assert popup.endswith(b"hello") and b"title" in popup, popup
    key = wait_for(7)
    assert b"PROGRAM_XXX_STOPPED" in key, key
    run(host, "def bad():\n  foo(1)\nend\n")
    problem = wait_for(10)
    assert struct.unpack_from(">ii", problem) == (2, 3), struct.unpack_from(">ii", problem)
    assert b"compile_error_name_not_found:foo" in problem


@check("protective stop: error code C209, then the way back", 60)
def _(host):
    stream = packages(host, 30001)
    next(stream)
    run(host, "protective_stop()\n")
    end = time.monotonic() + 5
    for kind, body in stream:
        assert time.monotonic() < end, "no error code"
        if kind == 20 and body[9] == 6:
            assert struct.unpack_from(">iii", body, 10) == (209, 0, 2), struct.unpack_from(">iii", body, 10)
            break
    assert ask(host, "safetystatus", "safetymode") == ["Safetystatus: PROTECTIVE_STOP", "Safetymode: PROTECTIVE_STOP"]
    assert struct.unpack(">Q7?bBdddB", state(host)[0])[5] is True
    assert ask(host, "unlock protective stop")[0].startswith("Cannot unlock protective stop until 5s after occurrence")
    time.sleep(5.2)
    assert ask(host, "close safety popup", "unlock protective stop") == [
        "closing safety popup",
        "Protective stop releasing",
    ]
    until(lambda: ask(host, "safetystatus", "robotmode") == ["Safetystatus: NORMAL", "Robotmode: RUNNING"], what="normal")


@check("power by script port: off, on, brakes", 60)
def _(host):
    mode = lambda: ask(host, "robotmode")[0].split()[-1]
    run(host, "power off\n", 30001)
    until(lambda: mode() == "POWER_OFF", what="off")
    run(host, "power on\n", 30001)
    until(lambda: mode() == "IDLE", 20, "on")
    run(host, "set robotmode run\n", 30001)
    until(lambda: mode() == "RUNNING", 20, "brakes")


@check("interpreter mode on port 30020")
def _(host):
    run(host, "interpreter_mode()\n", 30001)
    with socket.create_connection((host, 30020), timeout=5) as s:
        f = s.makefile("rw")

        def say(line):
            f.write(f"{line}\n")
            f.flush()
            return f.readline().strip()

        until(lambda: say("x = 1").startswith("ack: "), what="interpreter mode")
        number = int(say("set_digital_out(4, x == 1)").split(":")[1])
        until(lambda: int(say("statelastexecuted").split(":")[1]) >= number, what="the line")
        until(lambda: struct.unpack_from(">II", state(host)[3])[1] & 16, what="output 4")
        assert say("foo()").startswith("discard: ")
        assert say("end_interpreter()").startswith("ack: ")
    until(lambda: ask(host, "running") == ["Program running: false"], what="the end")


@check("read-only twins obey nothing")
def _(host):
    before = joints(host)
    for port in (30011, 30012, 30013):
        run(host, "power off\n", port)
    time.sleep(0.2)
    assert ask(host, "robotmode") == ["Robotmode: RUNNING"]
    assert len(realtime(host, 30013)) == 1220 and state(host, 30011).keys() == state(host, 30012).keys()
    near(joints(host), before, 1e-4)


main()
