"""The command line. Nothing heavy is imported until a command runs: ``readout --help`` must answer at once."""

from __future__ import annotations


def main() -> None:
    """The entry point ``readout``."""
    from service.cli.app import run

    run()
