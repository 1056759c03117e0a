"""``python -m migrator``: the command line."""

from migrator.cli import main

main()
