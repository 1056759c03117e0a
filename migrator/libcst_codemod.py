"""Run the codemod under LibCST's own tool.

``python -m libcst.tool codemod --no-format -x migrator.libcst_codemod.MigrateCommand PATH``. Without ``--no-format``
the tool runs black on each edited file, which has to be installed then.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import libcst
from libcst.codemod import CodemodCommand, CodemodContext

from migrator.files.line_length import find_line_length
from migrator.findings.finding import FileResult
from migrator.matching.selection import Options
from migrator.python.migrate import migrate_files
from migrator.python.rewrite.rewriter import rewrite_module
from migrator.python.source.source_file import read_source
from migrator.rules.load import load_rules


class MigrateCommand(CodemodCommand):
    """Applies the edits to one module at a time, with evidence from the modules that it imports."""

    DESCRIPTION = "Carry code from one version of a web API to another."

    def __init__(
        self,
        context: CodemodContext,
        source: str | None = None,
        target: str | None = None,
        unsafe: bool = False,
        rules: list[str] | None = None,
    ) -> None:
        super().__init__(context)
        chains = load_rules(*(rules or ())).chains(source, target)
        self._options = Options(chains, unsafe, find_line_length=find_line_length)

    @staticmethod
    def add_args(parser: argparse.ArgumentParser) -> None:
        """Add the command's options to LibCST's own."""
        parser.add_argument("--from", dest="source", metavar="VERSION", help="the version that the code speaks")
        parser.add_argument("--to", dest="target", metavar="VERSION", help="the version that it is to speak")
        parser.add_argument("--unsafe", action="store_true", help="apply edits that are only likely to be right, too")
        parser.add_argument("--rules", action="append", metavar="DIR", help="a folder with further tables")

    def transform_module_impl(self, tree: libcst.Module) -> libcst.Module:
        """Return the module with its edits; warn of findings that are not edited."""
        path = self.context.filename or "<source>"
        result = migrate_files({path: tree.bytes}, self._options, lambda name: Path(name).read_bytes())[0]
        if result.error is not None:
            self.warn(f"{path}: {result.error}")
        for finding in result.remaining:
            self.warn(f"{path}:{finding.line}:{finding.column}: {finding.rule}: {finding.message}")
        if result.unread_parts is not None:
            self.warn(f"{path}: {result.unread_parts}")
        return self._rewrite(tree, path, result) if result.is_changed else tree

    def _rewrite(self, tree: libcst.Module, path: str, result: FileResult[bytes]) -> libcst.Module:
        """Carry out on the module what was verified on its bytes, or parse the edited bytes where it differs."""
        plans = [finding.operations for finding in result.applied]
        try:
            source = read_source(path, result.before)
            module = rewrite_module(tree, source, plans, line_length=self._options.line_length(path))
        except (libcst.CSTValidationError, RecursionError):
            module = None
        if module is not None and module.bytes == result.after:
            return module
        return libcst.parse_module(result.after)
