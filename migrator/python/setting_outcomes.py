"""Say of each setting that holds a URL of the API whether everything that goes through it is edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import AnyStr

from migrator.findings.finding import FileResult, SettingUse
from migrator.python.groups.setting_uses import FollowedSetting


def add_setting_uses(
    results: Mapping[str, FileResult[AnyStr]], settings: Iterable[FollowedSetting]
) -> dict[str, FileResult[AnyStr]]:
    """Return the results with the settings that each file reads."""
    settings = tuple(settings)
    if not settings:
        return dict(results)
    edited = {(path, each.rule, each.line, each.column) for path, result in results.items() for each in result.applied}
    uses: dict[str, list[SettingUse]] = {}
    for setting in settings:
        claims = list(_find_claims(setting))
        kept = next((where for where in claims if where not in edited), None)
        line = setting.module.source.displayed_line(getattr(setting.node, "lineno", 1))
        kept_by = f"{kept[0]}:{kept[2]}" if kept is not None else setting.kept_by
        paths = tuple(sorted({path for path, *_ in claims}))
        uses.setdefault(setting.module.path, []).append(SettingUse(setting.names, line, kept_by, paths))
    return {
        path: replace(result, settings=tuple(uses[path])) if path in uses else result
        for path, result in results.items()
    }


def _find_claims(setting: FollowedSetting) -> Iterable[tuple[str, str, int, int]]:
    for module, start, _, rule in setting.claims:
        line, column = module.source.displayed_position(start)
        yield module.path, rule, line, column
