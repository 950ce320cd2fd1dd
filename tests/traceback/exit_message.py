raise SystemExit("goodbye on stderr")
