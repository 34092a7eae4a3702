"""Runs named checks of one client in the order of their definition; each prints one line of JSON for run.ts."""

import json
import os
import sys
import threading
import time
import traceback

_checks = []


def check(title, limit_s=30.0):
    """Registers a function of the host's address; what it returns is printed beside its title."""

    def register(function):
        _checks.append((title, limit_s, function))
        return function

    return register


def near(actual, expected, tolerance, what="value"):
    """Fails unless numbers, or lists of them, agree."""
    if not isinstance(expected, (list, tuple)):
        actual, expected = [actual], [expected]
    assert len(actual) == len(expected), f"{what}: {len(actual)} numbers instead of {len(expected)}"
    worst = max(abs(a - e) for a, e in zip(actual, expected))
    assert worst <= tolerance, f"{what} is off by {worst:.3g}, {tolerance:g} is allowed: {list(actual)}"
    return worst


def until(condition, limit_s=5.0, what="it"):
    """Waits for something to become true; a busy machine may take its time."""
    end = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < end, f"{what} did not happen within {limit_s:g} s"
        time.sleep(0.01)


def _say(title, ok, detail):
    print(json.dumps({"check": title, "ok": ok, "detail": str(detail or "")}), flush=True)


def _watch(title, limit_s, over):
    if not over.wait(limit_s):
        _say(title, False, f"did not return within {limit_s:g} s")
        os._exit(1)


def run_all(host):
    """All checks; those after a hang are not run."""
    for title, limit_s, function in _checks:
        over = threading.Event()
        threading.Thread(target=_watch, args=(title, limit_s, over), daemon=True).start()
        try:
            detail = function(host)
            over.set()
            _say(title, True, detail)
        except Exception as error:  # a client may raise anything
            over.set()
            last = traceback.extract_tb(error.__traceback__)[-1]
            _say(title, False, f"{type(error).__name__}: {error} (line {last.lineno})")
    print(json.dumps({"done": len(_checks)}), flush=True)
    os._exit(0)  # some clients leave threads that never end


def main():
    run_all(sys.argv[1])
