"""Merge the command line with the project's settings; the command line wins."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

import click

from migrator.cli.options import CommandOptions
from migrator.cli.pyproject import ProjectSettings, SettingsError, nearest_settings
from migrator.files.line_length import find_line_length
from migrator.files.search_files import ExcludePatterns
from migrator.matching.selection import Options
from migrator.rules.table import Chain, Rules, UnknownVersion
from migrator.rules.version import Version


@dataclass(frozen=True, slots=True)
class RunSettings:
    """The validated settings of a run: paths, excludes, finder options, processes and baseline.

    `settings_folder` is the folder of the pyproject.toml that was used; `evidence` are further paths that are searched.
    `root` is searched for evidence instead of the projects of the paths.
    """

    paths: tuple[str, ...]
    excludes: tuple[ExcludePatterns, ...]
    options: Options
    jobs: int | None
    baseline: str | None = None
    settings_folder: str | None = None
    evidence: tuple[str, ...] = ()
    root: str | None = None


def load_settings(asked: CommandOptions, *, notes: bool = False) -> RunSettings:
    """Load the tables and validate every name; with `notes`, rules that are only notes take part too.

    `select`, `ignore` and the versions replace those of the settings; `rules` and `exclude` are added to them.
    Raises click.UsageError, SettingsError, TableError, UnknownVersion.
    """
    paths = asked.paths or (".",)
    settings = nearest_settings(_common_folder(paths))
    rules = _load_with(settings, asked.rules, shipped=not asked.no_shipped)
    options = Options(
        chains=_reverse_chains(_select_chains(rules, asked, settings), asked.reverse),
        unsafe=asked.unsafe,
        rename_wrappers=asked.rename_wrappers,
        select=_check_rules(rules, asked.select, settings.select, "--select", settings.key_name("select")),
        ignore=_check_rules(rules, asked.ignore, settings.ignore, "--ignore", settings.key_name("ignore")),
        clients=settings.clients,
        notes=notes,
        finds_source=not (asked.source or settings.source or asked.reverse),
        python_only=asked.python_only or settings.python_only,
        find_line_length=find_line_length,
    )
    if not any(True for chain in options.selected for _ in chain.rules()):
        raise click.UsageError("No rule of these versions is selected.")
    folder = str(settings.file.parent) if settings.file else None
    return RunSettings(paths, _collect_excludes(asked, settings), options, asked.jobs, settings.baseline, folder)


def load_tables(folders: tuple[str, ...], *, shipped: bool = True) -> Rules:
    """Load the tables for the current folder: shipped, configured and given. Raises SettingsError, TableError."""
    return _load_with(nearest_settings(Path.cwd()), folders, shipped=shipped)


def select_steps(rules: Rules, source: str | None, target: str | None, api: str | None) -> Rules:
    """Return the tables with the steps between two versions. Raises click.UsageError, UnknownVersion."""
    steps = {chain.api: chain.steps for chain in _select_api(rules, api).chains(source, target)}
    return Rules(tuple(replace(table, steps=steps[table.api]) for table in rules.tables if table.api in steps))


def _load_with(settings: ProjectSettings, folders: tuple[str, ...], *, shipped: bool) -> Rules:
    from migrator.rules.load import load_rules

    if not shipped and not (settings.rules or folders):
        raise click.UsageError("--no-shipped needs other tables: name their folder with --rules.")
    return load_rules(*settings.rules, *folders, shipped=shipped)


def _select_chains(rules: Rules, asked: CommandOptions, settings: ProjectSettings) -> tuple[Chain, ...]:
    source, target = asked.source or settings.source, asked.target or settings.target
    if asked.reverse and _is_above(source, target):
        source, target = target, source
    try:
        return _select_api(rules, asked.api).chains(source, target)
    except UnknownVersion as unknown:
        error = UnknownVersion(f"{unknown}; use --reverse to migrate down") if _is_above(source, target) else unknown
        versions = (("from", asked.source, settings.source), ("to", asked.target, settings.target))
        keys = [key for key, typed, settled in versions if settled and not typed]
        if not keys:
            raise error from unknown
        raise SettingsError(f"{settings.key_name(' and '.join(keys))}: {error}") from unknown


def _is_above(one: str | None, other: str | None) -> bool:
    try:
        return bool(one and other) and Version(str(one)) > Version(str(other))
    except ValueError:
        return False


def _reverse_chains(chains: tuple[Chain, ...], reverse: bool) -> tuple[Chain, ...]:
    if not reverse:
        return chains
    from migrator.rules.reverse_chain import reverse_chain

    return tuple(map(reverse_chain, chains))


def _select_api(rules: Rules, api: str | None) -> Rules:
    """Return the tables of one API, or of all."""
    known = {table.api.id: table for table in rules.tables}
    if api is not None and api not in known:
        raise click.UsageError(f"--api: there is no API {api!r}{_suggest_names(api, known)}")
    return rules if api is None else Rules((known[api],))


def _check_rules(
    rules: Rules, typed: tuple[str, ...], settled: tuple[str, ...], option: str, where: str
) -> tuple[str, ...]:
    """Return the typed ids and globs, else those of the settings. Raises click.UsageError if one matches no rule."""
    ids = [rule.id for rule in rules.all_rules()]
    for pattern in typed or settled:
        if not any(fnmatchcase(rule, pattern) for rule in ids):
            raise click.UsageError(
                f"{option if typed else where}: there is no rule {pattern!r}{_suggest_names(pattern, ids)}"
            )
    return typed or settled


def _suggest_names(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"; did you mean {' or '.join(close)}?" if close else "; `migrator rules` lists all rules."


def _collect_excludes(asked: CommandOptions, settings: ProjectSettings) -> tuple[ExcludePatterns, ...]:
    found = [ExcludePatterns(os.curdir, asked.exclude)] if asked.exclude else []
    if settings.file is not None and settings.exclude:
        found.insert(0, ExcludePatterns(str(settings.file.parent), settings.exclude))
    return tuple(found)


def _common_folder(paths: tuple[str, ...]) -> Path:
    """Return the deepest folder that contains every path."""
    resolved = [Path(path).resolve() for path in paths]
    folders = [path if path.is_dir() else path.parent for path in resolved]
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # on different drives
        return Path.cwd()
