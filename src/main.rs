//! The program: arguments in, one exit code out.

fn main() {}
