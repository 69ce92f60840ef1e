//! The key that seals secrets in the database: a file beside an SQLite database, or one that is named.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use app::{Randomness, SealingKey};

use crate::runtime::file_of;

/// A key of 256 bits.
pub(crate) type Key = [u8; SealingKey::BYTES];

/// The file that holds the key: the one that is named, or `tingsu.key` beside `tingsu.db`; none for a database server.
pub(crate) fn path_of(named: Option<&Path>, database: &str) -> Option<PathBuf> {
    let beside = || file_of(database).map(|file| Path::new(file).with_extension("key"));
    named.map(Path::to_owned).or_else(beside)
}

/// The key of a server. A file beside its database is made when it is missing; one that was named must be there.
pub(crate) fn load_or_make(named: Option<&Path>, database: &str) -> anyhow::Result<Option<Key>> {
    let Some(path) = path_of(named, database) else {
        return Ok(None);
    };
    // Where a database cannot be made either, that is the trouble to tell of.
    if named.is_none() && make(&path).is_err() {
        return Ok(None);
    }
    read(&path).map(Some)
}

/// The key in a file.
pub(crate) fn read(path: &Path) -> anyhow::Result<Key> {
    let shown = path.display();
    let text =
        std::fs::read_to_string(path).with_context(|| format!("the key file {shown} cannot be read"))?;
    refuse_open_to_others(path)?;
    from_hexadecimal(text.trim()).with_context(|| format!("{shown} holds no key of 64 hexadecimal digits"))
}

/// Makes a key file that only its owner may read; one that is there stays.
pub(crate) fn make(path: &Path) -> anyhow::Result<bool> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    match options.open(path) {
        Ok(mut file) => {
            let mut key: Key = [0; SealingKey::BYTES];
            server::SystemRandomness.fill(&mut key);
            let digits: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
            writeln!(file, "{digits}")?;
            file.sync_all()?;
            Ok(true)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error).with_context(|| format!("the key file {} cannot be made", path.display())),
    }
}

#[cfg(unix)]
fn refuse_open_to_others(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path)?.permissions().mode();
    if mode & 0o077 != 0 {
        bail!(
            "the key file {shown} may be read by others; chmod 600 {shown}",
            shown = path.display()
        );
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_open_to_others(_: &Path) -> anyhow::Result<()> {
    Ok(())
}

fn from_hexadecimal(text: &str) -> anyhow::Result<Key> {
    let mut key: Key = [0; SealingKey::BYTES];
    if text.len() != 2 * key.len() || !text.is_ascii() {
        bail!("it has {} characters", text.len());
    }
    for (place, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * place..2 * place + 2], 16)?;
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_only_its_owner_may_read_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = format!("sqlite://{}", folder.path().join("new/t.db").display());
        let first = load_or_make(None, &database).expect("a key");
        assert!(first.is_some_and(|key| key != [0; SealingKey::BYTES]));
        assert_eq!(load_or_make(None, &database).expect("the same"), first);
        assert_eq!(load_or_make(None, "postgres://host/db").expect("none"), None);
        let named = folder.path().join("other.key");
        let missing = load_or_make(Some(&named), &database).expect_err("it is not made");
        assert!(format!("{missing:#}").contains("other.key cannot be read"));
        std::fs::write(&named, "abc").expect("written");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&named, std::fs::Permissions::from_mode(0o644)).expect("set");
            let open = read(&named).expect_err("too open");
            assert!(format!("{open:#}").contains("chmod 600"));
            std::fs::set_permissions(&named, std::fs::Permissions::from_mode(0o600)).expect("set");
        }
        assert!(format!("{:#}", read(&named).expect_err("short")).contains("64 hexadecimal"));
    }
}
