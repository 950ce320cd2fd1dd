class M:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        raise KeyError("from exit")


with M():
    raise ValueError("from body")
