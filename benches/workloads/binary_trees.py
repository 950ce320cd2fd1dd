"""Allocation: many short-lived binary trees beside a long-lived one."""


class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right


def tree(depth):
    if depth == 0:
        return Node(None, None)
    return Node(tree(depth - 1), tree(depth - 1))


def check(node):
    if node.left is None:
        return 1
    return 1 + check(node.left) + check(node.right)


def main(depth):
    lasting = tree(depth)
    for d in range(4, depth + 1, 4):
        count = 1 << (depth - d + 4)
        total = 0
        for _ in range(count):
            total += check(tree(d))
        print(count, "trees of depth", d, "check", total)
    print("lasting tree check", check(lasting))


main(15)
