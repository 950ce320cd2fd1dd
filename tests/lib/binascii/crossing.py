# The errors of native modules travel between threads, whatever these are, and come back as what they were.
import binascii
import queue
import threading
import _struct


def work(answers):
    for function in lambda: _struct.pack("b", 1000), lambda: binascii.unhexlify("1"):
        try:
            function()
        except (_struct.error, binascii.Error) as error:
            answers.put(error)


answers = queue.Queue()
thread = threading.Thread(target=work, args=(answers,))
thread.start()
thread.join()
for kind in _struct.error, binascii.Error:
    error = answers.get()
    print(type(error) is kind, repr(error))
