# What `sysconfig` knows of the build: Argil has no C interface and loads no extension modules, so there is little to say.
build_time_vars = {
    "ABIFLAGS": "",
    "EXT_SUFFIX": None,
    "HAVE_FORK": 0,
    "Py_DEBUG": 0,
    "Py_ENABLE_SHARED": 0,
    "Py_GIL_DISABLED": 0,
    "SIZEOF_VOID_P": 8,
    "SOABI": None,
    "TZPATH": "/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo",
    "VERSION": "3.14",
    "WITH_DOC_STRINGS": 1,
}
