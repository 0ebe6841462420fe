"""The command line. Nothing heavy is imported until a command runs: ``readout --help`` must answer at once."""

from __future__ import annotations


def main() -> None:
    """The entry point ``readout``."""
    import sys

    try:
        from service.cli.app import run

        run()
    except KeyboardInterrupt:  # before a command runs: while it is imported
        sys.stderr.write("readout: interrupted\n")
        sys.exit(130)
