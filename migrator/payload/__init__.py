"""Carry documents of a web API from one version to another, by the rows of the rule table."""
