# modes: gil none
import threading

result = []
t = threading.Timer(0.02, lambda x: result.append(x), args=("fired",))
t.start()
t.join()
cancelled = threading.Timer(30, lambda: result.append("never"))
cancelled.start()
cancelled.cancel()
cancelled.join()
print(result)
