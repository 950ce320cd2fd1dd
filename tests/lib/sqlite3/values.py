# Adapters, converters, blobs, copies, and modes of transactions.
import sqlite3


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __repr__(self):
        return f"Point({self.x}, {self.y})"


class Conforming(Point):
    def __conform__(self, protocol):
        if protocol is sqlite3.PrepareProtocol:
            return f"{self.x};{self.y}"


sqlite3.register_adapter(Point, lambda p: f"{p.x};{p.y}")
sqlite3.register_converter("point", lambda b: Point(*map(int, b.split(b";"))))
con = sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES)
con.execute("CREATE TABLE p (at point, n)")
con.execute("INSERT INTO p VALUES (?, ?)", (Point(1, 2), Conforming(3, 4)))
print(con.execute("SELECT at, n, n AS 'n [point]' FROM p").fetchone())
print(con.execute("SELECT n AS 'n [point]' FROM p").description)
print(con.execute("SELECT ?, ?", (bytearray(b"x"), memoryview(b"y"))).fetchone(), con.execute("SELECT ?", (True,)).fetchone())

con.execute("CREATE TABLE b (data BLOB)")
con.execute("INSERT INTO b VALUES (zeroblob(8))")
with con.blobopen("b", "data", 1) as blob:
    blob.write(b"abc")
    blob[4] = 65
    blob[5:7] = b"XY"
    print(len(blob), blob.tell(), blob[0], blob[1:6], blob.read())
    blob.seek(-2, 2)
    print(blob.read(9))
    for bad in (lambda: blob.write(b"x" * 9), lambda: blob[99], lambda: blob.seek(99), lambda: blob["a"]):
        try:
            bad()
        except Exception as error:
            print(type(error).__name__, error)
try:
    blob.read()
except sqlite3.ProgrammingError as error:
    print(error)

steps = []
other = sqlite3.connect(":memory:")
con.commit()
con.backup(other, pages=1, progress=lambda *args: steps.append(args[1:]))
print(other.execute("SELECT count(*) FROM p").fetchone(), len(steps) > 1, steps[-1][0])
data = con.serialize()
third = sqlite3.connect(":memory:")
third.deserialize(data)
print(third.execute("SELECT name FROM sqlite_schema").fetchall(), data[:15])
print(con.getlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH) > 0, con.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 30) > 0)
try:
    con.execute("SELECT 'this is longer than thirty characters'")
except sqlite3.DataError as error:
    print(error)
print(third.getconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_FKEY), third.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_FKEY), third.getconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_FKEY))

auto = sqlite3.connect(":memory:", autocommit=False)
print(auto.in_transaction, auto.autocommit)
auto.execute("CREATE TABLE t (a)")
auto.rollback()
print(auto.execute("SELECT count(*) FROM sqlite_schema").fetchone(), auto.in_transaction)
auto.autocommit = True
print(auto.in_transaction)
level = sqlite3.connect(":memory:", isolation_level=None)
level.execute("CREATE TABLE t (a)")
level.execute("INSERT INTO t VALUES (1)")
print(level.in_transaction, level.isolation_level)
level.isolation_level = "IMMEDIATE"
level.execute("INSERT INTO t VALUES (1)")
print(level.in_transaction, level.isolation_level)
for value in ("bad", 5):
    try:
        level.isolation_level = value
    except Exception as error:
        print(type(error).__name__, error)


class Mine(sqlite3.Connection):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.note = "mine"


class Counting(sqlite3.Cursor):
    pass


mine = sqlite3.connect(":memory:", factory=Mine)
print(type(mine).__name__, mine.note, type(mine.cursor(Counting)).__name__)
unready = Mine.__new__(Mine)
try:
    unready.cursor()
except sqlite3.ProgrammingError as error:
    print(error)
