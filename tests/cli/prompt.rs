//! The prompt: on a terminal Lib's, which edits lines, and else a plain one.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

use crate::{argil, folder, run_with};

/// The longest that the prompt may take to show something.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program on a terminal of its own.
struct Terminal {
    child: Child,
    keys: File,
    screen: Receiver<Vec<u8>>,
    shown: String,
    /// How much of it was looked at.
    seen: usize,
}

impl Terminal {
    fn start(command: &mut Command) -> Terminal {
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).expect("there are terminals");
        grantpt(&ours).and_then(|()| unlockpt(&ours)).expect("it is ours");
        let name = ptsname(&ours, Vec::new()).expect("it has a name");
        let size = Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
        let open = || rustix::fs::open(&name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).expect("it can be opened");
        let theirs: OwnedFd = open();
        tcsetwinsize(theirs.as_fd(), size).expect("it is a terminal");
        let copy = || Stdio::from(theirs.try_clone().expect("there are descriptors left"));
        let child = command.stdin(copy()).stdout(copy()).stderr(copy()).spawn().expect("argil starts");
        let keys = File::from(ours);
        let mut from = keys.try_clone().expect("there are descriptors left");
        let (sender, screen) = mpsc::channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            // A terminal that nobody has open any more cannot be read.
            while let Ok(count @ 1..) = from.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        Terminal { child, keys, screen, shown: String::new(), seen: 0 }
    }

    /// Waits until this is shown, then presses these keys.
    #[track_caller]
    fn at(&mut self, text: &str, keys: &str) {
        let place = loop {
            if let Some(place) = self.shown[self.seen..].find(text) {
                break place;
            }
            match self.screen.recv_timeout(PATIENCE) {
                Ok(bytes) => self.shown.push_str(&String::from_utf8_lossy(&bytes)),
                Err(_) => panic!("{text:?} is not shown: {:?}", self.shown),
            }
        };
        self.seen += place + text.len();
        self.keys.write_all(keys.as_bytes()).expect("somebody reads them");
    }

    /// Waits for the program's end: its exit status.
    fn end(mut self) -> Option<i32> {
        self.child.wait().expect("it ends").code()
    }
}

/// `argil` as its user has it whose home is this folder.
fn on_terminal(home: &Path, options: &[&str]) -> Command {
    let mut command = argil(home, options);
    command.env("HOME", home).env("TERM", "xterm");
    command
}

#[test]
fn lines_are_edited() {
    let home = folder("prompt_edits");
    let mut terminal = Terminal::start(on_terminal(&home, &[]).env("NO_COLOR", "1"));
    terminal.at("for more information.", "");
    terminal.at(">>> ", "1 + 22\x7f\r");
    terminal.at(">3\r\n", "");
    terminal.at(">>> ", "_ * 2\r");
    terminal.at(">6\r\n", "");
    terminal.at(">>> ", "def f(x):\r");
    terminal.at("... ", "return x * 7\r");
    terminal.at("... ", "\r");
    terminal.at(">>> ", "f(6)\r");
    terminal.at(">42\r\n", "");
    // The line before once more.
    terminal.at(">>> ", "\x1bOA\r");
    terminal.at(">42\r\n", "");
    terminal.at(">>> ", "import os\r");
    terminal.at(">>> ", "os.getpi\t).bit_count() > 0\r");
    terminal.at(">True\r\n", "");
    terminal.at(">>> ", "1 / 0\r");
    terminal.at("ZeroDivisionError: division by zero", "");
    terminal.at(">>> ", "len(input('na' 'me'))\r");
    terminal.at("name", "abc\x7f\r");
    terminal.at(">2\r\n", "");
    terminal.at(">>> ", "exit(5)\r");
    assert_eq!(terminal.end(), Some(5));
    let history = fs::read_to_string(home.join(".python_history")).expect("it was written at the end");
    assert!(history.contains("f(6)\n") && history.contains("def f(x):"), "{history}");
}

#[test]
fn it_is_coloured_and_begins_with_a_file() {
    let home = folder("prompt_startup");
    fs::write(home.join("start.py"), "print('begun')\nx = 4\n").expect("the folder can be written");
    let mut terminal = Terminal::start(on_terminal(&home, &["-q"]).env("PYTHONSTARTUP", home.join("start.py")));
    terminal.at("begun", "");
    terminal.at("\x1b[1;35m>>> ", "x + 1\r");
    terminal.at(">5\r\n", "");
    terminal.at(">>> ", "1 / 0\r");
    terminal.at("\x1b[1;35mZeroDivisionError\x1b[0m: \x1b[35mdivision by zero\x1b[0m", "");
    terminal.at(">>> ", "\x04");
    assert_eq!(terminal.end(), Some(0));
}

#[test]
fn it_follows_a_script() {
    let home = folder("prompt_follows");
    fs::write(home.join("script.py"), "y = 6\n1 / 0\n").expect("the folder can be written");
    let mut terminal = Terminal::start(on_terminal(&home, &["-i", "script.py"]).env("NO_COLOR", "1"));
    terminal.at("ZeroDivisionError: division by zero", "");
    terminal.at(">>> ", "y * 7\r");
    terminal.at(">42\r\n", "");
    terminal.at(">>> ", "quit()\r");
    assert_eq!(terminal.end(), Some(0));
}

#[test]
fn a_terminal_that_can_do_nothing_has_a_plain_one() {
    let home = folder("prompt_dumb");
    let mut terminal = Terminal::start(on_terminal(&home, &["-q"]).env("PYTHON_BASIC_REPL", "1").env("TERM", "dumb"));
    terminal.at(">>> ", "if True:\n");
    terminal.at("... ", "  6 * 7\n");
    terminal.at("... ", "\n");
    terminal.at("42\r\n>>> ", "\x04");
    assert_eq!(terminal.end(), Some(0));
}

/// What CPython's plain prompt prints for the same input.
#[test]
fn a_plain_one_reads_whatever_there_is() {
    let folder = folder("prompt_plain");
    let input = "1+1\n_\n# nothing\n\nx = 3\ndef f():\n    return x\n\nf()\n1/0\nif x:\n  print('a')\n  for i in range(2):\n    \
                 print(i)\n\nf(\n)\ny = = 2\n\"\"\"a\nb\"\"\"\nclass A:\n  x = 1\nA.x\nimport sys\nsys.ps1 = '? '\n\
                 raise SystemExit(3)\n";
    let done = run_with(&mut argil(&folder, &["-iq"]), input);
    assert_eq!((done.status, done.stdout.as_str()), (3, "2\n2\n3\na\n0\n1\n3\n'a\\nb'\n"));
    let expected = "\
>>> >>> >>> >>> >>> >>> ... ... >>> >>> Traceback (most recent call last):
  File \"<stdin>\", line 1, in <module>
    1/0
    ~^~
ZeroDivisionError: division by zero
>>> ... ... ... ... >>> ... >>>   File \"<stdin>\", line 1
    y = = 2
        ^
SyntaxError: invalid syntax
>>> ... >>> ... ...   File \"<stdin>\", line 3
    A.x
    ^
SyntaxError: invalid syntax
>>> >>> ? ";
    assert_eq!(done.stderr, expected);
    let done = run_with(&mut argil(&folder, &["-i", "-c", "x = 6; raise SystemExit(4)"]), "x\ny = (\n");
    let expected = "\
Traceback (most recent call last):
  File \"<string>\", line 1, in <module>
    x = 6; raise SystemExit(4)
           ^^^^^^^^^^^^^^^^^^^
SystemExit: 4
>>> >>> ... \n  File \"<stdin>\", line 1
    y = (
        ^
SyntaxError: '(' was never closed
>>> \n";
    assert_eq!((done.status, done.stdout.as_str(), done.stderr.as_str()), (0, "6\n", expected));
}
