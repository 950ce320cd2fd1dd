import _posixsubprocess
import posix


def run(program, *args, close_fds=True, pass_fds=(), cwd=None, env=None, stdin=-1, group=-1, session=False, umask=-1):
    out_read, out_write = posix.pipe()
    error_read, error_write = posix.pipe()
    keep = tuple(sorted({error_write, *pass_fds}))
    pid = _posixsubprocess.fork_exec(
        [program, *args], program if isinstance(program, list) else [program.encode()], close_fds, keep, cwd, env,
        stdin, -1, out_read, out_write, -1, -1, error_read, error_write, True, session, group,
        None, None, None, umask, None,
    )
    posix.close(out_write)
    posix.close(error_write)
    errors = posix.read(error_read, 1000)
    output = b""
    while part := posix.read(out_read, 1000):
        output += part
    posix.close(out_read)
    posix.close(error_read)
    status = posix.waitstatus_to_exitcode(posix.waitpid(pid, 0)[1])
    return output, errors, status


print(run("/bin/echo", "a", "b"))
print(run("/bin/sh", "-c", "echo $A; pwd; exit 3", env=[b"A=x"], cwd="/usr"))
print(run("/nope"), run("/etc/passwd"), run("/bin/true", cwd="/nope"))
print(run("/bin/sh", "-c", "umask", umask=0o27))
reading, writing = posix.pipe()
posix.write(writing, b"input\n")
posix.close(writing)
print(run("/bin/cat", stdin=reading))
other = posix.memfd_create("kept")
print(run("/bin/sh", "-c", f"echo kept >&{other}; echo $?", pass_fds=[other])[0], posix.fstat(other).st_size)
posix.set_inheritable(other, True)
print(run("/bin/sh", "-c", f"(echo lost >&{other}) 2>/dev/null || echo closed")[0])
print(run("/bin/sh", "-c", f"echo more >&{other}", close_fds=False), posix.fstat(other).st_size)
print(run("/bin/sh", "-c", "echo ok", group=0), run("/bin/true", session=True))
for keep in ((5, 4), (-1,), ("a",)):
    try:
        run("/bin/true", pass_fds=keep) if keep[0] != "a" else _posixsubprocess.fork_exec(
            ["a"], [b"a"], True, keep, None, None, -1, -1, -1, -1, -1, -1, 5, 6, True, False, -1, None, None, None, -1, None
        )
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
