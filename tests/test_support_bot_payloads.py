"""The sample documents are what their version documents, and the counterparts of one another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from livechat_contract import METHODS, WEBHOOKS, problems
from migrator.payload.translator import Translator

PAYLOADS = Path(__file__).resolve().parent.parent / "samples" / "payloads"
ENVELOPE = {"webhook_id", "secret_key", "action", "additional_data"}
EXTRA = {"3.0": {"data"}, "3.1": {"payload"}, "3.2": {"payload", "license_id"}}
LOST = {"agent_status_changed", "access_set-customer"}
LICENSE = 88001234


def documents(kind, version="*"):
    paths = sorted(PAYLOADS.glob(f"{version}/{kind}/*.json"))
    return [pytest.param(path, id=path.relative_to(PAYLOADS).as_posix()) for path in paths]


def read(version, kind, name):
    return json.loads((PAYLOADS / version / kind / f"{name}.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def translator():
    return Translator("3.1", "3.2", context={"license_id": LICENSE}, reference=["webhook-license-id"])


@pytest.mark.parametrize("path", documents("request"))
def test_a_sample_request_is_accepted_by_its_version(path):
    version = path.parts[-3]
    assert list(problems(METHODS[version][path.stem], json.loads(path.read_text("utf-8")))) == []


@pytest.mark.parametrize("path", documents("webhook"))
def test_a_sample_webhook_has_the_envelope_of_its_version(path):
    version = path.parts[-3]
    envelope = json.loads(path.read_text("utf-8"))
    assert set(envelope) == ENVELOPE | EXTRA[version]
    assert path.stem.startswith(envelope["action"])
    assert envelope["action"] in WEBHOOKS[max(version, "3.1")]


@pytest.mark.parametrize("version", ["3.1", "3.2"])
def test_there_is_a_sample_request_for_every_method(version):
    assert {path.stem for path in (PAYLOADS / version / "request").iterdir()} == set(METHODS[version])


def test_the_archive_holds_one_webhook_in_each_line():
    lines = (PAYLOADS / "archive-3.1.jsonl").read_text("utf-8").splitlines()
    actions = [json.loads(line)["action"] for line in lines]
    assert len(actions) == 39
    assert set(actions) - WEBHOOKS["3.1"] == {"a_webhook_of_tomorrow"}


@pytest.mark.parametrize("path", documents("webhook", "3.1"))
def test_a_sample_webhook_becomes_its_counterpart_and_comes_back(path, translator):
    old = read("3.1", "webhook", path.stem)
    translation = translator.webhook(old)
    if path.stem in LOST:
        assert translation.document is None
        return
    assert translation.document == read("3.2", "webhook", translation.document["action"])
    assert translator.back().webhook(translation.document).document == old


@pytest.mark.parametrize("path", documents("request", "3.1"))
def test_a_sample_request_becomes_its_counterpart(path, translator):
    translation = translator.request(path.stem, read("3.1", "request", path.stem))
    assert translation.document == read("3.2", "request", translation.method)


@pytest.mark.parametrize("path", documents("response", "3.1"))
def test_a_sample_response_becomes_its_counterpart_and_comes_back(path, translator):
    old = read("3.1", "response", path.stem)
    translation = translator.response(path.stem, old)
    assert translation.document == read("3.2", "response", translation.method)
    assert translator.back().response(translation.method, translation.document).document == old


@pytest.mark.parametrize("path", documents("webhook", "3.0"))
def test_a_sample_webhook_of_3_0_becomes_that_of_3_1(path):
    translation = Translator("3.0", "3.1").webhook(read("3.0", "webhook", path.stem))
    assert translation.document == read("3.1", "webhook", path.stem)
