class Collector:
    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text)
        return len(text)

    def flush(self):
        self.parts.append("<flush>")


out = Collector()
print("a", 1, sep="|", file=out)
print(file=out)
print("b", end="", file=out, flush=True)
print(out.parts)
