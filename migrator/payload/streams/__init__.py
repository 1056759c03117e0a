"""Whole files of documents: one JSON document, an array of them, or JSON Lines, compressed or not."""
