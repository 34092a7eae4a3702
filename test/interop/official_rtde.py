"""Universal Robots' own RTDE client in Python, in the two editions that packages on PyPI carry unchanged."""

import csv
import math
import os
import socket
import struct
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree

import third_party.rtde.csv_writer as csv_writer  # edition of 2020, with the files of its examples
import third_party.rtde.rtde as rtde
import third_party.rtde.rtde_config as rtde_config
from urpy import rtde as newer  # urpy binds this name to its inner module

from checks import check, main, near, until
from kinematics import forward, same_pose

TCP = [float(v) for v in os.environ["CELLIST_TCP"].split(",")]
RECORD = """<?xml version="1.0"?>
<rtde_config><recipe key="out">
  <field name="timestamp" type="DOUBLE"/><field name="target_q" type="VECTOR6D"/><field name="actual_q" type="VECTOR6D"/>
  <field name="actual_TCP_pose" type="VECTOR6D"/><field name="joint_mode" type="VECTOR6INT32"/>
  <field name="actual_tool_accelerometer" type="VECTOR3D"/><field name="robot_mode" type="INT32"/>
  <field name="actual_digital_output_bits" type="UINT64"/><field name="runtime_state" type="UINT32"/>
  <field name="output_bit_register_64" type="BOOL"/><field name="tool_output_mode" type="UINT8"/>
</recipe></rtde_config>"""
LOOP = """<?xml version="1.0"?>
<rtde_config>
  <recipe key="state"><field name="timestamp" type="DOUBLE"/><field name="target_q" type="VECTOR6D"/>
    <field name="output_int_register_0" type="INT32"/></recipe>
  <recipe key="setp"><field name="input_double_register_0" type="DOUBLE"/><field name="input_double_register_1" type="DOUBLE"/>
    <field name="input_double_register_2" type="DOUBLE"/><field name="input_double_register_3" type="DOUBLE"/>
    <field name="input_double_register_4" type="DOUBLE"/><field name="input_double_register_5" type="DOUBLE"/></recipe>
  <recipe key="watchdog"><field name="input_int_register_0" type="INT32"/></recipe>
</rtde_config>"""
# What the robot's side of UR's control loop example does: ask for a setpoint, move there, say it has been reached.
LOOP_PROGRAM = """def rtde_control_loop():
  write_output_integer_register(0, 0)
  rtde_set_watchdog("input_int_register_0", 1, "stop")
  while True:
    write_output_integer_register(0, 1)
    while read_input_integer_register(0) == 0:
      sync()
    end
    q = [read_input_float_register(0), read_input_float_register(1), read_input_float_register(2), read_input_float_register(3), read_input_float_register(4), read_input_float_register(5)]
    movej(q, a=3, v=2)
    write_output_integer_register(0, 0)
    while read_input_integer_register(0) == 1:
      sync()
    end
  end
end
"""


# Every output that UR's client library of 2026 knows, by type: written down here a second time.
OUTPUTS = {
    "DOUBLE": "timestamp actual_execution_time target_execution_time speed_scaling target_speed_fraction actual_momentum "
    "actual_main_voltage actual_robot_voltage actual_robot_current standard_analog_input0 standard_analog_input1 "
    "standard_analog_output0 standard_analog_output1 io_current tool_analog_input0 tool_analog_input1 tool_output_current "
    "tool_temperature tcp_force_scalar joint_position_deviation_ratio collision_detection_ratio payload "
    "euromap67_24V_voltage euromap67_24V_current actual_robot_energy_consumed actual_robot_braking_energy_dissipated "
    + " ".join(f"{way}_double_register_{i}" for way in ("output", "input") for i in range(48)),
    "VECTOR6D": "target_q target_qd target_qdd target_current target_moment actual_q actual_qd actual_current "
    "actual_current_window actual_current_as_torque joint_control_output actual_TCP_pose actual_TCP_speed actual_TCP_force "
    "target_TCP_pose target_TCP_speed tcp_offset actual_TCP_acceleration target_TCP_acceleration joint_temperatures "
    "actual_joint_voltage ft_raw_wrench wrench_calc_from_currents payload_inertia target_base_acceleration target_base_wrench",
    "VECTOR3D": "actual_tool_accelerometer elbow_position elbow_velocity payload_cog target_gravity",
    "VECTOR6INT32": "joint_mode",
    "INT32": "robot_mode safety_mode safety_status tool_output_voltage encoder0_raw encoder1_raw time_scale_source "
    + " ".join(f"{way}_int_register_{i}" for way in ("output", "input") for i in range(48)),
    "UINT32": "runtime_state robot_status_bits safety_status_bits analog_io_types tool_mode tool_analog_input_types "
    "euromap67_input_bits euromap67_output_bits script_control_line output_bit_registers0_to_31 "
    "output_bit_registers32_to_63 input_bit_registers0_to_31 input_bit_registers32_to_63",
    "UINT64": "actual_digital_input_bits actual_digital_output_bits actual_configurable_digital_input_bits "
    "actual_configurable_digital_output_bits control_step",
    "UINT8": "tool_output_mode tool_digital_output0_mode tool_digital_output1_mode",
    "BOOL": " ".join(f"{way}_bit_register_{i}" for way in ("output", "input") for i in range(64, 128)),
}
NAMES = [name for names in OUTPUTS.values() for name in names.split()]
TYPES = [kind for kind, names in OUTPUTS.items() for _ in names.split()]
SIZES = {"DOUBLE": 8, "VECTOR6D": 48, "VECTOR3D": 24, "VECTOR6INT32": 24, "INT32": 4, "UINT32": 4, "UINT64": 8, "UINT8": 1, "BOOL": 1}

def config(text):
    path = os.path.join(tempfile.mkdtemp(), "configuration.xml")
    open(path, "w").write(text)
    return rtde_config.ConfigFile(path)


def send_script(host, text):
    with socket.create_connection((host, 30002)) as s:
        s.sendall(text.encode())
        time.sleep(0.2)


def record(host, frequency, samples):
    """What UR's record.py does, line for line; the rows of its file."""
    conf = config(RECORD)
    names, types = conf.get_recipe("out")
    con = rtde.RTDE(host, 30004)
    con.connect()
    con.get_controller_version()
    assert con.send_output_setup(names, types, frequency=frequency), "unable to configure output"
    assert con.send_start(), "unable to start synchronization"
    path = os.path.join(tempfile.mkdtemp(), "robot_data.csv")
    with open(path, "w") as csvfile:
        writer = csv_writer.CSVWriter(csvfile, names, types)
        writer.writeheader()
        for _ in range(samples):
            state = con.receive()
            assert state is not None
            writer.writerow(state)
    assert con.send_pause()
    con.disconnect()
    with open(path) as csvfile:
        return list(csv.DictReader(csvfile, delimiter=" "))


def steps(rows, frequency):
    times = [float(row["timestamp"]) for row in rows]
    gaps = [round((b - a) * frequency) for a, b in zip(times, times[1:])]
    assert all(abs((b - a) * frequency - g) < 1e-3 for a, b, g in zip(times, times[1:], gaps)), "uneven clock"
    return sum(g - 1 for g in gaps)


@check("record at 125 Hz: no gap, values agree with each other")
def _(host):
    rows = record(host, 125, 250)
    missed = steps(rows, 125)
    row = rows[100]
    q = [float(row[f"actual_q_{i}"]) for i in range(6)]
    pose = [float(row[f"actual_TCP_pose_{i}"]) for i in range(6)]
    same_pose(pose, forward(q, TCP), 1e-3, "TCP pose from the joints")
    assert row["robot_mode"] == "7" and row["joint_mode_0"] == "253" and row["runtime_state"] == "1"
    return f"250 rows, {missed} skipped by the client"


@check("record at 500 Hz")
def _(host):
    rows = record(host, 500, 1500)
    missed = steps(rows, 500)
    return f"1500 rows, {missed} skipped by the client (it keeps the newest of several)"


@check("receive_buffered at 500 Hz: every package, none missed", 60)
def _(host):
    con = newer.RTDE(host)
    con.connect()
    assert con.get_controller_version() == (5, 25, 1, 130310)
    assert con.send_output_setup(["timestamp", "actual_q"], frequency=500)
    assert con.send_start()
    times = []
    while len(times) < 2000:
        state = con.receive_buffered()
        if state is not None:
            times.append(state.timestamp)
        else:
            time.sleep(0.001)
    con.disconnect()
    assert all(abs(b - a - 0.002) < 1e-9 for a, b in zip(times, times[1:])), "a package is missing"
    return "2000 packages, exactly 2 ms apart"


@check("control loop: setpoints go through registers, the robot moves there, the watchdog is fed", 90)
def _(host):
    conf = config(LOOP)
    state_names, state_types = conf.get_recipe("state")
    con = rtde.RTDE(host, 30004)
    con.connect()
    assert con.send_output_setup(state_names, state_types)
    setp = con.send_input_setup(*conf.get_recipe("setp"))
    watchdog = con.send_input_setup(*conf.get_recipe("watchdog"))
    for i in range(6):
        setattr(setp, f"input_double_register_{i}", 0.0)
    watchdog.input_int_register_0 = 0
    assert con.send_start()
    con.send(watchdog)
    send_script(host, LOOP_PROGRAM)
    goals = [[0.6, -1.4, 1.7, -1.87, -1.57, 0.2], [0.8, -1.5, 1.6, -1.7, -1.57, 0.0]]
    reached, moving, end = 0, False, time.monotonic() + 60
    while reached < 6 and time.monotonic() < end:
        state = con.receive()
        assert state is not None
        if not moving and state.output_int_register_0 == 1:
            moving = True
            for i, value in enumerate(goals[reached % 2]):
                setattr(setp, f"input_double_register_{i}", value)
            con.send(setp)
            watchdog.input_int_register_0 = 1
        elif moving and state.output_int_register_0 == 0:
            near(list(state.target_q), goals[reached % 2], 1e-6, "target joints")
            moving = False
            reached += 1
            watchdog.input_int_register_0 = 0
        con.send(watchdog)
    assert reached == 6, f"{reached} of 6 setpoints reached"
    for _ in range(400):  # nobody feeds the watchdog: the program must stop by itself
        state = con.receive()
    con.send_pause()
    con.disconnect()
    probe = rtde.RTDE(host, 30004)
    probe.connect()
    probe.send_output_setup(["runtime_state"], ["UINT32"])
    probe.send_start()
    assert probe.receive().runtime_state == 1, "the program still runs without its watchdog"
    probe.disconnect()
    return "6 setpoints reached; stopped by the watchdog"


@check("input registers of every kind are read back")
def _(host):
    con = newer.RTDE(host)
    con.connect()
    names = ["input_int_register_47", "input_double_register_47", "input_bit_register_127", "input_bit_registers0_to_31"]
    types = ["INT32", "DOUBLE", "BOOL", "UINT32"]
    sent = con.send_input_setup(names, types)
    assert sent is not None
    assert con.send_output_setup(names, types)
    assert con.send_start()
    sent.input_int_register_47, sent.input_double_register_47 = -2147483648, 1 / 3
    sent.input_bit_register_127, sent.input_bit_registers0_to_31 = True, 0xFFFFFFFF
    con.send(sent)
    state = None
    until(lambda: con.receive().input_int_register_47 == -2147483648, what="the register")
    state = con.receive()
    assert state.input_double_register_47 == 1 / 3 and state.input_bit_register_127 is True
    assert state.input_bit_registers0_to_31 == 0xFFFFFFFF
    con.disconnect()


@check("a second client is told IN_USE, an unknown name NOT_FOUND")
def _(host):
    def setup(s, names):
        payload = ",".join(names).encode()
        s.sendall(struct.pack(">HB", 3 + len(payload), 73) + payload)
        size, kind = struct.unpack(">HB", s.recv(3))
        body = s.recv(size - 3)
        assert kind == 73
        return body[0], body[1:].decode()

    first, second = (socket.create_connection((host, 30004)) for _ in range(2))
    for s in (first, second):
        s.sendall(struct.pack(">HBH", 5, 86, 2))
        assert s.recv(16) == b"\x00\x04V\x01"
    assert setup(first, ["input_int_register_30"]) == (1, "INT32")
    assert setup(second, ["input_int_register_31", "input_int_register_30"]) == (0, "INT32,IN_USE")
    assert setup(second, ["input_int_register_99"]) == (0, "NOT_FOUND")
    assert setup(first, ["input_int_register_30", "input_double_register_30"]) == (2, "INT32,DOUBLE")
    first.close()
    until(lambda: setup(second, ["input_int_register_30"])[0] != 0, what="the register's freedom")
    second.close()


@check("all outputs in one recipe at 50 Hz, with the types of the guide, every number finite", 60)
def _(host):
    con = newer.RTDE(host)
    con.connect()
    con.get_controller_version()
    assert con.send_output_setup(NAMES, TYPES, 50)  # at 500 Hz this client reads on for ever on a busy machine
    assert con.send_start()
    times = []
    while len(times) < 150:
        package = con.receive_buffered()
        if package is None:
            time.sleep(0.001)
        else:
            state = package
            times.append(state.timestamp)
    for name in NAMES:
        value = getattr(state, name)
        for number in value if isinstance(value, list) else [value]:
            assert math.isfinite(number), f"{name} is {value}"
    gaps = [b - a for a, b in zip(times, times[1:])]
    assert all(abs(gap - 0.02) < 1e-9 for gap in gaps), max(gaps)
    near(state.actual_q, state.target_q, 0.01, "joints")
    assert state.control_step > 0 and state.actual_main_voltage > 40 and state.tool_mode == 253
    near(math.sqrt(sum(a * a for a in state.actual_tool_accelerometer)), 9.82, 0.1, "accelerometer at rest")
    con.disconnect()
    return f"{len(NAMES)} fields, {3 + 1 + sum(SIZES[t] for t in TYPES)} bytes a package"


@check("version 1 of the protocol: all outputs")
def _(host):
    s = socket.create_connection((host, 30004))
    names = ",".join(NAMES).encode()
    s.sendall(struct.pack(">HB", 3 + len(names), 79) + names)
    size, kind = struct.unpack(">HB", s.recv(3, socket.MSG_WAITALL))
    assert kind == 79 and s.recv(size - 3, socket.MSG_WAITALL).decode().split(",") == TYPES
    s.sendall(struct.pack(">HB", 3, 83))
    assert s.recv(4, socket.MSG_WAITALL) == bytes([0, 4, 83, 1])
    last = None
    for _ in range(50):
        size, kind = struct.unpack(">HB", s.recv(3, socket.MSG_WAITALL))
        data = s.recv(size - 3, socket.MSG_WAITALL)
        assert (kind, len(data)) == (85, sum(SIZES[t] for t in TYPES))
        (now,) = struct.unpack_from(">d", data)
        assert last is None or abs(now - last - 0.002) < 1e-9
        last = now


@check("version 1 of the protocol")
def _(host):
    s = socket.create_connection((host, 30004))
    s.sendall(struct.pack(">HB", 3 + 19, 79) + b"timestamp,robot_mod")
    size, kind = struct.unpack(">HB", s.recv(3))
    assert (kind, s.recv(size - 3)) == (79, b"DOUBLE,NOT_FOUND")
    s.sendall(struct.pack(">HB", 3 + 20, 79) + b"timestamp,robot_mode")
    size, kind = struct.unpack(">HB", s.recv(3))
    assert (kind, s.recv(size - 3)) == (79, b"DOUBLE,INT32")
    s.sendall(struct.pack(">HB", 3, 83))
    assert s.recv(4) == b"\x00\x04S\x01"
    data = s.recv(15, socket.MSG_WAITALL)
    size, kind, stamp, mode = struct.unpack(">HBdi", data)
    assert (size, kind, mode) == (15, 85, 7) and stamp > 40
    s.close()


main()
