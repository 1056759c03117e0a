"""The phases of the search state what they need, and get it from the phases before them."""

from collections import Counter
from types import NoneType

from migrator.python.finders.failure_isolation import FailureIsolation
from migrator.python.finders.phases import PHASES
from migrator.python.groups.setting_uses import FollowedSettings
from migrator.python.recognition.claims import ClaimSet
from migrator.python.recognition.search_context import SearchContext

GIVEN = {FailureIsolation, SearchContext, ClaimSet}


def test_every_input_of_a_phase_is_the_output_of_an_earlier_one():
    known = set(GIVEN)
    for phase in PHASES:
        required = [kinds[0] for kinds in phase.inputs if NoneType not in kinds]
        assert set(required) <= known, phase.name
        known |= set(phase.outputs)


def test_what_only_phases_about_webhooks_learn_is_optional_for_the_others():
    always = GIVEN | {kind for phase in PHASES if not phase.needs_webhooks for kind in phase.outputs}
    others = [kinds for phase in PHASES if not phase.needs_webhooks for kinds in phase.inputs]
    learned = [kinds for kinds in others if kinds[0] not in always]
    assert learned
    assert all(NoneType in kinds for kinds in learned)


def test_every_output_but_the_claims_has_one_source_and_is_used():
    sources = Counter(kind for phase in PHASES for kind in phase.outputs if kind is not ClaimSet)
    used = {kinds[0] for phase in PHASES for kinds in phase.inputs} | {FollowedSettings}
    assert set(sources.values()) == {1}
    assert set(sources) <= used


def test_the_names_of_the_phases_differ():
    assert len({phase.name for phase in PHASES}) == len(PHASES) > 20
