//! Bytes from a file or from standard input, uncompressed on the way when they are gzip or zstd.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;

use crate::error::OpenError;

const GZIP: [u8; 2] = [0x1F, 0x8B];
const ZSTD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

/// How far the reading of a file is.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    read: Arc<AtomicU64>,
    total: Option<u64>,
}

impl Progress {
    /// The bytes read so far, before decompression.
    pub fn read_bytes(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// The size of the file, when it is one.
    pub fn total_bytes(&self) -> Option<u64> {
        self.total
    }
}

/// An open stream of uncompressed bytes.
pub struct Source {
    bytes: Box<dyn Read + Send>,
    progress: Progress,
}

impl Source {
    /// Opens a file.
    ///
    /// # Errors
    /// When it cannot be opened or its first bytes cannot be read.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let fail = |source| OpenError::File {
            path: path.to_owned(),
            source,
        };
        let file = File::open(path).map_err(fail)?;
        let meta = file.metadata().map_err(fail)?;
        if meta.is_dir() {
            return Err(fail(io::ErrorKind::IsADirectory.into()));
        }
        Self::of(file, meta.is_file().then_some(meta.len())).map_err(fail)
    }

    /// Takes any stream, such as standard input.
    ///
    /// # Errors
    /// When its first bytes cannot be read.
    pub fn from_reader(reader: impl Read + Send + 'static) -> Result<Self, OpenError> {
        Self::of(reader, None).map_err(|source| OpenError::Io { line: 0, source })
    }

    /// How far the reading is; stays true while the source is read.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// The whole content as text.
    ///
    /// # Errors
    /// When reading fails or the bytes are no text.
    pub fn read_text(mut self) -> Result<String, OpenError> {
        let mut bytes = Vec::new();
        self.read_to_end(&mut bytes)
            .map_err(|source| OpenError::Io { line: 0, source })?;
        let text = crate::decode(&bytes).map_err(|error| OpenError::Header {
            reason: error.to_string(),
        })?;
        Ok(text.into_owned())
    }

    fn of(reader: impl Read + Send + 'static, total: Option<u64>) -> io::Result<Self> {
        let progress = Progress {
            read: Arc::default(),
            total,
        };
        let mut counted = Counted {
            inner: reader,
            read: Arc::clone(&progress.read),
        };
        let mut head = Vec::with_capacity(ZSTD.len());
        (&mut counted).take(ZSTD.len() as u64).read_to_end(&mut head)?;
        let (gzip, zstd) = (head.starts_with(&GZIP), head.starts_with(&ZSTD));
        let whole = Cursor::new(head).chain(BufReader::new(counted));
        let bytes: Box<dyn Read + Send> = if gzip {
            Box::new(MultiGzDecoder::new(whole))
        } else if zstd {
            Box::new(zstd::stream::read::Decoder::new(whole)?)
        } else {
            Box::new(whole)
        };
        Ok(Self { bytes, progress })
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.bytes.read(buffer)
    }
}

/// Counts what passes through.
struct Counted<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
