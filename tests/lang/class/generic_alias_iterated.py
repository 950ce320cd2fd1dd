"""A generic alias iterates to itself, unpacked, once."""

alias = list[int]
print(list(alias), [*dict[str, int]], tuple(alias)[0] == alias, tuple(alias) == tuple(list[int]))
(starred,) = alias
print(starred, starred.__unpacked__, alias.__unpacked__, starred.__origin__, starred.__args__, starred == starred)
print(hash(starred) == hash(alias), next(iter(starred)), tuple[*tuple[int, ...]], len({alias, starred, list[int]}))
try:
    iter(int | str)
except TypeError as error:
    print("TypeError")
