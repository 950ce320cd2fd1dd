x = "text"
x += 5
