"""``[tool.migrator]`` in the nearest pyproject.toml."""

import pytest

from calls import AFTER, BEFORE
from migrator.cli.exit_codes import Exit
from migrator.cli.pyproject import ProjectSettings, SettingsError, nearest_settings
from planted import plant

METHOD, VERSION = "method-get-bot-agents", "version-3.2"


def project(here, settings, **files):
    """A project with the given settings and one file that calls the API."""
    return plant(here, {"pyproject.toml": f"[tool.migrator]\n{settings}\n", "bots.py": BEFORE, **files})


def found(document, *arguments):
    """The rules that are found, each once, in order."""
    return sorted({finding["rule"] for finding in document("audit", *arguments)["findings"]})


@pytest.mark.parametrize(
    ("settings", "rules"),
    [
        ("", [METHOD, VERSION]),
        (f'select = ["{METHOD}"]', [METHOD]),
        ('select = ["method-*"]', [METHOD]),
        (f'ignore = ["{METHOD}"]', [VERSION]),
        ('exclude = ["bots.py"]', []),
        ('from = "3.1"\nto = "3.2"', [METHOD, VERSION]),
        ('to = "3.1"', []),
    ],
)
def test_a_setting_holds_like_the_option_of_its_name(here, document, settings, rules):
    project(here, settings)
    assert found(document) == rules


@pytest.mark.parametrize(
    ("settings", "arguments", "rules"),
    [
        (f'select = ["{METHOD}"]', ["--select", VERSION], [VERSION]),
        (f'ignore = ["{METHOD}"]', ["--ignore", VERSION], [METHOD]),
        ('to = "3.1"', ["--to", "3.2"], [METHOD, VERSION]),
        ('from = "9.9"', ["--from", "3.1"], [METHOD, VERSION]),
        ('select = ["no-such-rule"]', ["--select", METHOD], [METHOD]),
    ],
)
def test_the_command_line_wins(here, document, settings, arguments, rules):
    project(here, settings)
    assert found(document, *arguments) == rules


def test_what_is_excluded_on_the_command_line_is_excluded_as_well(here, document):
    project(here, 'exclude = ["a"]', **{"a/x.py": BEFORE, "b/x.py": BEFORE})
    paths = {finding["path"] for finding in document("audit", "--exclude", "b")["findings"]}
    assert paths == {"bots.py"}


def test_settings_are_those_of_the_code_that_is_looked_at_not_of_the_current_folder(here, document, monkeypatch):
    project(here / "project", 'exclude = ["/gen/"]', **{"gen/x.py": BEFORE, "deep/gen/x.py": BEFORE})
    project(here, f'ignore = ["{METHOD}"]')
    monkeypatch.chdir(plant(here / "elsewhere", {"x.py": ""}))
    assert {finding["path"] for finding in document("audit", "../project")["findings"]} == {
        "../project/bots.py",
        "../project/deep/gen/x.py",
    }


def test_a_nearer_pyproject_without_settings_does_not_hide_one_with_them(here, document):
    project(here, 'select = ["version-*"]', **{"part/pyproject.toml": "[project]\nname = 'x'\n", "part/x.py": BEFORE})
    assert found(document, "part") == [VERSION]


def test_a_broken_pyproject_of_someone_else_is_passed_over(here, document):
    plant(here, {"pyproject.toml": "name = {{ template }}\n", "bots.py": BEFORE})
    assert found(document) == [METHOD, VERSION]


def test_further_tables_are_found_beside_the_settings(here, document, table):
    table(here / "tables")
    project(
        here,
        'rules = ["tables"]',
        **{"deep/toys.py": "import requests\nrequests.get('https://toys.test/v1/do/old_toy')\n"},
    )
    assert found(document, "deep", "--api", "toys") == ["toy", "version-2"]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("exlude = []", "has no key 'exlude'; did you mean 'exclude'?"),
        ("zebra = 1", "has no key 'zebra'; the keys are rules, clients, select, ignore, exclude, from, to, baseline"),
        ("from = 3.1", 'from: 3.1 is not a quoted version, such as "3.1"'),
        ("to = ['3.2']", "to: ['3.2'] is not a quoted version"),
        ("select = 'a'", "select: 'a' is not a list of strings"),
        ("ignore = [1]", "ignore: [1] is not a list of strings"),
        ("exclude = ['']", "exclude: [''] is not a list of strings"),
        ("rules = {a = 1}", "rules: {'a': 1} is not a list of strings"),
        ("clients = ['app.lc.Client']", "clients: 'app.lc.Client' is not a class in the form package.module:Class"),
        ("select = ['method-get-bots']", "select: there is no rule 'method-get-bots'; did you mean "),
        ("ignore = ['zzz-*']", "ignore: there is no rule 'zzz-*'"),
        ("from = '9.9'", "from: LiveChat Configuration API: version 9.9 is not in the table"),
        (
            "from = '3.2'\nto = '3.1'",
            "from and to: LiveChat Configuration API: there is no step from 3.2 up to 3.1; use --reverse to",
        ),
        ("rules = ['nowhere']", "nowhere: there is no such folder"),
        ("select = [", "invalid TOML, so [tool.migrator] cannot be read: "),
    ],
)
def test_a_wrong_setting_is_told_with_its_file_its_key_and_the_way_out(here, run, settings, says):
    project(here, settings)
    result = run("codemod", "--write")
    assert result.exit_code == Exit.USAGE
    assert says in result.stderr
    assert str(here / ("nowhere" if "nowhere" in says else "pyproject.toml")) in result.stderr
    assert (here / "bots.py").read_text() == BEFORE


def test_a_file_in_which_tool_is_something_else_has_no_settings(here):
    plant(here, {"pyproject.toml": "tool = 'migrator'\n"})
    assert nearest_settings(here) == ProjectSettings()


def test_a_table_that_is_no_table_is_told(here):
    plant(here, {"pyproject.toml": "[tool]\nmigrator = 1\n"})
    with pytest.raises(SettingsError, match=r"tool\.migrator is not a table"):
        nearest_settings(here)


def test_clients_reach_the_finder(here, run):
    code = "from app.lc import Client\n\nClient().get_bot_agents()\n"
    project(here, 'clients = ["app.lc:Client"]', **{"own.py": code})
    run("codemod", "--write")
    assert (here / "own.py").read_text() == code.replace("get_bot_agents", "list_bots")


def test_without_settings_everything_has_its_default(here):
    assert nearest_settings(here) == ProjectSettings()


def test_a_folder_above_the_settings_is_not_asked(here, run):
    plant(here, {"pyproject.toml": "[tool.migrator]\nzebra = 1\n"})
    project(here / "inner", "")
    assert run("codemod", "inner", "--write").exit_code == Exit.CLEAN
    assert (here / "inner/bots.py").read_text() == AFTER
