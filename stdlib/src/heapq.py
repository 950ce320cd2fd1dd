__all__ = ['heappush', 'heappop', 'heapify', 'heapreplace', 'merge',
           'nlargest', 'nsmallest', 'heappushpop', 'heappush_max', 'heappop_max',
           'heapify_max', 'heapreplace_max', 'heappushpop_max']


def merge(*iterables, key=None, reverse=False):
    """Merge multiple sorted inputs into a single sorted output."""
    heap = []
    direction = -1 if reverse else 1
    add = heappush_max if reverse else heappush
    take = heappop_max if reverse else heappop
    for order, iterator in enumerate(map(iter, iterables)):
        for value in iterator:
            rank = value if key is None else key(value)
            heap.append([rank, order * direction, value, iterator])
            break
    (heapify_max if reverse else heapify)(heap)
    while heap:
        rank, order, value, iterator = take(heap)
        yield value
        for value in iterator:
            rank = value if key is None else key(value)
            add(heap, [rank, order, value, iterator])
            break


def nsmallest(n, iterable, key=None):
    """Find the n smallest elements in a dataset."""
    return sorted(iterable, key=key)[:n] if n > 0 else []


def nlargest(n, iterable, key=None):
    """Find the n largest elements in a dataset."""
    return sorted(iterable, key=key, reverse=True)[:n] if n > 0 else []
