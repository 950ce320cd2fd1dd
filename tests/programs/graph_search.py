"""Breadth first, depth first, Dijkstra, topological order and connected components."""

from collections import defaultdict, deque

EDGES = [
    ("a", "b", 4),
    ("a", "c", 1),
    ("c", "b", 2),
    ("b", "d", 5),
    ("c", "d", 8),
    ("d", "e", 3),
    ("f", "g", 1),
]


def build(edges, directed=True):
    graph = defaultdict(list)
    for source, target, weight in edges:
        graph[source].append((target, weight))
        if directed:
            graph[target]
        else:
            graph[target].append((source, weight))
    return graph


def breadth_first(graph, start):
    seen = {start: None}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for neighbour, _ in graph[node]:
            if neighbour not in seen:
                seen[neighbour] = node
                queue.append(neighbour)
    return seen


def path(previous, node):
    result = []
    while node is not None:
        result.append(node)
        node = previous[node]
    return result[::-1]


def depth_first(graph, node, seen=None):
    seen = set() if seen is None else seen
    seen.add(node)
    yield node
    for neighbour, _ in graph[node]:
        if neighbour not in seen:
            yield from depth_first(graph, neighbour, seen)


def dijkstra(graph, start):
    distance = {node: float("inf") for node in graph}
    distance[start] = 0
    pending = set(graph)
    while pending:
        node = min(sorted(pending), key=distance.get)
        pending.remove(node)
        for neighbour, weight in graph[node]:
            distance[neighbour] = min(distance[neighbour], distance[node] + weight)
    return distance


def topological(graph):
    order, state = [], {}

    def visit(node):
        if state.get(node) == "visiting":
            raise ValueError(f"cycle through {node}")
        if node not in state:
            state[node] = "visiting"
            for neighbour, _ in graph[node]:
                visit(neighbour)
            state[node] = "done"
            order.append(node)

    for node in sorted(graph):
        visit(node)
    return order[::-1]


graph = build(EDGES)
previous = breadth_first(graph, "a")
print(previous, path(previous, "e"), list(depth_first(graph, "a")))
print(dijkstra(graph, "a"), topological(graph))
undirected = build(EDGES, directed=False)
components, seen = [], set()
for node in sorted(undirected):
    if node not in seen:
        component = sorted(depth_first(undirected, node))
        seen.update(component)
        components.append(component)
print(components)
graph["e"].append(("a", 1))
try:
    topological(graph)
except ValueError as error:
    print(error)
