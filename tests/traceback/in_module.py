import _broken

_broken.run(3)
