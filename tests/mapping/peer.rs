//! Segment's own mapping-kit, in a Node.js that stays open.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;

use tablecast::value::Json;
use tablecast_tests::files;

use crate::generator::Case;

/// The process, which answers a line with a line.
pub(crate) struct Peer {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// What mapping-kit makes of a case.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) said: Outcome,
    /// What it makes of it where paths see nothing that objects inherit.
    pub(crate) own: Outcome,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    /// The result as JSON text; nothing for `undefined`.
    Resolved(Option<String>),
    /// A message.
    Thrown(String),
}

impl Peer {
    pub(crate) fn start() -> io::Result<Self> {
        let root = files::repository();
        let mut command = Command::new("node");
        // Dates in Liquid are shown in the zone of the process.
        command.current_dir(&root).env("TZ", "UTC").arg("tests/mapping/peer.mjs");
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let (input, output) = input.zip(output).ok_or_else(|| io::Error::other("Node.js has no pipes"))?;
        Ok(Self { child, input, output: BufReader::new(output) })
    }

    /// What mapping-kit makes of each case.
    pub(crate) fn ask(&mut self, cases: &[Case]) -> io::Result<Vec<Answer>> {
        let (input, output) = (&mut self.input, &mut self.output);
        // Both pipes fill up when nobody reads while somebody writes.
        thread::scope(|scope| {
            let writer = scope.spawn(move || {
                let lines: String = cases.iter().map(|case| case.line() + "\n").collect();
                input.write_all(lines.as_bytes()).and_then(|()| input.flush())
            });
            let mut answers = Vec::with_capacity(cases.len());
            let mut line = String::new();
            for _ in cases {
                line.clear();
                if output.read_line(&mut line)? == 0 {
                    return Err(io::Error::other("Node.js has ended; is `npm ci` done at the root?"));
                }
                answers.push(answer(&line).ok_or_else(|| io::Error::other(format!("no answer: {line}")))?);
            }
            writer.join().map_err(|_| io::Error::other("the writer fell over"))??;
            Ok(answers)
        })
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn answer(line: &str) -> Option<Answer> {
    let json = Json::parse(line).ok()?;
    let object = json.as_object()?;
    let outcome = |json: &Json| {
        let object = json.as_object()?;
        match (object.get("resolved"), object.get("thrown")) {
            (Some(Json::Text(text)), None) => Some(Outcome::Resolved(Some(Json::parse(text).ok()?.to_string()))),
            (Some(_), None) => Some(Outcome::Resolved(None)),
            (None, Some(Json::Text(message))) => Some(Outcome::Thrown(message.clone())),
            _ => None,
        }
    };
    Some(Answer { said: outcome(&json)?, own: outcome(object.get("own")?)? })
}
