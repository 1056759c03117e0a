"""Notebooks for tests: built from the code of their cells, and written in the layouts that are met."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest

PYTHON = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "version": "3.11.9"},
}
OUTPUT = {
    "data": {"text/plain": ["get_bot_agents 😀é\n", "v3.1/configuration"]},
    "execution_count": 1,
    "metadata": {},
    "output_type": "execute_result",
}


def code_cell(code: str, **metadata: Any) -> dict[str, Any]:
    """A cell of code, its source as Jupyter writes it: a list of lines."""
    lines = [line + "\n" for line in code.split("\n")]
    lines[-1] = lines[-1].removesuffix("\n")
    source = lines if lines[-1] else lines[:-1]
    return {"cell_type": "code", "execution_count": 1, "metadata": metadata, "outputs": [OUTPUT], "source": source}


def notebook(*codes: str, metadata: Any = PYTHON) -> dict[str, Any]:
    """A notebook with a text before its cells of code."""
    text = {"cell_type": "markdown", "metadata": {}, "source": ["# `get_bot_agents` of v3.1"]}
    return {"cells": [text, *map(code_cell, codes)], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def jupyter(nb: dict[str, Any]) -> bytes:
    """A notebook as Jupyter writes it."""
    return (json.dumps(nb, indent=1, ensure_ascii=False) + "\n").encode()


def as_strings(nb: dict[str, Any]) -> dict[str, Any]:
    """A notebook whose sources are one string each."""
    return nb | {"cells": [cell | {"source": "".join(cell["source"])} for cell in nb["cells"]]}


def codes_of(raw: bytes) -> list[str]:
    """The code of every cell of code."""
    cells = json.loads(raw.decode("utf-8-sig"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def _dumped(**how: Any) -> Callable[[dict[str, Any]], bytes]:
    return lambda nb: json.dumps(nb, **how).encode()


Layout = Callable[[dict[str, Any]], bytes]
LAYOUTS: Sequence[Any] = [
    pytest.param(jupyter, id="as Jupyter writes it"),
    pytest.param(_dumped(indent=2), id="two blanks, escapes and no final newline"),
    pytest.param(_dumped(indent="\t", sort_keys=True), id="tabs and sorted keys"),
    pytest.param(_dumped(), id="on one line"),
    pytest.param(_dumped(separators=(",", ":"), ensure_ascii=False), id="on one line without blanks"),
    pytest.param(lambda nb: jupyter(as_strings(nb)), id="a source that is one string"),
    pytest.param(lambda nb: json.dumps(as_strings(nb)).encode(), id="a source that is one string, on one line"),
    pytest.param(lambda nb: jupyter(nb).replace(b"\n", b"\r\n"), id="CRLF"),
    pytest.param(
        lambda nb: b"\xef\xbb\xbf" + jupyter(nb) + b"\n\n", id="a byte order mark, and empty lines at the end"
    ),
]
