"""Choose the table of a translator."""

from __future__ import annotations

from migrator.rules.table import Rules, RuleTable, UnknownVersion


def choose_table(rules: Rules | RuleTable | None, api: str | None, versions: tuple[str, ...]) -> RuleTable:
    """Return the table of an API, or the first that has the versions; without `rules`, one of the shipped tables.

    Raises UnknownVersion when no table has them, ValueError when there is no such API.
    """
    if isinstance(rules, RuleTable):
        return _require_versions(rules, versions)
    if rules is None:
        from migrator.rules.load import load_rules

        rules = load_rules()
    if api is not None:
        try:
            return _require_versions(rules.table(api), versions)
        except KeyError:
            known = ", ".join(table.api.id for table in rules.tables)
            raise ValueError(f"no API is called {api!r} (known: {known or 'none'})") from None
    refusals = []
    for table in rules.tables:
        try:
            return _require_versions(table, versions)
        except UnknownVersion as refusal:
            refusals.append(str(refusal))
    raise UnknownVersion("\n".join(refusals) or "no table is loaded")


def _require_versions(table: RuleTable, versions: tuple[str, ...]) -> RuleTable:
    for version in versions:
        if not table.has_version(version):
            known = ", ".join(map(str, table.versions))
            raise UnknownVersion(f"{table.api.title}: version {version} is not in the table (known: {known})")
    return table
