"""The rule table: rows, their checks on loading, and the chain of steps between two versions."""
