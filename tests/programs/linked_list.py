"""A linked list with the container protocol, sorted by merging."""


class Node:
    __slots__ = ("value", "next")

    def __init__(self, value, next=None):
        self.value = value
        self.next = next


class LinkedList:
    def __init__(self, values=()):
        self.head = None
        self.size = 0
        for value in reversed(list(values)):
            self.push(value)

    def push(self, value):
        self.head = Node(value, self.head)
        self.size += 1

    def pop(self):
        if self.head is None:
            raise IndexError("pop from an empty list")
        node, self.head = self.head, self.head.next
        self.size -= 1
        return node.value

    def reverse(self):
        previous, node = None, self.head
        while node:
            node.next, previous, node = previous, node, node.next
        self.head = previous

    def __iter__(self):
        node = self.head
        while node is not None:
            yield node.value
            node = node.next

    def __len__(self):
        return self.size

    def __getitem__(self, index):
        if isinstance(index, slice):
            return LinkedList(list(self)[index])
        if index < 0:
            index += self.size
        for i, value in enumerate(self):
            if i == index:
                return value
        raise IndexError(index)

    def __contains__(self, value):
        return any(value == v for v in self)

    def __eq__(self, other):
        return isinstance(other, LinkedList) and list(self) == list(other)

    def __repr__(self):
        return " -> ".join(map(repr, self)) or "(empty)"


def merge_sort(head):
    if head is None or head.next is None:
        return head
    slow, fast = head, head.next
    while fast and fast.next:
        slow, fast = slow.next, fast.next.next
    middle, slow.next = slow.next, None
    left, right = merge_sort(head), merge_sort(middle)
    dummy = tail = Node(None)
    while left and right:
        if left.value <= right.value:
            tail.next, left = left, left.next
        else:
            tail.next, right = right, right.next
        tail = tail.next
    tail.next = left or right
    return dummy.next


numbers = LinkedList([5, 2, 8, 1, 9, 3])
print(numbers, len(numbers), numbers[0], numbers[-1], numbers[1:3], 8 in numbers, 7 in numbers)
numbers.reverse()
print(numbers, numbers.pop(), numbers.pop(), len(numbers))
numbers.head = merge_sort(numbers.head)
print(
    numbers,
    numbers == LinkedList([1, 2, 5, 8]),
    numbers != LinkedList(),
    sum(numbers),
    max(numbers),
    sorted(numbers, reverse=True),
)
for action in (lambda: numbers[10], LinkedList().pop, lambda: hash(numbers)):
    try:
        action()
    except (IndexError, TypeError) as error:
        print(type(error).__name__, error)
print(LinkedList(), bool(LinkedList()), list(zip(numbers, "abcd")))
