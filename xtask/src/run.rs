//! Running other programs, so that a failure names the command a person could repeat.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write, stdout};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};

use crate::place;

/// A program to be started at the root of the checkout.
pub(crate) fn program(name: impl Into<OsString>) -> Command {
    let mut command = Command::new(name.into());
    command.current_dir(place::root());
    // What `cargo run` tells us of our own package is not for others: build scripts would run again over it.
    for (name, _) in std::env::vars_os() {
        let of_our_package =
            ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| name.to_string_lossy().starts_with(start));
        if of_our_package {
            command.env_remove(name);
        }
    }
    command
}

/// Cargo, the same one that started us, with the words of a command line such as `"test --workspace"`.
pub(crate) fn cargo(words: &str) -> Command {
    let mut command = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(words.split_whitespace());
    command
}

/// Runs to the end; anything but success is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", words(command)))?;
    succeeded(command, status)
}

/// Runs to the end and gives what was printed.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot start {}", words(command)))?;
    succeeded(command, output.status)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What a program printed while a person watched, and whether it succeeded.
pub(crate) struct Watched {
    pub(crate) text: String,
    pub(crate) result: Result<()>,
}

/// Runs to the end, showing each line at once and keeping it.
pub(crate) fn watch(command: &mut Command) -> Result<Watched> {
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start {}", words(command)))?;
    let mut text = String::new();
    if let Some(pipe) = child.stdout.take() {
        let mut reader = BufReader::new(pipe);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            let _ = stdout().write_all(&line);
            text.push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
    }
    let status = child.wait()?;
    Ok(Watched { text, result: succeeded(command, status) })
}

/// Where PATH finds a program.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

fn succeeded(command: &Command, status: ExitStatus) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    bail!("{} ended with {status}", words(command))
}

/// The command as a person would type it.
fn words(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let arguments = command.get_args().map(|word| word.to_string_lossy().into_owned());
    let all: Vec<_> = std::iter::once(program.to_string_lossy().into_owned()).chain(arguments).collect();
    format!("`{}`", all.join(" "))
}
