"""The natives of `typing`: constructors, representations, unions, and what stands for parameters."""

import sys
from _typing import NoDefault, ParamSpec, ParamSpecArgs, ParamSpecKwargs, TypeVar, TypeVarTuple, Union, _idfunc

T, S = TypeVar("T"), TypeVar("S", int, str)
C, D, I = TypeVar("C", covariant=True), TypeVar("D", contravariant=True), TypeVar("I", infer_variance=True)
B = TypeVar("B", bound=int, default=bool)
P, Q = ParamSpec("P"), ParamSpec("Q", default=[int], contravariant=True)
Ts = TypeVarTuple("Ts", default=(int,))
print(T, S, C, D, I, B, P, Q, Ts)
for parameter in (T, S, C, D, I, B):
    print(parameter.__name__, parameter.__bound__, parameter.__constraints__, parameter.__default__, parameter.has_default())
    print(parameter.__covariant__, parameter.__contravariant__, parameter.__infer_variance__, parameter.__module__)
    print(parameter.evaluate_bound, parameter.evaluate_constraints, parameter.evaluate_default)
print(S.evaluate_constraints(1), S.evaluate_constraints(4), B.evaluate_default(4), Q.evaluate_default(1), Q.evaluate_default(4))
print(Q.__default__, Q.has_default(), P.has_default(), P.__bound__, Ts.__default__, Ts.evaluate_default, TypeVarTuple("U").has_default())
CASES = [
    lambda: TypeVar(),
    lambda: TypeVar(1),
    lambda: TypeVar("X", int),
    lambda: TypeVar("X", int, str, bound=int),
    lambda: TypeVar("X", covariant=True, contravariant=True),
    lambda: TypeVar("X", covariant=True, infer_variance=True),
    lambda: TypeVar(name="X", bound=None),
    lambda: TypeVar("X", bound=list[int]).__bound__,
    lambda: TypeVar("X", default=None).__default__,
    lambda: TypeVar("X", default=None).has_default(),
    lambda: TypeVar("X", default=NoDefault).has_default(),
    lambda: ParamSpec(1),
    lambda: ParamSpec("X", covariant=True, contravariant=True),
    lambda: ParamSpec("X", bound=int).__bound__,
    lambda: TypeVarTuple(1),
    lambda: type(NoDefault)() is NoDefault,
    lambda: type(NoDefault)(1),
    lambda: (NoDefault, type(NoDefault), NoDefault.__reduce__()),
    lambda: hash(P.args),
    lambda: (ParamSpecArgs(P), ParamSpecKwargs(P), ParamSpecArgs(int), P.args == ParamSpecArgs(P), P.args != P.kwargs),
    lambda: Ts.__typing_subst__(int),
    lambda: T.__mro_entries__(()),
    lambda: P.args.__mro_entries__(()),
    lambda: (int | str).__mro_entries__(()),
    lambda: _idfunc(5),
    lambda: int | Ts,
    lambda: Union[int, str],
    lambda: Union[int],
    lambda: Union[int, None, int | str, list[int], list[int]],
    lambda: int | str == str | int,
    lambda: hash(int | str) == hash(str | int),
    lambda: (int | list[int]) == (list[int] | int),
    lambda: int | str == int,
    lambda: list[T].__parameters__,
    lambda: dict[T, list[S]].__parameters__,
    lambda: tuple[T, S, T].__parameters__,
    lambda: list[int].__parameters__,
    lambda: list[int][str],
    lambda: (list[int], tuple[()], tuple[int, ...], list[list[T]], dict[str, [int, T]]),
]
for case in CASES:
    try:
        print(case())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)

typing = type(sys)("typing")
sys.modules["typing"] = typing
typing._typevar_subst = lambda parameter, arg: arg
typing._type_check = lambda arg, message: print("_type_check", arg, message) or arg
SUBSTITUTIONS = [
    lambda: (T | int, int | T, T | None, P | int, (T | int).__args__, (T | S | T).__args__),
    lambda: (Union, Union[int, str].__origin__, (T | list[S]).__parameters__),
    lambda: (list[T] | int).__parameters__,
    lambda: list[T][int],
    lambda: dict[T, list[S]][int, str],
    lambda: dict[T, dict[S, T]][int, str],
    lambda: dict[T, S][int],
    lambda: dict[T, S][int, str, bytes],
    lambda: dict[T, B][int],
    lambda: list[T][S][bytes],
    lambda: list[T | int][str],
    lambda: (list[T] | int)[str],
    lambda: (T | str)[int],
    lambda: tuple[T, ...][int],
    lambda: tuple[T, S][*tuple[int, str]],
    lambda: dict[str, [int, T]][bytes],
    lambda: [*tuple[T, S]][0][int, str],
    lambda: T | "later",
    lambda: TypeVar("X", bound="later").__bound__,
]
for case in SUBSTITUTIONS:
    try:
        print(case())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
