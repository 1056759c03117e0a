"""Whole programs keep working: what is expected of each stands in tests/expectations, written before it was tried."""

from __future__ import annotations

import pytest

from whole_program import (
    PROGRAMS,
    copy_program,
    migrate,
    read_expectation,
    run_program,
)

EXPECTED = {name: read_expectation(name) for name in PROGRAMS}


def marks(name, claim):
    """Keep a program's tests in one process, where it is migrated once; a claim that a known fault breaks must fail."""
    fault = EXPECTED[name].fault(claim)
    return [pytest.mark.xdist_group(name), *([pytest.mark.xfail(strict=True, reason=fault)] if fault else ())]


def programs(law):
    return [pytest.param(name, marks=marks(name, law)) for name in PROGRAMS]


def lines():
    return [
        pytest.param(name, line, marks=marks(name, line.name), id=f"{name}/{line.name}")
        for name, expectation in EXPECTED.items()
        for line in expectation.lines
    ]


@pytest.fixture(scope="module")
def migrations(tmp_path_factory):
    """The migrated copy of a program, made when it is asked for."""
    made = {}

    def migrated(name):
        if name not in made:
            made[name] = migrate(name, tmp_path_factory.mktemp("migrated"))
        return made[name]

    return migrated


@pytest.mark.parametrize("name", programs("before"))
def test_a_program_runs_on_the_version_that_it_was_written_for(name, tmp_path):
    done = run_program(copy_program(name, tmp_path), "3.1")
    assert done["own"][0] == 0, done["own"][1]
    assert done["run"][0] == 0, done["run"][1]


@pytest.fixture(scope="module")
def runs(migrations, tmp_path_factory):
    """What the migrated program's own tests and its scenario against version 3.2 came to."""
    made = {}

    def run(name):
        if name not in made:
            target = tmp_path_factory.mktemp("run") / name
            for path, content in migrations(name).after.items():
                (target / path).parent.mkdir(parents=True, exist_ok=True)
                (target / path).write_bytes(content)
            made[name] = run_program(target, "3.2", EXPECTED[name].refused)
        return made[name]

    return run


def is_held_back(name, migrations):
    """A program that is held back whole is, byte for byte, the one that was run before."""
    if EXPECTED[name].held_back:
        assert migrations(name).after == migrations(name).before
    return bool(EXPECTED[name].held_back)


@pytest.mark.parametrize("name", programs("own tests"))
def test_the_own_tests_of_a_migrated_program_pass(name, migrations, runs):
    if not is_held_back(name, migrations):
        code, output = runs(name)["own"]
        assert code == 0, output


@pytest.mark.parametrize("name", programs("run"))
def test_a_migrated_program_runs_on_the_newer_version(name, migrations, runs):
    if not is_held_back(name, migrations):
        code, output = runs(name)["run"]
        assert code == 0, output


@pytest.mark.parametrize("name", programs("changed"))
def test_no_line_of_a_program_is_changed_but_those_that_are_expected(name, migrations):
    gone, come = migrations(name).changed()
    edited = {(line.file, line.before) for line in EXPECTED[name].of("edited", "removed")}
    new = {(line.file, line.after) for line in EXPECTED[name].of("edited")}
    assert (set(gone) - edited, set(come) - new) == (set(), set())


@pytest.mark.parametrize("name", programs("found"))
def test_nothing_is_reported_in_a_program_but_what_is_expected(name, migrations):
    expected = {(line.file, line.after) for line in EXPECTED[name].of("manual", "todo", "deploy", "edited")}
    found = {(file, line) for file, line in migrations(name).findings if "TODO(migrator" not in line}
    assert found - expected == set()


@pytest.mark.parametrize(("name", "line"), lines())
def test_a_line_of_a_program_is_treated_as_expected(name, line, migrations):
    migration = migrations(name)
    before, after = migration.old_text(line.file), migration.text(line.file)
    assert line.before in before, "the expectation names a line that is not there"
    match line.kind:
        case "edited":
            assert (after.count(line.after), after.count(line.before)) == (before.count(line.before), 0)
        case "removed":
            assert line.before not in after
        case "todo":
            assert after.count(line.after) == before.count(line.before)
            assert f"TODO(migrator {line.rule})" in migration.todos(line.file, line.after)
        case "manual" | "deploy":
            assert after.count(line.after) == before.count(line.before)
            assert (line.rule, "manual") in migration.findings.get((line.file, line.after), set())
            assert line.kind == "manual" or (line.file, line.after) in migration.deploy
        case "kept":
            assert after.count(line.before) == before.count(line.before)
            assert (line.file, line.before) not in migration.findings


@pytest.mark.parametrize("name", programs("second pass"))
def test_a_second_pass_over_a_program_edits_nothing(name, migrations):
    assert migrations(name).again == migrations(name).after


@pytest.mark.parametrize("name", programs("undo"))
def test_undo_restores_every_byte_of_a_program(name, migrations):
    assert migrations(name).undone == migrations(name).before
