"""What is said of CPython's instructions."""
import _opcode

KINDS = [_opcode.has_arg, _opcode.has_const, _opcode.has_name, _opcode.has_jump, _opcode.has_free, _opcode.has_local, _opcode.has_exc]
for opcode in range(-2, 270):
    if not _opcode.is_valid(opcode):
        continue
    effects = []
    for argument in (None, 0, 1, 2, 7, 256, 770):
        for jump in (None, True, False):
            try:
                effects.append(_opcode.stack_effect(opcode, argument, jump=jump))
            except ValueError as error:
                effects = error
                break
        else:
            continue
        break
    print(opcode, [kind(opcode) for kind in KINDS], effects)
print(_opcode.get_nb_ops(), _opcode.get_intrinsic1_descs(), _opcode.get_intrinsic2_descs())
print(_opcode.get_special_method_names(), _opcode.get_specialization_stats())
for call in (
    lambda: _opcode.stack_effect(1000),
    lambda: _opcode.stack_effect(82, 0, jump=3),
    lambda: _opcode.stack_effect("a"),
    lambda: _opcode.get_executor(3, 4),
    lambda: _opcode.get_executor((lambda: 0).__code__, 4),
):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
