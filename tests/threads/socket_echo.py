import queue
import socket
import threading


def server(ports):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", 0))
        listener.listen(5)
        ports.put(listener.getsockname()[1])
        connection, address = listener.accept()
        with connection:
            while True:
                data = connection.recv(1024)
                if not data:
                    break
                connection.sendall(data.upper())


def main():
    ports = queue.Queue()
    t = threading.Thread(target=server, args=(ports,))
    t.start()
    with socket.create_connection(("127.0.0.1", ports.get()), timeout=10) as s:
        for message in (b"hello", b"world " * 3):
            s.sendall(message)
            received = b""
            while len(received) < len(message):
                received += s.recv(1024)
            print(received)
        print(s.getpeername()[0])
        s.shutdown(socket.SHUT_WR)
        print(s.recv(10), s.fileno() >= 0)
    t.join()


if __name__ == "__main__":
    main()
