//! A file while it is being written. A large one goes onto the disk piece by piece, while more of it is made: else the run would
//! wait for all of it at the end.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::thread::{self, JoinHandle};

/// How many bytes are gathered before the system takes them; what is larger it takes as it is.
const BUFFER: usize = 1 << 16;
/// After how many bytes the disk is asked to have them.
const PIECE: usize = 1 << 26;

/// A file while it is being written.
#[derive(Debug)]
pub struct Writing {
    file: BufWriter<File>,
    /// How many bytes the disk has not been asked to have.
    since: usize,
    /// The disk at work.
    disk: Option<JoinHandle<io::Result<()>>>,
}

impl Writing {
    /// Begins with an empty file.
    #[must_use]
    pub fn new(file: File) -> Writing {
        Writing { file: BufWriter::with_capacity(BUFFER, file), since: 0, disk: None }
    }

    /// Writes out what is buffered and waits until the disk has it.
    ///
    /// # Errors
    /// What the system says, of earlier pieces too.
    pub fn sync(mut self) -> io::Result<()> {
        self.wait()?;
        self.file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }

    /// Asks the disk to have what was written; while it is at work it is not asked again.
    fn ask(&mut self) -> io::Result<()> {
        if self.disk.as_ref().is_some_and(|disk| !disk.is_finished()) {
            return Ok(());
        }
        self.wait()?;
        let file = self.file.get_ref().try_clone()?;
        self.disk = Some(thread::spawn(move || file.sync_data()));
        self.since = 0;
        Ok(())
    }

    fn wait(&mut self) -> io::Result<()> {
        let worked = self.disk.take().map(JoinHandle::join);
        worked.unwrap_or(Ok(Ok(()))).map_err(|_| io::Error::other("the disk's thread ended early"))?
    }
}

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.since = self.since.saturating_add(written);
        if self.since >= PIECE {
            self.ask()?;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_several_pieces_is_written_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let mut writing = Writing::new(File::create_new(&path).unwrap());
        let line = [b'x'; 1 << 20];
        for _ in 0..130 {
            writing.write_all(&line).unwrap();
        }
        assert!(writing.disk.is_some(), "the disk was asked for the first piece");
        writing.write_all(b"end\n").unwrap();
        writing.sync().unwrap();
        let text = std::fs::read(&path).unwrap();
        assert_eq!(text.len(), 130 * (1 << 20) + 4);
        assert!(text.ends_with(b"xend\n"));
    }

    #[test]
    fn what_the_disk_refuses_is_an_error() {
        let mut writing = Writing::new(File::open("Cargo.toml").unwrap());
        assert!(writing.write_all(b"x").is_ok());
        assert!(writing.sync().is_err());
    }
}
