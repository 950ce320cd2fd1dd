# a comment at the top

def f():
    # only a comment first

    x = 1  # trailing

    # comment between

    return x
    # after return


# comment at column 0
class C:

    # in class
    """not a docstring? it is the first statement"""

    def m(self):

        return (  # in parentheses
            1,
            # inside
            2,

        )
        # end


if f():
    pass
# dedented comment
elif f():
    pass
else:
    # comment
    pass

print(f(), C().m(), C.__doc__)
for i in range(2):
    print(i)

    # blank lines and comments inside

    print("still inside")
print("outside")
s = """
# not a comment
"""
print(s, "# neither", '#')  # but this is
    # oddly indented comment
print("done")
# last comment without newline
