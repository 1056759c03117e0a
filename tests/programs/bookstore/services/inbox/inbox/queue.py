from __future__ import annotations

import json
from collections import deque
from typing import Any


class Queue:
    """Where the worker takes its jobs from; in memory unless Redis is configured."""

    def __init__(self) -> None:
        self.jobs: deque[str] = deque()

    def put(self, hook: dict[str, Any]) -> None:
        self.jobs.append(json.dumps({"action": hook["action"], "payload": hook["payload"]}))
