"""SDU's ur_rtde: receive, I/O and dashboard interfaces."""

import os
import tempfile
import time

import dashboard_client
import rtde_io
import rtde_receive

from checks import check, main, near, until
from kinematics import forward, same_pose


def receiver(host, **options):
    r = rtde_receive.RTDEReceiveInterface(host, **options)
    until(lambda: r.getTimestamp() > 0, what="the first package")
    return r


@check("dashboard: connects, knows version, model, serial number, remote control")
def _(host):
    d = dashboard_client.DashboardClient(host)
    d.connect()
    assert d.isConnected()
    assert "5.25.1" in d.polyscopeVersion(), d.polyscopeVersion()
    assert d.getRobotModel() == "UR5"
    assert d.getSerialNumber().startswith("20")
    assert d.isInRemoteControl() is True
    d.disconnect()
    return "5.25.1, UR5"


@check("dashboard: power off, power on, brake release", 60)
def _(host):
    d = dashboard_client.DashboardClient(host)
    d.connect()
    d.powerOff()
    until(lambda: "POWER_OFF" in d.robotmode(), what="power off")
    r = receiver(host)
    assert r.getRobotMode() == 3 and r.getRobotStatus() & 1 == 0
    assert r.getActualRobotVoltage() == 0
    d.powerOn()
    until(lambda: "IDLE" in d.robotmode(), 20, "power on")
    d.brakeRelease()
    until(lambda: "RUNNING" in d.robotmode(), 20, "brake release")
    until(lambda: r.getRobotMode() == 7 and r.getJointMode() == [253] * 6, what="mode 7 on RTDE")
    assert d.safetymode() == "Safetymode: NORMAL" and d.safetystatus() == "Safetystatus: NORMAL"
    assert d.running() is False
    r.disconnect()


@check("dashboard: loads, plays, pauses and stops a program")
def _(host):
    d = dashboard_client.DashboardClient(host)
    d.connect()
    d.loadURP("wait.urp")
    assert d.getLoadedProgram().endswith("wait.urp"), d.getLoadedProgram()
    d.isProgramSaved()  # compares with "True", and a controller says "true": its answer means nothing
    d.play()
    until(lambda: d.running(), what="play")
    assert d.programState().startswith("PLAYING"), d.programState()
    d.pause()
    until(lambda: d.programState().startswith("PAUSED"), what="pause")
    d.play()
    until(lambda: d.running(), what="play after pause")
    d.stop()
    until(lambda: not d.running(), what="stop")
    assert d.programState().startswith("STOPPED")


@check("dashboard: popups and log")
def _(host):
    d = dashboard_client.DashboardClient(host)
    d.connect()
    d.popup("hello")
    d.closePopup()
    d.closeSafetyPopup()
    d.addToLog("hello")


@check("receive: every getter has a value of its kind, and they agree with each other")
def _(host):
    r = receiver(host)
    vectors = "ActualCurrent ActualJointVoltage ActualQ ActualQd ActualTCPForce ActualTCPPose ActualTCPSpeed FtRawWrench"
    vectors += " JointControlOutput JointTemperatures PayloadInertia TargetCurrent TargetMoment TargetQ TargetQd TargetQdd"
    vectors += " TargetTCPPose TargetTCPSpeed"
    for name in vectors.split():
        value = getattr(r, f"get{name}")()
        assert len(value) == 6 and all(abs(v) < 1e3 for v in value), f"{name}: {value}"
    assert r.getJointMode() == [253] * 6
    assert all(15 < t < 60 for t in r.getJointTemperatures()), r.getJointTemperatures()
    near(r.getActualJointVoltage(), [48.0] * 6, 3, "joint voltages")
    near(r.getActualMainVoltage(), 48, 3, "main voltage")
    assert 0.1 < r.getActualRobotCurrent() < 10
    near(r.getTargetQ(), r.getActualQ(), 0.01, "target and actual joints")
    assert any(abs(m) > 1 for m in r.getTargetMoment()), "an arm that is held up needs torque"
    near(r.getActualToolAccelerometer(), r.getActualToolAccelerometer(), 20)
    assert 9 < sum(a * a for a in r.getActualToolAccelerometer()) ** 0.5 < 11
    assert (r.getRobotMode(), r.getSafetyMode(), r.getSafetyStatusBits()) == (7, 1, 1)
    assert r.getRuntimeState() == 1 and r.getRobotStatus() & 1 == 1
    assert r.getSpeedScaling() == 1 and r.getTargetSpeedFraction() == 1 and r.getSpeedScalingCombined() == 1
    assert r.isProtectiveStopped() is False and r.isEmergencyStopped() is False
    assert 0 < r.getActualExecutionTime() < 2 and abs(r.getActualMomentum()) < 1
    assert 0 <= r.getPayload() <= 5 and len(r.getPayloadCog()) == 3
    for name in "StandardAnalogInput0 StandardAnalogInput1 StandardAnalogOutput0 StandardAnalogOutput1".split():
        assert 0 <= getattr(r, f"get{name}")() <= 10
    assert r.getOutputIntRegister(12) == 0 and r.getOutputDoubleRegister(12) == 0
    r.disconnect()


@check("receive: the clock moves in exact steps of 2 ms, from above 40 s")
def _(host):
    r = receiver(host)
    seen = set()
    end = time.monotonic() + 2
    while time.monotonic() < end:
        seen.add(r.getTimestamp())
        time.sleep(0.0005)
    times = sorted(seen)
    assert times[0] > 40
    assert all(abs(t * 500 - round(t * 500)) < 1e-6 for t in times)
    assert len(times) > 500, f"only {len(times)} of about 1000 packages"
    return f"{len(times)} of 1000 packages seen by polling"


@check("receive: at 125 Hz, and with chosen variables")
def _(host):
    r = receiver(host, frequency=125.0)
    seen = set()
    end = time.monotonic() + 1
    while time.monotonic() < end:
        seen.add(r.getTimestamp())
        time.sleep(0.001)
    times = sorted(seen)
    assert all(abs((t - times[0]) * 125 - round((t - times[0]) * 125)) < 1e-6 for t in times)
    r.disconnect()
    r = receiver(host, variables=["timestamp", "actual_q", "actual_TCP_pose"])
    same_pose(forward(r.getActualQ(), TCP), r.getActualTCPPose(), 1e-3, "TCP pose from the joints")
    r.disconnect()


TCP = [float(v) for v in os.environ["CELLIST_TCP"].split(",")]


@check("receive: records to a file")
def _(host):
    r = receiver(host)
    path = os.path.join(tempfile.mkdtemp(), "robot_data.csv")
    r.startFileRecording(path)
    time.sleep(0.6)
    r.stopFileRecording()
    r.disconnect()
    lines = open(path).read().strip().split("\n")
    assert lines[0].startswith("timestamp") and len(lines) > 100, f"{len(lines)} lines"
    return f"{len(lines) - 1} rows in 0.6 s"


@check("receive: reconnects")
def _(host):
    r = receiver(host)
    r.disconnect()
    assert not r.isConnected()
    assert r.reconnect() and r.isConnected()
    before = r.getTimestamp()
    until(lambda: r.getTimestamp() > before, what="a new package")
    r.disconnect()


@check("I/O: standard, configurable and tool outputs", 60)
def _(host):
    r = receiver(host)
    io = rtde_io.RTDEIOInterface(host)
    for n in range(8):
        assert io.setStandardDigitalOut(n, True)
        until(lambda: r.getDigitalOutState(n), what=f"standard output {n}")
        assert io.setConfigurableDigitalOut(n, True)
        until(lambda: r.getDigitalOutState(8 + n), what=f"configurable output {n}")
    for n in range(2):
        assert io.setToolDigitalOut(n, True)
        until(lambda: r.getDigitalOutState(16 + n), what=f"tool output {n}")
    assert r.getActualDigitalOutputBits() == (1 << 18) - 1
    for n in range(8):
        io.setStandardDigitalOut(n, False)
        io.setConfigurableDigitalOut(n, False)
    io.setToolDigitalOut(0, False)
    io.setToolDigitalOut(1, False)
    until(lambda: r.getActualDigitalOutputBits() == 0, what="all outputs low")
    io.disconnect()
    r.disconnect()


@check("I/O: analog outputs, speed slider")
def _(host):
    r = receiver(host)
    io = rtde_io.RTDEIOInterface(host)
    assert io.setAnalogOutputVoltage(0, 0.5)
    until(lambda: abs(r.getStandardAnalogOutput0() - 5.0) < 1e-6, what="5 V")
    assert io.setAnalogOutputCurrent(1, 0.25)
    until(lambda: abs(r.getStandardAnalogOutput1() - 0.008) < 1e-6, what="8 mA (a quarter of 4 to 20)")
    assert io.setSpeedSlider(0.3)
    until(lambda: abs(r.getTargetSpeedFraction() - 0.3) < 1e-6, what="slider at 0.3")
    assert io.setSpeedSlider(1.0)
    until(lambda: r.getTargetSpeedFraction() == 1, what="slider at 1")
    io.disconnect()
    r.disconnect()


@check("I/O: registers can be owned by one client at a time, and are free again afterwards")
def _(host):
    time.sleep(0.3)  # the interface of the check before is still being taken down
    io = rtde_io.RTDEIOInterface(host)
    assert io.setInputIntRegister(20, 42) and io.setInputDoubleRegister(20, 4.2)
    try:
        other = rtde_io.RTDEIOInterface(host)
        refused = not other.setInputIntRegister(20, 1)
    except Exception as error:  # how ur_rtde says so
        refused = "in use" in str(error).lower()
    assert refused, "two clients own the same register"
    io.disconnect()
    time.sleep(0.1)
    again = rtde_io.RTDEIOInterface(host)
    assert again.setInputIntRegister(20, 7)
    again.disconnect()
    time.sleep(0.3)
    upper = rtde_io.RTDEIOInterface(host, False, True)
    assert upper.setInputIntRegister(44, 7)
    upper.disconnect()


main()
