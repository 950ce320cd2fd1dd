print("\d is kept", len("\d"))
