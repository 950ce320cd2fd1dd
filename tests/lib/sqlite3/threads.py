# modes: gil none
# One connection, many threads.
import sqlite3
import threading

con = sqlite3.connect(":memory:", check_same_thread=False)
con.execute("CREATE TABLE t (a)")


def work(n):
    for i in range(50):
        con.execute("INSERT INTO t VALUES (?)", (n * 100 + i,))
        con.execute("SELECT a FROM t LIMIT 3").fetchall()


threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(con.execute("SELECT count(*), count(DISTINCT a) FROM t").fetchone())

own = sqlite3.connect(":memory:")


def other():
    try:
        own.execute("SELECT 1")
    except sqlite3.ProgrammingError as error:
        print(str(error).split(". ")[0])


thread = threading.Thread(target=other)
thread.start()
thread.join()
print(sqlite3.threadsafety)
