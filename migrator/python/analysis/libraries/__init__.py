"""Evaluate what libraries declare and store: the values that reach code through them, without a call or assignment.

- `declared_defaults`: fields of pydantic, dataclasses, attrs and msgspec, parameters of typer and FastAPI.
"""
