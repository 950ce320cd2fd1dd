# stdin: Alice
# stdin: 42
# stdin:   spaces
# stdin: 1 2 3
name = input()
age = int(input("age? "))
print(f"{name} is {age}")
print(repr(input("")))
print(sum(map(int, input("numbers: ").split())))
try:
    input("more? ")
except EOFError as error:
    print(f"EOFError: {error}")
try:
    input(1, 2)
except TypeError as error:
    print(error)
