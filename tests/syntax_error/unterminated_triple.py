x = """starts
but never ends
