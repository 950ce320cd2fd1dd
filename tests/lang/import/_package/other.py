print("package other", __name__)


def function():
    return f"function of {__name__}"
