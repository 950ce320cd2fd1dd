# _uuid: identifiers of a time are different, in threads too, and of version 1.
# modes: gil none
import _uuid
import threading
import uuid

made = []


def make():
    mine = [uuid.uuid1() for _ in range(500)]
    assert mine == sorted(mine, key=lambda each: each.time)
    made.extend(mine)


threads = [threading.Thread(target=make) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(set(made)), {each.version for each in made}, {each.variant for each in made}, len({each.node for each in made}))
identifier, status = _uuid.generate_time_safe()
print(len(identifier), type(status), _uuid.has_uuid_generate_time_safe, _uuid.has_stable_extractable_node)
print(uuid.uuid3(uuid.NAMESPACE_DNS, "a"), uuid.uuid5(uuid.NAMESPACE_DNS, "a"), uuid.uuid4().version, uuid.uuid8(1, 2, 3))
