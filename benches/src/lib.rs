//! Benchmarks: criterion benches and the workloads they and `argil compare` run.
