class Animal:
    sound = "..."

    def __init__(self, name):
        self.name = name

    def speak(self):
        return f"{self.name} says {self.sound}"

    def describe(self):
        return f"{type(self).__name__}: {self.speak()}"


class Dog(Animal):
    sound = "woof"

    def __init__(self, name, tricks=()):
        super().__init__(name)
        self.tricks = list(tricks)

    def speak(self):
        return super().speak() + "!"


class Puppy(Dog):
    sound = "yip"

    def speak(self):
        return super(Puppy, self).speak().lower()


for a in (Animal("generic"), Dog("Rex", ["sit"]), Puppy("Bit")):
    print(a.describe(), isinstance(a, Dog), isinstance(a, (Puppy, int)), issubclass(type(a), Animal))
print(Puppy.__mro__, Puppy.__bases__, Dog.__base__, Animal.__bases__, Animal.__subclasses__())
print(
    issubclass(Puppy, Animal),
    issubclass(Animal, Puppy),
    issubclass(Puppy, object),
    Puppy("x").tricks,
    Dog.speak is Puppy.speak,
)


class Empty(Puppy):
    pass


print(Empty("e").speak(), Empty.__name__, Empty.__qualname__, Empty.__module__)
for f in (
    lambda: issubclass(1, Dog),
    lambda: isinstance(1, 1),
    lambda: Dog(),
    lambda: super().x,
    lambda: isinstance(1, [int]),
):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
