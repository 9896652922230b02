//! The `tabayyun` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    tabayyun::cli::run()
}
