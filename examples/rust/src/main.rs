//! Limpet from Rust, with nothing but its standard library.
//!
//!     cargo run

mod json;

use json::{parse, quote, Value};
use std::error::Error;
use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// What a request fails with.
#[derive(Debug)]
struct Failure {
    code: String,
    message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "{}: {}", self.code, self.message)
    }
}

impl Error for Failure {}

/// A daemon that is asked one request at a time.
struct Daemon {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    next_id: u32,
}

impl Daemon {
    /// Starts a daemon as a child process.
    fn start() -> Result<Daemon, Box<dyn Error>> {
        let mut child = Command::new("limpet").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let input = child.stdin.take().ok_or("no pipe to the daemon")?;
        let output = BufReader::new(child.stdout.take().ok_or("no pipe from the daemon")?);
        Ok(Daemon { child, input, output, next_id: 1 })
    }

    /// Sends a request of string fields and returns its answer.
    fn ask(&mut self, kind: &str, fields: &[(&str, &str)]) -> Result<Value, Box<dyn Error>> {
        let fields: String = fields.iter().map(|(name, value)| format!(",{}:{}", quote(name), quote(value))).collect();
        self.send(kind, &fields)?;
        self.answer(|_| {})
    }

    /// Waits for a process to end; `on_output` is called with what it writes meanwhile.
    fn wait(&mut self, process: &str, on_output: impl FnMut(&str)) -> Result<Value, Box<dyn Error>> {
        self.send("wait", &format!(",\"stream\":true,\"process\":{}", quote(process)))?;
        self.answer(on_output)
    }

    fn send(&mut self, kind: &str, fields: &str) -> Result<(), Box<dyn Error>> {
        writeln!(self.input, "{{\"id\":{},\"type\":{}{}}}", self.next_id, quote(kind), fields)?;
        self.next_id += 1;
        Ok(())
    }

    fn answer(&mut self, mut on_output: impl FnMut(&str)) -> Result<Value, Box<dyn Error>> {
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line)? == 0 {
                return Err("the daemon is gone".into());
            }
            let message = parse(&line)?;
            match message.get("success") {
                Value::Bool(true) => return Ok(message),
                Value::Bool(false) => {
                    let (code, message) = (message.get("code").text(), message.get("error").text());
                    return Err(Failure { code: code.into(), message: message.into() }.into());
                }
                // Not an answer, but an event.
                _ => on_output(message.get("data").text()),
            }
        }
    }

    /// Ends the daemon's input, and so the daemon.
    fn close(mut self) -> Result<(), Box<dyn Error>> {
        drop(self.input);
        self.child.wait()?;
        Ok(())
    }
}

/// A number as it is printed; "null" if there is none.
fn number(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        _ => "null".to_string(),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut daemon = Daemon::start()?;

    let sorted = daemon.ask("shell", &[("command", "printf '%s\\n' pear apple fig | sort | paste -sd ' '")])?;
    println!("{}exit code {}", sorted.get("stdout").text(), number(sorted.get("exit_code")));

    let note = [("path", "/tmp/notes.txt"), ("content", "remember the milk\n")];
    println!("wrote {} bytes", number(daemon.ask("write_file", &note)?.get("bytes")));

    let read = daemon.ask("shell", &[("command", "cat /tmp/notes.txt; exit 3")])?;
    println!("{}exit code {}", read.get("stdout").text(), number(read.get("exit_code")));

    // A process goes on beside the shell; its output comes as events of a request that waits for it.
    let started = daemon.ask("start", &[("command", "for i in 1 2 3; do echo tick $i; sleep 0.1; done")])?;
    let ended = daemon.wait(started.get("process").text(), |output| print!("{output}"))?;
    println!("process ended: {} {}", ended.get("outcome").text(), number(ended.get("exit_code")));

    match daemon.ask("read_file", &[("path", "/tmp/missing")]) {
        Ok(_) => return Err("there is a file that was not expected".into()),
        Err(error) => match error.downcast_ref::<Failure>() {
            Some(failure) => println!("{failure}"),
            None => return Err(error),
        },
    }

    daemon.close()
}
