import posix

environment = {"A": "1", b"PATH": b"/bin:/usr/bin"}
reading, writing = posix.pipe()
pid = posix.posix_spawn(
    "/bin/sh",
    ["sh", "-c", "echo $A $0 $1; exit 7", "x", b"y"],
    environment,
    file_actions=[(posix.POSIX_SPAWN_DUP2, writing, 1), (posix.POSIX_SPAWN_CLOSE, 0)],
)
posix.close(writing)
print(posix.read(reading, 100))
got, status = posix.waitpid(pid, 0)
print(got == pid, posix.waitstatus_to_exitcode(status), posix.WIFEXITED(status), posix.WEXITSTATUS(status))
pid = posix.posix_spawnp("sleep", ["sleep", "100"], environment, setsigdef=[10], setsigmask=[12], setpgroup=0)
print(posix.waitpid(pid, posix.WNOHANG), posix.getpgid(pid) == pid)
posix.kill(pid, 15)
result = posix.waitid(posix.P_PID, pid, posix.WEXITED | posix.WNOWAIT)
print(result.si_pid == pid, result.si_status, result.si_code == posix.CLD_KILLED, type(result).__name__)
got, status, usage = posix.wait4(pid, 0)
print(posix.waitstatus_to_exitcode(status), posix.WIFSIGNALED(status), posix.WTERMSIG(status), len(usage))
pid = posix.posix_spawn("/bin/true", ["true"], None)
print(posix.wait()[1], posix.system("exit 3") >> 8)
posix.putenv("ARGIL_SURELY", "set")
print(posix.system('test "$ARGIL_SURELY" = set'), posix._create_environ()[b"ARGIL_SURELY"])
posix.unsetenv("ARGIL_SURELY")
print(posix.system('test -z "$ARGIL_SURELY"'), b"ARGIL_SURELY" in posix._create_environ())
print(all(isinstance(name, bytes) for name in posix.environ))
print(posix.getpid() > 1, posix.getppid() >= 0, posix.getuid() == posix.geteuid(), posix.getresuid()[0] == posix.getuid())
print(posix.getpgid(0) == posix.getpgrp(), posix.getsid(0) >= 0, isinstance(posix.getgroups(), list))
print(posix.sched_getaffinity(0) <= set(range(posix.cpu_count() + 64)), posix.sched_getscheduler(0), posix.sched_yield())
print(len(posix.urandom(10)), len(posix.getrandom(10)), posix.uname().sysname, len(posix.times()), len(posix.getloadavg()))
pid = posix.posix_spawn(
    "/bin/sh", ["sh", "-c", "exec 3>&-"], {}, file_actions=[(posix.POSIX_SPAWN_OPEN, 5, "/dev/null", posix.O_RDONLY, 0)]
)
print(posix.waitpid(pid, 0)[1])
