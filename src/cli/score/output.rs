//! Where results go: standard output, or a file that gets its name when it is whole.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::read;

/// The place of a command's results.
pub enum Output {
    Stdout(anstream::AutoStream<std::io::StdoutLock<'static>>),
    File { written: BufWriter<File>, partial: PathBuf, rename: Option<(PathBuf, PathBuf)> },
}

impl Output {
    pub fn open(path: Option<&Path>) -> crate::Result<Output> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            return Ok(Output::Stdout(anstream::AutoStream::auto(std::io::stdout().lock())));
        };
        let (partial, rename) = read::destination(path);
        let file = File::create(&partial).map_err(Error::io(&partial))?;
        Ok(Output::File { written: BufWriter::new(file), partial, rename })
    }

    pub fn write(&mut self, text: &str) -> crate::Result<()> {
        match self {
            Output::Stdout(out) => out.write_all(text.as_bytes()).map_err(Error::io("<stdout>")),
            Output::File { written, partial, .. } => {
                write!(written, "{}", anstream::adapter::strip_str(text)).map_err(Error::io(&*partial))
            }
        }
    }

    /// Hands on what has been written so far; whoever reads along sees it now.
    pub fn flush(&mut self) -> crate::Result<()> {
        match self {
            Output::Stdout(out) => out.flush().map_err(Error::io("<stdout>")),
            Output::File { written, partial, .. } => written.flush().map_err(Error::io(&*partial)),
        }
    }

    pub fn finish(self) -> crate::Result<()> {
        match self {
            Output::Stdout(mut out) => out.flush().map_err(Error::io("<stdout>")),
            Output::File { written, partial, rename } => {
                written.into_inner().map_err(|e| Error::io(&partial)(e.into_error()))?;
                read::give_name(rename)
            }
        }
    }
}
