"""The positions of LibCST's nodes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider


def locate_nodes(module: cst.Module) -> Mapping[cst.CSTNode, CodeRange]:
    """Return where each node of a module is in its code.

    `MetadataWrapper.resolve` would visit the module once more, for batched providers of which there are none here:
    that costs as much as the positions.
    """
    positions = PositionProvider()._gen(MetadataWrapper(module, unsafe_skip_copy=True))
    return cast("Mapping[cst.CSTNode, CodeRange]", positions)
