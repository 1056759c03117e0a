"""Record of what each changed container was made from, so that its text can be spliced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from migrator.payload.json_pointer import Json


@dataclass(frozen=True, slots=True)
class ContainerOrigin:
    """State that `copy` was made from `source`; `keys` maps a key to the source's, None if it was added.

    Keys that are not listed kept their name; `kept` are the indexes of the elements that an array kept.
    """

    copy: Json  # held, so that no other object receives its id
    source: Json
    keys: Mapping[str, str | None] = field(default_factory=dict)
    kept: Sequence[int] = ()


@dataclass(slots=True)
class Provenance:
    """Collect the origins of changed containers, through every step of a translation."""

    origins: dict[int, ContainerOrigin] = field(default_factory=dict)

    def record_object(self, copy: Json, source: Json, keys: Mapping[str, str | None]) -> None:
        """Record that an object was made from another."""
        self.origins[id(copy)] = ContainerOrigin(copy, source, keys)

    def record_array(self, copy: Json, source: Json, kept: Sequence[int]) -> None:
        """Record that an array was made from the given elements of another."""
        self.origins[id(copy)] = ContainerOrigin(copy, source, kept=kept)

    def find_source(self, value: Json) -> Json:
        """Return the original container that a value was made from; the value itself if it was not copied."""
        while (origin := self.origins.get(id(value))) is not None:
            value = origin.source
        return value

    def find_source_key(self, value: Json, key: str) -> str | None:
        """Return the key of the original object whose value has the given key now; None if it was added."""
        found: str | None = key
        while found is not None and (origin := self.origins.get(id(value))) is not None:
            found, value = origin.keys.get(found, found), origin.source
        return found

    def find_source_index(self, value: Json, index: int) -> int:
        """Return the index in the original array of an element."""
        while (origin := self.origins.get(id(value))) is not None:
            index, value = origin.kept[index], origin.source
        return index
