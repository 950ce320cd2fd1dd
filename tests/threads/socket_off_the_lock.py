import queue
import socket
import threading


def answer(ports):
    listener = socket.create_server(("127.0.0.1", 0))
    ports.put(listener.getsockname()[1])
    connection, _ = listener.accept()
    got = connection.recv(100)
    connection.sendall(got + b" answered")
    connection.close()
    listener.close()


def main():
    ports = queue.Queue()
    t = threading.Thread(target=answer, args=(ports,))
    t.start()
    s = socket.socket()
    s.connect(("127.0.0.1", ports.get()))
    s.send(b"question")
    data = b""
    while chunk := s.recv(4):
        data += chunk
    print(data)
    s.close()
    t.join()


if __name__ == "__main__":
    main()
