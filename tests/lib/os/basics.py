import os
import os.path

print(
    os.getpid() > 0,
    os.cpu_count() >= 1,
    os.name,
    os.sep,
    os.linesep == "\n",
    os.getcwd() == os.path.abspath("."),
    type(os.environ.get("PATH")).__name__,
    os.getenv("ARGIL_SURELY_NOT_SET"),
    os.getenv("ARGIL_SURELY_NOT_SET", "default"),
    os.getppid() > 0,
)
os.environ["ARGIL_TEST_VARIABLE"] = "value"
print(
    os.environ["ARGIL_TEST_VARIABLE"],
    os.getenv("ARGIL_TEST_VARIABLE"),
    "ARGIL_TEST_VARIABLE" in os.environ,
    os.environ.pop("ARGIL_TEST_VARIABLE"),
    "ARGIL_TEST_VARIABLE" in os.environ,
)
for f in (
    lambda: os.environ["ARGIL_SURELY_NOT_SET"],
    lambda: os.listdir("/nonexistent"),
    lambda: os.mkdir("/nonexistent/a"),
    lambda: os.remove("/nonexistent"),
    lambda: os.path.getsize("/nonexistent"),
    lambda: os.environ.__setitem__("a", 5),
    lambda: os.chdir("/nonexistent"),
    lambda: os.rename("/nonexistent", "/nonexistent_either"),
    lambda: os.stat("/nonexistent"),
):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
folder = f"/tmp/argil_os_{os.getpid()}"
os.mkdir(folder)
os.makedirs(os.path.join(folder, "a", "b"), exist_ok=True)
with open(os.path.join(folder, "f.txt"), "w") as f:
    f.write("12345")
print(
    sorted(os.listdir(folder)),
    os.path.getsize(os.path.join(folder, "f.txt")),
    os.path.isdir(folder),
    os.path.isfile(folder),
    os.path.exists(folder + "/f.txt"),
    os.stat(folder + "/f.txt").st_size,
)
os.rename(folder + "/f.txt", folder + "/g.txt")
print(sorted((os.path.relpath(root, folder), sorted(dirs), files) for root, dirs, files in os.walk(folder)))
os.remove(folder + "/g.txt")
os.rmdir(folder + "/a/b")
os.rmdir(folder + "/a")
os.rmdir(folder)
print(os.path.exists(folder))
