# What `sysconfig` knows of the build: Argil has no Makefile, and so there is nothing.
build_time_vars = {}
