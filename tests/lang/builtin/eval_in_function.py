def function(parameter):
    local = 2
    print(eval("parameter + local"))
    exec("local = 5; new = 6")
    print(local, "new" in globals())
    scope = {"a": 1}
    exec("b = a + 1\ndel a", scope)
    print(sorted(scope), "print" in scope["__builtins__"])


function(1)
print({}.keys().mapping, {1: 2}.items().mapping)
