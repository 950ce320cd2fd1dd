# modes: gil none
import http.client
import http.server
import selectors
import socket
import socketserver
import threading


class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line.upper())


class Pages(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, text):
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer(f"page {self.path}")

    def do_POST(self):
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(f"{len(data)} bytes, {data[:4]}")

    def log_message(self, *args):
        pass


def serving(server):
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    return thread


with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Echo) as server:
    thread = serving(server)
    with socket.create_connection(server.server_address) as s, s.makefile("rw", newline="\n") as file:
        for word in ("one", "zwei", "trois"):
            print(word, file=file, flush=True)
            print(file.readline())
    server.shutdown()
    thread.join()

with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
    thread = serving(server)
    connection = http.client.HTTPConnection(*server.server_address)
    for path in ("/a", "/b?c=d"):
        connection.request("GET", path)
        response = connection.getresponse()
        print(response.status, response.reason, response.read())
    connection.request("POST", "/", body=b"data" * 1000)
    print(connection.getresponse().read())
    connection.close()
    server.shutdown()
    thread.join()

with selectors.DefaultSelector() as selector, socket.create_server(("127.0.0.1", 0)) as listener:
    selector.register(listener, selectors.EVENT_READ, "listener")
    client = socket.create_connection(listener.getsockname())
    client.send(b"hello")
    got = []
    while not got:
        for key, events in selector.select(5):
            if key.data == "listener":
                selector.register(key.fileobj.accept()[0], selectors.EVENT_READ, "connection")
            else:
                got.append((key.data, key.fileobj.recv(10), events))
                selector.unregister(key.fileobj)
                key.fileobj.close()
    print(got, len(selector.get_map()))
    client.close()
