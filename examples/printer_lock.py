"""A lock: three clerks share one printer, and no page may be torn.

Printing a page takes several steps. Without the lock, the lines of several pages would mix. Each
clerk holds the lock for a whole page, so that whatever order the pages come in, each is in one
piece. The script looks at the paper and says so.
"""

import queue
import threading
import time

CLERKS = ["Ada", "Blaise", "Charles"]
LINES = 4


def print_page(clerk, printer, paper):
    with printer:
        for line in range(1, LINES + 1):
            paper.put((clerk, line))
            time.sleep(0.002)  # time enough for others to push in, if the lock let them


def main():
    printer = threading.Lock()
    paper = queue.Queue()
    threads = [threading.Thread(target=print_page, args=(clerk, printer, paper)) for clerk in CLERKS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    pages = {}
    for _ in CLERKS:
        page = [paper.get() for _ in range(LINES)]
        clerk = page[0][0]
        whole = page == [(clerk, line) for line in range(1, LINES + 1)]
        pages[clerk] = "whole" if whole else f"torn: {page}"
    for clerk in CLERKS:
        print(f"{clerk}'s page is {pages[clerk]}")


if __name__ == "__main__":
    main()
