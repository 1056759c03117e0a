"""A verification names the faults that are seeded into migrated programs, and nothing in programs that are right."""

from __future__ import annotations

from random import Random

import pytest

from program_variants import make_variants
from verified_programs import ROOTS, Migrated, analyse, drop_todos, migrated, seed_faults

TURNS = 8


def wrong(program: Migrated, files):
    return [account for account in program.verify(files) if account.state == "wrong"]


def test_of_300_seeded_faults_99_percent_are_named_at_their_line():
    seeded, missed = 0, []
    for name in ROOTS:
        program = migrated(name)
        rounds = [seed_faults(program, turn, Random(turn)) for turn in range(TURNS)]
        for files, faults in [*rounds, drop_todos(program)]:
            named = {(each.path, each.line, each.state.value) for each in program.verify(files)} if faults else set()
            seeded += len(faults)
            missed += [f for f in faults if not any((f.path, f.line, state) in named for state in f.states)]
    assert seeded >= 300
    assert len(missed) <= seeded // 100, missed


@pytest.mark.parametrize("name", ROOTS)
def test_nothing_is_wrong_in_what_the_codemod_leaves(name):
    program = migrated(name)
    assert program.expected
    assert wrong(program, program.after) == []


@pytest.mark.parametrize("name", ROOTS)
def test_in_a_program_that_nobody_changed_everything_is_open(name):
    program = migrated(name)
    accounts = program.verify(program.old.files)
    assert {account.state.value for account in accounts} == {"open"}
    assert len(accounts) >= len(program.expected)


def test_nothing_is_wrong_in_100_variants_that_people_could_have_made():
    count, found = 0, []
    for name in ROOTS:
        program = migrated(name)
        paths = sorted({each.finding.path for each in program.expected if each.finding.path.endswith(".py")})
        for turn in range(3):
            files, number = make_variants(program.after, paths, turn)
            count += number
            found += [account for account in program.verify(files) if account.state in ("wrong", "removed")]
    assert count >= 100
    assert found == []


def test_a_program_without_an_occurrence_has_no_accounts():
    files = {"a.py": b"def get_bot_agents():\n    return 1\n"}
    program = Migrated(analyse(files), files, ())
    assert program.verify({"a.py": b"def get_bot_agents():\n    return 2\n"}) == []
