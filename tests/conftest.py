"""What holds for all tests."""

from hypothesis import settings

# A machine that is busy with other things fails no test: none of them measures time.
settings.register_profile("any pace", deadline=None)
settings.load_profile("any pace")
