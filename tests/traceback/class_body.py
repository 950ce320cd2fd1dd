class C:
    a = 1
    b = a + "x"
