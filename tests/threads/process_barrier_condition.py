# A barrier passed again and again by processes, and processes that take turns by a condition.
import multiprocessing as mp


def meet(barrier):
    for _ in range(50):
        barrier.wait()


def take_turns(i, cond, turn):
    for _ in range(20):
        with cond:
            while turn.value % 2 != i:
                cond.wait()
            turn.value += 1
            cond.notify_all()


def run(function, *arguments):
    processes = [mp.Process(target=function, args=args) for args in arguments]
    for process in processes:
        process.start()
    for process in processes:
        process.join(20)
    return [process.exitcode for process in processes]


if __name__ == "__main__":
    barrier = mp.Barrier(2)
    print("barrier", run(meet, (barrier,), (barrier,)), barrier.n_waiting)
    cond, turn = mp.Condition(), mp.Value("i", 0)
    print("condition", run(take_turns, (0, cond, turn), (1, cond, turn)), turn.value)
