import grp
import pwd


def show(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


for call in (
    lambda: pwd.getpwuid("a"),
    lambda: pwd.getpwuid(-1),
    lambda: pwd.getpwuid(99999),
    lambda: pwd.getpwuid(2**70),
    lambda: pwd.getpwnam("nope"),
    lambda: pwd.getpwnam(5),
    lambda: pwd.getpwuid(0)[:4],
    lambda: pwd.getpwnam("root") == pwd.getpwuid(0),
    lambda: pwd.getpwuid(0) in pwd.getpwall(),
    lambda: pwd.struct_passwd,
    lambda: grp.getgrgid(0),
    lambda: grp.getgrgid(99999),
    lambda: grp.getgrnam("nope"),
    lambda: grp.getgrnam(5),
    lambda: grp.getgrgid("a"),
    lambda: grp.getgrgid(id=-5),
    lambda: grp.getgrnam("root") in grp.getgrall(),
):
    show(call)
