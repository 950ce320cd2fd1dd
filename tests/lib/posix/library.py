# Lib's os, os.path, glob, fnmatch and stat on it.
import fnmatch
import glob
import os
import os.path
import stat

folder = f"/tmp/argil_library_{os.getpid()}"
os.makedirs(os.path.join(folder, "a", "b"))
for name, text in (("a/x.txt", b"one"), ("a/b/y.txt", b"two")):
    fd = os.open(os.path.join(folder, name), os.O_CREAT | os.O_WRONLY)
    os.write(fd, text)
    os.close(fd)
os.symlink("a", os.path.join(folder, "link"))
print([name[len(folder) :] for name in sorted(glob.glob(folder + "/**/*.txt", recursive=True))])
for path, folders, files in sorted(os.walk(folder)):
    print(path[len(folder) :], sorted(folders), files)
for path, folders, files, fd in os.fwalk(folder):
    folders.sort()
    print(path[len(folder) :], folders, files, stat.S_ISDIR(os.fstat(fd).st_mode))
os.renames(folder + "/a/x.txt", folder + "/n/z.txt")
print(sorted(os.listdir(folder)), os.path.getsize(folder + "/n/z.txt"), os.path.islink(folder + "/link"))
print(os.path.exists(folder + "/c"), os.path.samefile(folder + "/link", folder + "/a"))
os.makedirs(os.path.join(folder, "p/q/r"), exist_ok=True)
os.removedirs(os.path.join(folder, "p/q/r"))
print(os.path.isdir(os.path.join(folder, "p")))
for path, folders, files in os.walk(folder, topdown=False):
    for name in files:
        os.remove(os.path.join(path, name))
    for name in folders:
        whole = os.path.join(path, name)
        os.remove(whole) if os.path.islink(whole) else os.rmdir(whole)
os.rmdir(folder)
print(os.path.exists(folder), fnmatch.filter(["a.py", "b.txt"], "*.py"))
os.environ["ARGIL_TEST"] = "1"
print(os.environb[b"ARGIL_TEST"], os.getenv("ARGIL_TEST"), os.system('test "$ARGIL_TEST" = 1'))
del os.environ["ARGIL_TEST"]
print(os.getenv("ARGIL_TEST"), os.system('test -z "$ARGIL_TEST"'))
print(sorted(function.__name__ for function in os.supports_dir_fd)[0], os.stat in os.supports_fd)
print(os.path.realpath("/usr/../etc/./passwd"), os.path.normpath("a/../../b"), os.path.relpath("/a/b", "/a/c"))
print(os.get_exec_path({"PATH": "/a:/b"}), os.fsencode("é"), os.fsdecode(b"a"), os.process_cpu_count() >= 1)
print(os.path.expanduser("~nobody"), os.path.expandvars("$HOME") == os.environ.get("HOME", "$HOME"))
