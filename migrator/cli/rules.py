"""``migrator rules``: list the rules."""

from __future__ import annotations

import sys

import click

from migrator.cli.exit_codes import Exit
from migrator.cli.options import color_option, rules_options


@click.command(short_help="List the rules, or print the migration guide or the JSON Schema of rule files.")
@click.option("--from", "source", metavar="VERSION", help="List steps from this version.  [default: the lowest]")
@click.option("--to", "target", metavar="VERSION", help="List steps up to this version.  [default: the highest]")
@click.option("--api", metavar="ID", help="List only this API.  [default: all loaded APIs]")
@rules_options
@color_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "json-schema"]),
    default="text",
    show_default=True,
    help="markdown prints the migration guide; json-schema prints the schema of rule files, for an editor.",
)
def rules(
    source: str | None,
    target: str | None,
    api: str | None,
    rules: tuple[str, ...],
    no_shipped: bool,
    form: str,
    color: str,
) -> Exit:
    """List all loaded rules, by API and step.

    Exit codes: 0 the tables are valid; 2 one is not.
    """
    import json

    from migrator.cli.build_log import guard_json, guard_markup
    from migrator.cli.output import print_lines
    from migrator.cli.run_settings import load_tables, select_steps
    from migrator.report.machine.rules_json import rules_document
    from migrator.report.text.colors import painter, wants_color
    from migrator.report.text.rule_list import rule_list

    if form == "json-schema":
        from migrator.rules.checks.json_schema import create_json_schema

        print_lines([json.dumps(create_json_schema(), indent=2) + "\n"], guard_json)
        return Exit.CLEAN
    loaded = select_steps(load_tables(rules, shipped=not no_shipped), source, target, api)
    if form == "markdown":
        from migrator.report.guide.migration_guide import guide_text

        print_lines(guide_text(loaded), guard_markup)
    elif form == "json":
        print_lines([json.dumps(rules_document(loaded), indent=2) + "\n"], guard_json)
    else:
        print_lines(rule_list(loaded, painter(wants_color(color, sys.stdout))))
    return Exit.CLEAN
