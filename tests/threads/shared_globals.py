# modes: gil none
import threading

total = []
config = {"step": 2}


def work(n):
    for i in range(0, n, config["step"]):
        total.append(i)


threads = [threading.Thread(target=work, args=(100,)) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(total), sorted(set(total)) == list(range(0, 100, 2)), sum(total))
result = None


def set_result():
    global result
    result = [x * 2 for x in range(3)]


t = threading.Thread(target=set_result)
t.start()
t.join()
print(result)
