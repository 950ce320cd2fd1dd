from os import path
import os.path as p

print(
    path.join("a", "b", "c.txt"),
    path.join("a/", "b"),
    path.join("a", "/b"),
    path.join("", "a"),
    path.join("a", ""),
    path.basename("/x/y.txt"),
    path.dirname("/x/y.txt"),
    path.basename("/x/"),
    path.dirname("file"),
)
print(
    path.split("/a/b/c"),
    path.splitext("file.tar.gz"),
    path.splitext(".bashrc"),
    path.splitext("noext"),
    path.splitext("a.b/c"),
    path.isabs("/a"),
    path.isabs("a"),
    path.normpath("a/./b/../c//d"),
    path.normpath(""),
    path.normpath("/../a"),
)
print(
    p.exists("/"),
    p.exists("/nonexistent"),
    p.isdir("/"),
    p.isfile("/"),
    p.abspath("/a/../b"),
    p.commonprefix(["abc", "abd"]),
    p.commonpath(["/a/b", "/a/c"]),
    p.relpath("/a/b", "/a/c"),
    p.expanduser("plain"),
    p.sep,
    p.splitext("x.py")[1],
    p.realpath("/"),
)
for f in (
    lambda: path.join("a", 5),
    lambda: path.join(),
    lambda: path.basename(None),
    lambda: path.getsize("/nonexistent"),
):
    try:
        f()
    except (TypeError, OSError) as error:
        print(type(error).__name__, error)
