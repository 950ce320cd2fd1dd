value = (
    1
    + 2
    + None
    + 4
)
