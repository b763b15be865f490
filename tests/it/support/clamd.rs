//! A virus scanner in the test process: takes files as clamd does and says what it is told to say.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What it does with files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Finds the test virus, and nothing else.
    Scan,
    /// Hangs up without a word.
    HangUp,
    /// Takes the file and never answers.
    Stall,
    /// Says that it cannot.
    Complain,
}

/// The file that every scanner finds. Built so that it stands in no source.
pub fn eicar() -> Vec<u8> {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$", "EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].concat().into_bytes()
}

#[derive(Clone)]
pub struct Scanner {
    pub address: SocketAddr,
    mood: Arc<Mutex<Mood>>,
    seen: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Scanner {
    pub fn start(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let scanner =
            Self { address: listener.local_addr().unwrap(), mood: Arc::new(Mutex::new(mood)), seen: Arc::default() };
        scanner.listen(listener);
        scanner
    }

    /// Comes up at an address where nobody listened.
    pub fn start_at(address: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let scanner = Self { address, mood: Arc::new(Mutex::new(Mood::Scan)), seen: Arc::default() };
        scanner.listen(listener);
        scanner
    }

    fn listen(&self, listener: TcpListener) {
        let own = self.clone();
        std::thread::spawn(move || {
            for socket in listener.incoming().map_while(Result::ok) {
                let scanner = own.clone();
                std::thread::spawn(move || drop(scanner.talk(socket)));
            }
        });
    }

    pub fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// The files it was shown, in their order.
    pub fn seen(&self) -> Vec<Vec<u8>> {
        self.seen.lock().unwrap().clone()
    }

    fn talk(&self, mut socket: TcpStream) -> std::io::Result<()> {
        let mut command = Vec::new();
        let mut byte = [0];
        while socket.read(&mut byte)? == 1 && byte != [0] {
            command.push(byte[0]);
        }
        if command == b"zPING" {
            return socket.write_all(b"PONG\0");
        }
        assert_eq!(command, b"zINSTREAM");
        let mood = *self.mood.lock().unwrap();
        if mood == Mood::HangUp {
            return Ok(());
        }
        let mut file = Vec::new();
        loop {
            let mut length = [0; 4];
            socket.read_exact(&mut length)?;
            let length = usize::try_from(u32::from_be_bytes(length)).unwrap();
            if length == 0 {
                break;
            }
            let start = file.len();
            file.resize(start + length, 0);
            socket.read_exact(&mut file[start..])?;
        }
        let found = file.windows(eicar().len()).any(|window| window == eicar());
        self.seen.lock().unwrap().push(file);
        match mood {
            Mood::Scan if found => socket.write_all(b"stream: Win.Test.EICAR_HDB-1 FOUND\0"),
            Mood::Scan => socket.write_all(b"stream: OK\0"),
            Mood::Complain => socket.write_all(b"INSTREAM size limit exceeded. ERROR\0"),
            Mood::Stall => {
                std::thread::sleep(std::time::Duration::from_secs(20));
                Ok(())
            }
            Mood::HangUp => Ok(()),
        }
    }
}
