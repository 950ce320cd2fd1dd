from _types import SimpleNamespace as _SimpleNamespace


__name__ = "sys.monitoring"
events = _SimpleNamespace(**_events)


def _all_events():
    """The names of the events that tools want, each with the set of these tools."""
    found = {}
    for name, bit in _events.items():
        tools = sum(1 << tool for tool in range(6) if get_tool(tool) is not None and get_events(tool) & bit)
        if tools:
            found[name] = tools
    return found
