"""Reads every package with a client of others: reader.py ur_rtde|official HOST FIELDS"""

import sys
import time

which, host, fields = sys.argv[1:4]
names = fields.split(",")
if which == "ur_rtde":
    import rtde_receive

    receiver = rtde_receive.RTDEReceiveInterface(host, 500.0, names)  # decodes in a thread of its own, in C++
    print("reading", flush=True)
    while True:
        time.sleep(1)
else:
    from urpy import rtde

    con = rtde.RTDE(host)
    con.connect()
    con.get_controller_version()
    assert con.send_output_setup(names, frequency=500)
    assert con.send_start()
    print("reading", flush=True)
    while True:
        con.receive()  # waits; decodes all that has come, and gives the newest
