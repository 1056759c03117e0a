"""Write a translated document into the text that it was read from: what did not change keeps its bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from migrator.payload.byte_documents import encode_text
from migrator.payload.json_pointer import Json
from migrator.payload.json_text import JsonText, TextMember, scan_array, scan_object, skip_space
from migrator.payload.layout import find_layout
from migrator.payload.provenance import Provenance


def splice_document(given: JsonText, document: Json, provenance: Provenance) -> bytes:
    """Return the text of a translated document, with the byte order mark and the layout of the original.

    Raises DocumentError when an added value cannot be written as JSON.
    """
    text = given.text
    start, end = skip_space(text, 0), len(text.rstrip(" \t\r\n"))
    written = _Splicer(text, provenance).write_value(document, _TextValue(given.value, start, end))
    return given.mark + (text[:start] + written + text[end:]).encode("utf-8")


@dataclass(frozen=True, slots=True)
class _TextValue:
    """Hold a value of the original document and its span."""

    value: Json
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Splicer:
    text: str
    provenance: Provenance

    def write_value(self, new: Json, old: _TextValue) -> str:
        """Return the text of a value that was made from `old`, from something in it, or around it."""
        if new is old.value:
            return self.text[old.start : old.end]
        source = self.provenance.find_source(new)
        if source is old.value:
            write = self._write_object if isinstance(new, dict) else self._write_array
            return write(new, old)
        for member in self._find_members(old):
            if member.value is source:
                return self.write_value(new, member)
        if isinstance(new, dict):
            inside = (f"{encode_text(key)}:{self.write_value(value, old)}" for key, value in new.items())
            return f"{{{','.join(inside)}}}"
        return encode_text(new)

    def _find_members(self, old: _TextValue) -> Iterator[_TextValue]:
        if isinstance(old.value, dict):
            for member in scan_object(self.text, old.start):
                yield _TextValue(old.value[member.key], member.value_start, member.end)

    def _write_object(self, new: dict[str, Json], old: _TextValue) -> str:
        members = tuple(scan_object(self.text, old.start))
        effective = {member.key: member for member in members}  # of equal keys, the last one counts
        sources = {key: self.provenance.find_source_key(new, key) for key in new}
        renamed = {source: key for key, source in sources.items() if source is not None}
        kept: list[tuple[TextMember, str] | None] = []
        for member in members:
            key = renamed.get(member.key)
            if key is None:
                kept.append(None)
                continue
            written = self.text[member.start : member.key_end] if key == member.key else encode_text(key)
            value = self.text[member.value_start : member.end]
            if effective[member.key] is member:
                value = self.write_value(new[key], _TextValue(old.value[member.key], member.value_start, member.end))
            kept.append((member, written + self.text[member.key_end : member.value_start] + value))
        layout = find_layout(self.text, old.start)
        added = [f"{encode_text(key)}{layout.colon}{encode_text(new[key])}" for key in new if sources[key] is None]
        return self._join(old, members, kept, added, "," + layout.space)

    def _write_array(self, new: Sequence[Json], old: _TextValue) -> str:
        members = tuple(scan_array(self.text, old.start))
        kept: list[tuple[TextMember, str] | None] = [None] * len(members)
        for index, value in enumerate(new):
            place = self.provenance.find_source_index(new, index)
            member = members[place]
            kept[place] = (member, self.write_value(value, _TextValue(old.value[place], member.start, member.end)))
        return self._join(old, members, kept, [], ",")

    def _join(
        self,
        old: _TextValue,
        members: Sequence[TextMember],
        kept: Sequence[tuple[TextMember, str] | None],
        added: list[str],
        separator: str,
    ) -> str:
        """Return the members that are kept, each with the text before it, and those that are added."""
        if not members or not (added or any(kept)):
            return self.text[old.start] + separator.join(added) + self.text[old.end - 1]
        parts: list[str] = []
        behind = old.start + 1
        for member, each in zip(members, kept, strict=True):
            if each is not None:
                parts += [self.text[behind : member.start] if parts else "", each[1]]
            behind = member.end
        for text in added:
            parts += [separator if parts else "", text]
        return self.text[old.start : members[0].start] + "".join(parts) + self.text[members[-1].end : old.end]
