# What the engine calls back.
import sqlite3

con = sqlite3.connect(":memory:")
con.execute("CREATE TABLE n (x)")
con.executemany("INSERT INTO n VALUES (?)", [(i,) for i in range(6)])
con.create_function("twice", 1, lambda x: x * 2, deterministic=True)
con.create_function("many", -1, lambda *args: "-".join(map(str, args)))
print(con.execute("SELECT twice(x), many(x, 'a', NULL) FROM n WHERE twice(x) > 6").fetchall())


class Product:
    def __init__(self):
        self.value = 1

    def step(self, x):
        self.value *= x or 1

    def finalize(self):
        return self.value


con.create_aggregate("product", 1, Product)
print(con.execute("SELECT product(x), product(x + 1) FROM n").fetchone(), con.execute("SELECT product(x) FROM n WHERE 0").fetchone())


class Sum:
    def __init__(self):
        self.count = 0

    def step(self, x):
        self.count += x

    def inverse(self, x):
        self.count -= x

    def value(self):
        return self.count

    def finalize(self):
        return self.count


con.create_window_function("total_of", 1, Sum)
print(con.execute("SELECT total_of(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM n").fetchall())
con.create_collation("backwards", lambda a, b: (a < b) - (a > b))
print(con.execute("SELECT x FROM (SELECT 'a' x UNION SELECT 'c' UNION SELECT 'b') ORDER BY x COLLATE backwards").fetchall())


def fails(*args):
    raise ValueError("no")


con.create_function("fails", 0, fails)
con.create_function("big", 0, lambda: 2**70)
con.create_function("odd", 0, lambda: [])
for sql in ("SELECT fails()", "SELECT big()", "SELECT odd()", "SELECT gone()"):
    try:
        con.execute(sql).fetchall()
    except sqlite3.Error as error:
        print(type(error).__name__, error)


class Broken:
    def step(self, x):
        1 / 0

    def finalize(self):
        return 1


con.create_aggregate("broken", 1, Broken)
try:
    con.execute("SELECT broken(x) FROM n").fetchall()
except sqlite3.OperationalError as error:
    print(error)

seen = []
con.set_trace_callback(seen.append)
con.execute("SELECT ?", ("traced",)).fetchall()
con.set_trace_callback(None)
print(seen)
con.set_authorizer(lambda action, *args: sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_READ and args[0] == "n" else sqlite3.SQLITE_OK)
try:
    con.execute("SELECT x FROM n")
except sqlite3.DatabaseError as error:
    print(error)
con.set_authorizer(None)
con.set_progress_handler(lambda: True, 1)
try:
    con.execute("SELECT count(*) FROM n a, n b, n c").fetchall()
except sqlite3.OperationalError as error:
    print(error)
con.set_progress_handler(None, 1)
con.create_function("inner", 1, lambda x: con.execute("SELECT max(x) + ? FROM n", (x,)).fetchone()[0])
print(con.execute("SELECT inner(x) FROM n").fetchall())
con.create_function("twice", 1, None)
try:
    con.execute("SELECT twice(1)")
except sqlite3.OperationalError as error:
    print(error)
