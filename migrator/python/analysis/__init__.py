"""Evaluate Python expressions without running them. This room knows Python and its libraries, and no API.

Read in this order; each file imports only those before it:

- `scopes`, `reaching_definitions`: the bindings of a module, and those that reach each use of a name.
- `module`, `project`: parsed files with their indexes, and the resolution of imports between them.
- `values`: the abstract domain. An expression has a tuple of alternative values; an empty one means unknown.
- `memo`, `interface`: memoised lookups, and the evaluator as its parts see it. The parts import the interface, and
  `evaluator` alone imports the parts, so that there is no circle.
- `strings`, `annotations`, `dicts`: parts that need nothing but the interface.
- `classes`, `substitution`: lineage and methods of classes; arguments put in the place of parameters.
- `libraries`: what libraries declare and store: defaults of fields, options of command lines, stored settings.
- `names`, `attributes`, `known_functions`, `calls`: evaluation of names, ``a.b`` and ``f(x)``.
- `containers`, `operators`: evaluation of ``a[b]`` and ``a + b``.
- `evaluator`: `ProjectEvaluator`, which dispatches each kind of expression to its part.
- `data_models`: what finders ask about classes that model documents, as they ask `dicts` about written dicts.
- `class_index`: classes resolved by names and imports alone, for the ledger, which needs no evaluator.
"""
