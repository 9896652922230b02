//! `tabayyun completions` and `tabayyun man`.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, CommandFactory};

use super::{Cli, Outcome};
use crate::error::Error;

#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// Which shell.
    shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub struct ManArgs {
    /// Write one page per command into this folder instead of printing the main page.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

pub fn completions(args: &CompletionsArgs) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "tabayyun", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Outcome::Done)
}

pub fn man(args: &ManArgs) -> anyhow::Result<Outcome> {
    match &args.out {
        Some(folder) => {
            std::fs::create_dir_all(folder).map_err(Error::io(folder))?;
            clap_mangen::generate_to(Cli::command(), folder).map_err(Error::io(folder))?;
        }
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page)?;
            std::io::stdout().write_all(&page)?;
        }
    }
    Ok(Outcome::Done)
}
