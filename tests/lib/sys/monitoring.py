# sys.monitoring: tools, events, callbacks, what is turned off, and events of one code object.
# modes: gil none
import sys

monitoring = sys.monitoring
events = monitoring.events
TOOL = monitoring.PROFILER_ID


def work(n):
    total = 0
    for i in range(n):
        total += i
    return total


def generate():
    yield 1


def fail():
    raise KeyError("k")


def note(name):
    def callback(code, *args):
        if code in (work.__code__, generate.__code__, fail.__code__):
            print(name, code.co_name, *[a for a in args if not isinstance(a, int) or name in ("LINE", "PY_RETURN", "PY_YIELD")][-1:])

    return callback


print(monitoring.get_tool(TOOL))
monitoring.use_tool_id(TOOL, "shown")
print(monitoring.get_tool(TOOL))
for action in (
    lambda: monitoring.use_tool_id(TOOL, "again"),
    lambda: monitoring.use_tool_id(9, "none"),
    lambda: monitoring.set_events(TOOL, 1 << 30),
    lambda: monitoring.set_events(TOOL, events.C_RETURN),
    lambda: monitoring.register_callback(TOOL, 3, None),
    lambda: monitoring.set_events(4, events.LINE),
):
    try:
        action()
    except ValueError as error:
        print(error)
for name in ("PY_START", "PY_RETURN", "PY_YIELD", "RAISE", "PY_UNWIND"):
    print(monitoring.register_callback(TOOL, getattr(events, name), note(name)))
monitoring.set_events(TOOL, events.PY_START | events.PY_RETURN | events.PY_YIELD | events.RAISE | events.PY_UNWIND)
print(monitoring.get_events(TOOL) == events.PY_START | events.PY_RETURN | events.PY_YIELD | events.RAISE | events.PY_UNWIND)
work(2)
list(generate())
try:
    fail()
except KeyError:
    pass
monitoring.set_events(TOOL, 0)
work(1)

lines = []


def once(code, line):
    lines.append(line - code.co_firstlineno)
    return monitoring.DISABLE


monitoring.register_callback(TOOL, events.LINE, once)
monitoring.set_local_events(TOOL, work.__code__, events.LINE)
print(monitoring.get_local_events(TOOL, work.__code__) == events.LINE)
work(3)
work(3)
print(sorted(set(lines)))
seen = len(lines)
work(1)
print(len(lines) == seen)
monitoring.restart_events()
work(1)
print(len(lines) > seen)
monitoring.free_tool_id(TOOL)
print(monitoring.get_tool(TOOL))
