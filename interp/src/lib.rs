//! Values, heap, lock, threads, the loop, built-in types and functions.
