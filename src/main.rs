//! The `tabayyun` command.

#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    tabayyun::cli::run()
}
