"""A runner of the command line that keeps standard output and error apart, as click does from 8.2 on."""

from functools import partial
from inspect import signature

from click import testing

_APART = {"mix_stderr": False} if "mix_stderr" in signature(testing.CliRunner).parameters else {}

CliRunner = partial(testing.CliRunner, **_APART)
