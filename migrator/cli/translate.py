"""``migrator translate``: carry documents from one version to another."""

from __future__ import annotations

from typing import Any

import click

from migrator.cli.asked import rules_option
from migrator.cli.exits import Exit


@click.command(short_help="Carry webhooks, requests and responses from one version to another.")
@click.argument("file", default="-", type=click.Path(), metavar="[FILE]")
@click.option("--from", "source", metavar="VERSION", help="The version of the documents.  [default: webhooks tell]")
@click.option("--to", "target", metavar="VERSION", help="The version that is wanted.  [default: the highest]")
@click.option(
    "--kind",
    type=click.Choice(["webhook", "request", "response"]),
    default="webhook",
    show_default=True,
    help="What the documents are.",
)
@click.option("--method", metavar="NAME", help="Whose requests or responses they are, as --from names it.")
@click.option("-o", "--output", type=click.Path(), metavar="FILE", help="Write here, whole or not at all; .gz packs.")
@click.option("--losses", type=click.Path(), metavar="FILE", help="Write what is lost here, as JSON Lines.")
@click.option("--follow-ups", type=click.Path(), metavar="FILE", help="Write the further calls that are needed here.")
@click.option("--rejects", type=click.Path(), metavar="FILE", help="Keep the documents here that are left out.")
@click.option(
    "--on-loss",
    type=click.Choice(["report", "raise"]),
    default="report",
    show_default=True,
    help="raise stops at the first loss, and writes no file.",
)
@click.option("--declare", multiple=True, metavar="NAME=VALUE", help="A value that a version needs. Repeatable.")
@click.option("--reference", multiple=True, metavar="RULE", help="Let this rule of origin reference act. Repeatable.")
@click.option("--api", metavar="ID", help="Whose documents they are.  [default: the first that knows the versions]")
@rules_option
def translate(**asked: Any) -> Exit:
    """Translate the documents in FILE, or on standard input: one JSON document, an array, or JSON Lines; gzip too.

    What cannot be read or understood is reported, and the other documents go on.

    Exit codes: 0 all is carried over; 1 something is lost; 2 wrong usage or a broken table; 3 something could not be
    read.
    """
    from migrator.cli.translation import Wanted, run

    return run(Wanted(**asked))
