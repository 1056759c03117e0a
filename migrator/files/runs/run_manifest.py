"""Encode the manifest of a run: the files that it was to change, with digests from before and after, as JSON."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from hashlib import sha256

_FORMAT = 1
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


class BadManifest(ValueError):
    """A manifest, or the originals that belong to it, cannot be used."""


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """A changed file: its resolved path relative to the project, with slashes, and the SHA-256 of its bytes.

    `named` files were named on the command line or by a link; others are Python by their name or first line.
    """

    path: str
    before: str
    after: str
    named: bool = False


@dataclass(frozen=True, slots=True)
class RunManifest:
    """The files of a run, and its start (ISO 8601, UTC)."""

    began: str
    files: tuple[ManifestEntry, ...]


def sha256_digest(data: bytes) -> str:
    """Return the SHA-256 of the bytes, in hexadecimal."""
    return sha256(data).hexdigest()


def dump_manifest(manifest: RunManifest) -> bytes:
    """Return the manifest as JSON."""
    return (json.dumps({"format": _FORMAT, **asdict(manifest)}, indent=2) + "\n").encode("ascii")


def parse_manifest(data: bytes) -> RunManifest:
    """Return the manifest that `dump` wrote. Raises BadManifest."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadManifest(f"manifest.json is not JSON: {error}") from error
    if not isinstance(value, dict) or value.get("format") != _FORMAT:
        raise BadManifest(f"manifest.json does not have format {_FORMAT}")
    began, files = value.get("began"), value.get("files")
    if not isinstance(began, str) or not isinstance(files, list):
        raise BadManifest("/began must be a string and /files a list")
    return RunManifest(began, tuple(_parse_entry(index, item) for index, item in enumerate(files)))


def _parse_entry(index: int, item: object) -> ManifestEntry:
    if not isinstance(item, dict) or not all(isinstance(item.get(key), str) for key in ("path", "before", "after")):
        raise BadManifest(f"/files/{index} must have the strings path, before and after")
    for key in ("before", "after"):
        if not _DIGEST.match(item[key]):
            raise BadManifest(f"/files/{index}/{key} is not a SHA-256")
    if ".." in item["path"].split("/") or item["path"].startswith("/") or "\0" in item["path"]:
        raise BadManifest(f"/files/{index}/path is outside the project")
    return ManifestEntry(item["path"], item["before"], item["after"], item.get("named") is True)
