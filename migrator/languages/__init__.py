"""The audit of files that are not Python: where they speak of an API, and what became of every old name in them."""
