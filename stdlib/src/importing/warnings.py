# `_warnings`: where natives and importlib warn. Lib's `warnings` has the rest, and does without this module.


def warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=()):
    """Issue a warning, or maybe ignore it or raise an exception."""
    import warnings

    warnings.warn(message, category, stacklevel + 1, source, skip_file_prefixes=skip_file_prefixes)
