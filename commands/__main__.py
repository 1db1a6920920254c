"""Runs the command line as `python -m commands`."""

from commands.app import main

main()
