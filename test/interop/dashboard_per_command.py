"""universal-robots-clients 0.4.0: a dashboard client that connects anew for every command, and typed registers."""

import time

from universal_robots_clients import dashboard_client, rtde_client

from checks import check, main, until


@check("program lifecycle by single commands", 60)
def _(host):
    assert dashboard_client.load_program(host, "wait.urp").startswith("Loading program: ")
    assert dashboard_client.play_program(host) == "Starting program"
    until(lambda: dashboard_client.get_program_state(host) == "PLAYING wait.urp", what="play")
    assert dashboard_client.pause_program(host) == "Pausing program"
    until(lambda: dashboard_client.get_program_state(host) == "PAUSED wait.urp", what="pause")
    assert dashboard_client.load_and_play_program(host, "wait.urp") == "Starting program"
    assert dashboard_client.stop_program(host) == "Stopped"
    time.sleep(1)  # until PolyScope has heard of the end
    assert dashboard_client.stop_program(host) == "Failed to execute: stop"
    assert dashboard_client.load_program(host, "none.urp") == "File not found: none.urp"
    assert dashboard_client.send_command(host, "make tea") == "could not understand: 'make tea'"


@check("state and registers", 60)
def _(host):
    client = rtde_client.connect(host)
    try:
        assert rtde_client.is_connected(client=client)
        assert rtde_client.read_robot_mode(client=client) == 7
        assert rtde_client.read_safety_mode(client=client) == 1
        assert len(rtde_client.read_actual_joint_positions(client=client)) == 6
        assert not rtde_client.is_protective_stopped(client=client)
        rtde_client.write_input_int_register(44, 5, client=client)
        rtde_client.write_input_double_register(44, 0.5, client=client)
        rtde_client.write_speed_slider_fraction(0.5, client=client)
        until(lambda: abs(rtde_client.read_speed_slider_fraction(client=client) - 0.5) < 1e-6, what="the slider")
        rtde_client.write_speed_slider_fraction(1.0, client=client)
        rtde_client.write_tool_digital_output(0, True, client=client)
        until(lambda: rtde_client.read_tool_digital_output(0, client=client), what="the tool output")
    finally:
        rtde_client.disconnect(client)


main()
