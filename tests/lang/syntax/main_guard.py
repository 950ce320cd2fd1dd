if __name__ == "__main__":
    print("main")


def main():
    print("in main()")
    return 0


if __name__ == "__main__":
    main()
