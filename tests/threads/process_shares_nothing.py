import multiprocessing

state = ["parent"]


def change(q, local):
    state.append("child")
    local.append("child")
    q.put((len(state), local))


if __name__ == "__main__":
    q = multiprocessing.Queue()
    local = ["sent"]
    p = multiprocessing.Process(target=change, args=(q, local))
    p.start()
    print(q.get())
    p.join()
    print(state, local)
