//! Debian's packages, where they may be installed.

use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::{run, say};

/// Installs packages by name, or says what a person has to do.
pub(crate) fn install(packages: &[&str], ask: &'static str) -> Result<()> {
    if run::find("apt-get").is_none() {
        bail!("there is no apt-get here to install {} with; {ask}", packages.join(" and "));
    }
    let user = run::output(run::program("id").arg("-u"))?;
    if user.trim() != "0" {
        bail!("only root can install {}; {ask}", packages.join(" and "));
    }
    say::doing(&format!("installing Debian's {} with apt-get", packages.join(" and ")));
    let apt = |words: &[&str]| {
        let mut command = run::program("apt-get");
        command.args(words).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null());
        run::run(&mut command).context(ask)
    };
    apt(&["update", "-qq"])?;
    apt(&[&["install", "-qq", "--yes", "--no-install-recommends"], packages].concat())
}
