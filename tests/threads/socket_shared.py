# modes: gil none
import socket
import threading

# Four threads accept from one listener, and all write to one connection.
WORKERS, CLIENTS = 4, 40


def serve(listener, served, lock):
    while True:
        connection, _ = listener.accept()
        with connection:
            request = connection.recv(100)
            if request == b"stop":
                return
            connection.sendall(request * 2)
            with lock:
                served.append(request)


def ask(port, number, answers):
    with socket.create_connection(("127.0.0.1", port)) as s:
        s.sendall(b"%d;" % number)
        answer = b""
        while chunk := s.recv(3):
            answer += chunk
        answers.append(answer)


def main():
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    served, answers, lock = [], [], threading.Lock()
    servers = [threading.Thread(target=serve, args=(listener, served, lock)) for _ in range(WORKERS)]
    for t in servers:
        t.start()
    clients = [threading.Thread(target=ask, args=(port, n, answers)) for n in range(CLIENTS)]
    for t in clients:
        t.start()
    for t in clients:
        t.join()
    print(len(served), sorted(answers) == sorted(b"%d;%d;" % (n, n) for n in range(CLIENTS)))
    for _ in servers:
        with socket.create_connection(("127.0.0.1", port)) as s:
            s.sendall(b"stop")
            print(s.recv(1))
    for t in servers:
        t.join()

    a, b = socket.socketpair()
    writers = [threading.Thread(target=lambda: [a.send(b"x") for _ in range(500)]) for _ in range(WORKERS)]
    for t in writers:
        t.start()
    total = 0
    while total < 500 * WORKERS:
        total += len(b.recv(64))
    for t in writers:
        t.join()
    print(total)


if __name__ == "__main__":
    main()
