# Statements, rows, transactions and errors.
import sqlite3

con = sqlite3.connect(":memory:")
cur = con.cursor()
cur.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, score REAL, data BLOB)")
print(cur.description, cur.rowcount, con.in_transaction)
cur.execute("INSERT INTO t (name, score, data) VALUES (?, ?, ?)", ("ann", 1.5, b"\x00\x01"))
print(cur.lastrowid, cur.rowcount, con.in_transaction)
cur.executemany("INSERT INTO t (name, score) VALUES (:name, :score)", [{"name": f"n{i}", "score": i} for i in range(5)])
print(cur.rowcount, con.total_changes)
con.commit()
print(con.in_transaction)
print(cur.execute("SELECT * FROM t ORDER BY id").fetchone(), cur.fetchmany(2), cur.fetchall(), cur.fetchone())
print([column[0] for column in cur.description])
for row in con.execute("SELECT name FROM t WHERE score > ? ORDER BY name", (1,)):
    print(row)

con.row_factory = sqlite3.Row
row = con.execute("SELECT id, name AS Who FROM t").fetchone()
print(row["who"], row[0], row[-1], row[0:2], len(row), row.keys(), tuple(row), dict(row), row == row, hash(row) == hash(row))
for key in ("nope", 1.5, 9):
    try:
        row[key]
    except Exception as error:
        print(type(error).__name__, error)
con.row_factory = lambda cursor, row: list(row)
print(con.execute("SELECT 1, 'two', 3.0, x'04', NULL").fetchall())
con.row_factory = None

with con:
    con.execute("UPDATE t SET score = 0")
try:
    with con:
        con.execute("DELETE FROM t")
        raise KeyError("undo")
except KeyError:
    print(con.execute("SELECT count(*) FROM t").fetchone())

for sql, args in [("SELECT", ()), ("SELECT * FROM missing", ()), ("SELECT ?", ()), ("SELECT ?", (1, 2)), ("SELECT :a", {}), ("SELECT ?", ([],)),
                  ("SELECT 1; SELECT 2", ()), ("INSERT INTO t(id) VALUES (1)", ()), ("SELECT :a", (1,)),
                  ("SELECT ?", {"a": 1}), ("SELECT 1\0", ()), ("-- nothing", ()), ("SELECT ?", 5)]:
    try:
        print(con.execute(sql, args).fetchall())
    except Exception as error:
        print(type(error).__name__, error, getattr(error, "sqlite_errorname", None), getattr(error, "sqlite_errorcode", None))
try:
    con.executemany("SELECT ?", [(1,)])
except sqlite3.ProgrammingError as error:
    print(error)

con.executescript("CREATE TABLE u (a); INSERT INTO u VALUES (1); -- done\n INSERT INTO u VALUES ('it''s');")
print(list(con.iterdump()))
con.text_factory = bytes
print(con.execute("SELECT 'é'").fetchone())
con.text_factory = lambda b: b.decode().upper()
print(con.execute("SELECT 'é'").fetchone())
con.text_factory = str
print(sqlite3.complete_statement("SELECT 1;"), sqlite3.complete_statement("SELECT 1"))
cur.close()
con.close()
for use in (cur.fetchone, con.cursor, lambda: con.execute("SELECT 1"), con.commit):
    try:
        use()
    except sqlite3.ProgrammingError as error:
        print(error)
print(issubclass(sqlite3.IntegrityError, sqlite3.DatabaseError), sqlite3.Error.__mro__, con.OperationalError is sqlite3.OperationalError)
try:
    sqlite3.connect(":memory:").execute("SELECT ?", (2**63,))
except OverflowError as error:
    print(error)
