"""A process ends with the one that started it; one that was started by hand does not care."""

import os
import subprocess
import sys

from data.starter import tied

CODE = """
import os, sys, time
from data.starter import end_with_starter
end_with_starter()
try:
    print("PROMPTJOBS_STARTED" in os.environ, flush=True)
    time.sleep(30 if len(sys.argv) > 1 else 0.2)
except KeyboardInterrupt:
    print("asked to end", flush=True)
"""


def start(environ, *words):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, "-c", CODE, *words], env=environ, **pipes)


def test_when_the_starter_is_gone_the_process_ends_as_at_ctrl_c():
    child = start(tied(os.environ), "long")
    assert child.stdout.readline() == "False\n", "processes of its own do not watch"
    child.stdin.close()
    assert (child.stdout.read(), child.wait(10)) == ("asked to end\n", 0)


def test_a_process_started_by_hand_goes_on():
    child = start(os.environ)
    child.stdin.close()
    assert (child.stdout.read(), child.wait(10)) == ("False\n", 0)
