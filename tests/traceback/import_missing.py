def load():
    import not_installed_module


load()
