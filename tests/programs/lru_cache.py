"""A cache with a bound, a hand-made hash map and a trie: data structures on dicts and lists."""


class LRU:
    def __init__(self, capacity):
        self.capacity = capacity
        self.items = {}
        self.hits = self.misses = 0

    def get(self, key, default=None):
        if key not in self.items:
            self.misses += 1
            return default
        self.hits += 1
        value = self.items.pop(key)
        self.items[key] = value
        return value

    def put(self, key, value):
        self.items.pop(key, None)
        self.items[key] = value
        if len(self.items) > self.capacity:
            oldest = next(iter(self.items))
            del self.items[oldest]


class HashMap:
    def __init__(self):
        self.buckets = [[] for _ in range(2)]
        self.size = 0

    def bucket(self, key):
        return self.buckets[hash(key) % len(self.buckets)]

    def __setitem__(self, key, value):
        bucket = self.bucket(key)
        for i, (k, _) in enumerate(bucket):
            if k == key:
                bucket[i] = (key, value)
                return
        bucket.append((key, value))
        self.size += 1
        if self.size > len(self.buckets):
            old = [pair for b in self.buckets for pair in b]
            self.buckets = [[] for _ in range(2 * len(self.buckets))]
            for k, v in old:
                self.bucket(k).append((k, v))

    def __getitem__(self, key):
        for k, v in self.bucket(key):
            if k == key:
                return v
        raise KeyError(key)


class Trie:
    def __init__(self):
        self.root = {}

    def insert(self, word):
        node = self.root
        for c in word:
            node = node.setdefault(c, {})
        node["$"] = True

    def completions(self, prefix):
        node = self.root
        for c in prefix:
            if c not in node:
                return
            node = node[c]

        def walk(node, word):
            if "$" in node:
                yield word
            for c in sorted(k for k in node if k != "$"):
                yield from walk(node[c], word + c)

        yield from walk(node, prefix)


cache = LRU(3)
for key in "abcad":
    cache.put(key, key.upper())
print(cache.items, cache.get("a"), cache.get("b", "gone"), cache.hits, cache.misses)
cache.put("e", "E")
print(list(cache.items))
m = HashMap()
for n in range(100):
    m[n] = n * n
m[7] = "replaced"
print(m.size, len(m.buckets), m[7], m[99])
try:
    m["missing"]
except KeyError as error:
    print("KeyError", error)
t = Trie()
for word in "car card care cat dog do".split():
    t.insert(word)
print(
    list(t.completions("car")),
    list(t.completions("do")),
    list(t.completions("x")),
    len(list(t.completions(""))),
)
