"""A client that only an annotation names."""

import pytest

from verbs import transformed

ANNOTATIONS = [
    pytest.param("ConfigurationApi", id="plain"),
    pytest.param("Optional[ConfigurationApi]", id="Optional"),
    pytest.param('"ConfigurationApi"', id="a string"),
    pytest.param("ConfigurationApi | None", id="a union with None"),
    pytest.param("Union[ConfigurationApi, None]", id="Union"),
    pytest.param('"Optional[ConfigurationApi]"', id="Optional in a string"),
    pytest.param('Optional["ConfigurationApi"]', id="a string in Optional"),
    pytest.param("configuration.ConfigurationApi", id="a dotted name"),
    pytest.param('Annotated[ConfigurationApi, "injected"]', id="Annotated"),
]

IMPORTS = """from __future__ import annotations

from typing import Annotated, Optional, Union

from livechat import configuration
from livechat.configuration import ConfigurationApi

"""


@pytest.mark.parametrize("annotation", ANNOTATIONS)
def test_a_method_is_renamed_on_an_annotated_parameter(annotation):
    transformed(f"{IMPORTS}\ndef bots(client: {annotation} = None):\n    return client.«get_bot_agents→list_bots»()\n")


@pytest.mark.parametrize("annotation", ANNOTATIONS)
def test_a_method_is_renamed_on_an_annotated_assignment(annotation):
    transformed(f"{IMPORTS}\nclient: {annotation} = connect()\nclient.«get_bot_agents→list_bots»()\n")


def test_a_method_is_renamed_on_a_client_that_only_type_checkers_import():
    transformed(
        """
        from __future__ import annotations

        from typing import TYPE_CHECKING

        if TYPE_CHECKING:
            from livechat.configuration import ConfigurationApi


        def bots(*, client: ConfigurationApi):
            return client.«get_bot_agents→list_bots»()
        """
    )
