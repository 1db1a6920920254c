"""`python -m commands`: the same as `supervise`."""

from commands.app import main

main()
