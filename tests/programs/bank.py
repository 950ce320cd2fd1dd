"""Accounts with interest, transfers and their errors."""


class InsufficientFunds(Exception):
    def __init__(self, needed, available):
        super().__init__(f"need {needed:.2f}, have {available:.2f}")
        self.missing = needed - available


class Account:
    count = 0

    def __init__(self, owner, balance=0.0):
        self.owner = owner
        self._balance = float(balance)
        self.history = []
        Account.count += 1

    @property
    def balance(self):
        return self._balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self._balance += amount
        self.history.append(("deposit", amount))

    def withdraw(self, amount):
        if amount > self._balance:
            raise InsufficientFunds(amount, self._balance)
        self._balance -= amount
        self.history.append(("withdraw", amount))

    def __str__(self):
        return f"{self.owner:<8}{self.balance:>10,.2f}"


class Savings(Account):
    def __init__(self, owner, balance=0.0, rate=0.02):
        super().__init__(owner, balance)
        self.rate = rate

    def add_interest(self):
        self.deposit(self.balance * self.rate)


def transfer(source, target, amount):
    try:
        source.withdraw(amount)
    except InsufficientFunds as error:
        print(f"refused: {error} (missing {error.missing:.2f})")
        return False
    else:
        target.deposit(amount)
        return True
    finally:
        print(f"transfer of {amount} from {source.owner} to {target.owner} handled")


accounts = {"alice": Account("Alice", 1200), "bob": Savings("Bob", 50, rate=0.1)}
print(transfer(accounts["alice"], accounts["bob"], 450.5))
print(transfer(accounts["bob"], accounts["alice"], 10_000))
accounts["bob"].add_interest()
for account in sorted(accounts.values(), key=lambda a: -a.balance):
    print(account, account.history)
try:
    accounts["alice"].deposit(-5)
except ValueError as error:
    print("error:", error)
try:
    accounts["alice"].balance = 1_000_000
except AttributeError as error:
    print("error:", error)
print(Account.count, isinstance(accounts["bob"], Account))
