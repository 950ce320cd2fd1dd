import resource


def show(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
for call in (
    lambda: resource.getrlimit(99),
    lambda: resource.getrlimit("a"),
    lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, hard)),
    lambda: resource.getrlimit(resource.RLIMIT_CORE) == (0, hard),
    lambda: resource.prlimit(0, resource.RLIMIT_CORE, (soft, hard)) == (0, hard),
    lambda: resource.prlimit(0, resource.RLIMIT_CORE) == (soft, hard),
    lambda: resource.setrlimit(resource.RLIMIT_CORE, (1,)),
    lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (100, 50)),
    lambda: resource.setrlimit(resource.RLIMIT_CORE, 5),
    lambda: resource.getrusage(99),
    lambda: len(resource.getrusage(resource.RUSAGE_SELF)),
    lambda: resource.getrusage(resource.RUSAGE_THREAD).ru_maxrss > 0,
    lambda: resource.getpagesize(),
    lambda: (resource.RLIM_INFINITY, resource.error, resource.struct_rusage),
):
    show(call)
