class Account:
    def __init__(self, balance):
        self.balance = balance

    def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError("insufficient funds")
        self.balance -= amount

    def __add__(self, other):
        return self.balance + other.balance


a = Account(10)
a.withdraw(5)
try:
    a.withdraw(100)
except ValueError:
    print("caught")
a + 5
