import time

t = time.gmtime(0)
print(
    t.tm_year,
    t.tm_mon,
    t.tm_mday,
    t.tm_hour,
    t.tm_min,
    t.tm_sec,
    t.tm_wday,
    t.tm_yday,
    t.tm_isdst,
    t[0],
    len(t),
    tuple(t)[:3],
)
print(
    time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(1_000_000_000)),
    time.strftime("%a %A %b %B %d %j %y %p %I %%", time.gmtime(1_700_000_000)),
)
print(
    t,
    time.gmtime(86399).tm_hour,
    time.gmtime(951782400).tm_mday,
    time.gmtime(-1).tm_year,
    len(time.strftime("%H:%M:%S")),
    time.localtime().tm_year >= 2023,
)
