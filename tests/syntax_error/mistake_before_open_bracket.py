name  input(
