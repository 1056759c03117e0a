"""Files on disk: which ones are looked at, what is in them, and how a changed one is put back."""
