# What the primitives are: a class, a function, names and modules.
import threading

lock = threading.Lock()
print(isinstance(lock, threading.Lock), type(lock) is threading.Lock, threading.Lock.__name__, threading.Lock.__module__)
print(type(threading.RLock()).__name__, type(threading.RLock()).__module__, callable(threading.RLock))
try:
    isinstance(lock, threading.RLock)
except TypeError as e:
    print(e)
print(threading.local.__name__, threading.local.__module__, threading.ThreadError is RuntimeError)
import _thread

print(_thread.error is RuntimeError, type(_thread.allocate_lock()) is threading.Lock, threading.get_ident() == _thread.get_ident())
