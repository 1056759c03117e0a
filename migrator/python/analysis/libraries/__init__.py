"""Evaluate what libraries declare and store: the values that reach code through them, without a call or assignment.

- `declared_defaults`: fields of pydantic, dataclasses, attrs and msgspec, parameters of typer and FastAPI.
- `declared_options`: options of argparse, optparse and click.
- `configured_settings`: what files of configuration give to variables, fields and keys that code reads.
- `stored_settings`: the configuration of Flask, and variables of the environment that the program itself sets.
"""
