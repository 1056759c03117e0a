"""Find who calls whom in the scanned code, and what the callers pass.

Read in this order:

- `decorators`: the functions that a decorator's parameter receives.
- `indirect_calls`: calls that threads, task queues, map() and partial() make of a function passed to them.
- `call_sites`: every call of every scanned function, direct or indirect, collected before anything is found.
- `same_object`: a check that values combined over several calls can belong to one object.
- `call_strings`: strings whose unknown parts are parameters, with the arguments of the callers filled in.

The call graph is built with the evaluator of `analysis`, which reads it through `Evaluator.passed_values`: a value that
is unknown in the first pass may be known in a later one, after `Memo.invalidate_kind`.
"""
