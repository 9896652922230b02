"""The ``tabayyun`` command, as the wheel brings it: everything but its server."""

import signal
import sys

from . import _core


def main() -> int:
    """Runs the command line of this process; its exit code."""
    # Rust's threads do not hear of Python's KeyboardInterrupt.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _core.run(["tabayyun", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
