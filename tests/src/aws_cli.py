"""The AWS CLI, loaded once and forked for each run.

Loading it takes most of a second of a processor, and the tests run it hundreds of times. What runs
is the installed CLI's own entry point, in a process of its own for each run, with nothing left over
from the run before.

Takes connections at the socket that the first argument names, until its standard input ends. A run
is a line of JSON: `arguments`, `environment`, `folder`, and the files that its standard streams
are. The answer is a line with its exit code, or minus the number of the signal that killed it.
"""

import json
import os
import select
import shutil
import signal
import socket
import sys
import traceback

import awscli.clidriver

# What each run loads late, whatever it asks for.
import botocore.auth  # noqa: F401
import botocore.endpoint  # noqa: F401
import botocore.httpsession  # noqa: F401
import botocore.signers  # noqa: F401

STREAMS = {"stdin": (0, os.O_RDONLY), "stdout": (1, os.O_WRONLY), "stderr": (2, os.O_WRONLY)}


def become(run):
    """Runs the CLI in this process, and never returns."""
    code = 255
    try:
        for stream, (number, flags) in STREAMS.items():
            os.dup2(os.open(run[stream], flags), number)
        os.environ.update(run["environment"])
        os.chdir(run["folder"])
        sys.argv = ["aws", *run["arguments"]]
        code = awscli.clidriver.main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code or 0)


def answer(connection):
    """Runs what is asked for, in a child of its own."""
    with connection, connection.makefile("rw") as lines:
        run = json.loads(lines.readline())
        child = os.fork()
        if child == 0:
            become(run)
        _, status = os.waitpid(child, 0)
        lines.write(f"{os.waitstatus_to_exitcode(status)}\n")


def main():
    path = sys.argv[1]
    listener = socket.socket(socket.AF_UNIX)
    # Who sees it can connect at once.
    listener.bind(path + ".new")
    listener.listen(64)
    os.rename(path + ".new", path)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # Nothing is ever written to standard input: it ends with the caller.
    while 0 not in select.select([0, listener], [], [])[0]:
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            answer(connection)
            os._exit(0)
        connection.close()
    shutil.rmtree(os.path.dirname(path))


main()
