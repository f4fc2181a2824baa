//! As much JSON as the protocol needs: a reader of whole texts, and a writer of strings.

use std::collections::HashMap;

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Number(f64),
    String(String),
    Array(Vec<Value>),
    Object(HashMap<String, Value>),
}

impl Value {
    /// A field of an object; null if there is none.
    pub fn get(&self, name: &str) -> &Value {
        match self {
            Value::Object(fields) => fields.get(name).unwrap_or(&Value::Null),
            _ => &Value::Null,
        }
    }

    /// The text of a string; empty for anything else.
    pub fn text(&self) -> &str {
        match self {
            Value::String(text) => text,
            _ => "",
        }
    }
}

/// A string as JSON writes it.
pub fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            control if control < ' ' => quoted.push_str(&format!("\\u{:04x}", control as u32)),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// Reads a text, or says in which byte it is not JSON.
pub fn parse(text: &str) -> Result<Value, String> {
    let mut parser = Parser { text, position: 0 };
    let value = parser.value()?;
    parser.skip_blanks();
    match parser.peek() {
        None => Ok(value),
        Some(_) => Err(parser.problem()),
    }
}

struct Parser<'a> {
    text: &'a str,
    position: usize,
}

impl Parser<'_> {
    fn value(&mut self) -> Result<Value, String> {
        self.skip_blanks();
        match self.peek() {
            Some('{') => self.object(),
            Some('[') => self.array(),
            Some('"') => self.string().map(Value::String),
            Some('t') => self.word("true", Value::Bool(true)),
            Some('f') => self.word("false", Value::Bool(false)),
            Some('n') => self.word("null", Value::Null),
            _ => self.number(),
        }
    }

    fn object(&mut self) -> Result<Value, String> {
        self.expect('{')?;
        let mut fields = HashMap::new();
        if self.take('}') {
            return Ok(Value::Object(fields));
        }
        loop {
            self.skip_blanks();
            let name = self.string()?;
            self.expect(':')?;
            fields.insert(name, self.value()?);
            if !self.take(',') {
                self.expect('}')?;
                return Ok(Value::Object(fields));
            }
        }
    }

    fn array(&mut self) -> Result<Value, String> {
        self.expect('[')?;
        let mut items = Vec::new();
        if self.take(']') {
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value()?);
            if !self.take(',') {
                self.expect(']')?;
                return Ok(Value::Array(items));
            }
        }
    }

    fn string(&mut self) -> Result<String, String> {
        self.expect('"')?;
        let mut text = String::new();
        loop {
            match self.next()? {
                '"' => return Ok(text),
                '\\' => text.push(self.escape()?),
                character => text.push(character),
            }
        }
    }

    fn escape(&mut self) -> Result<char, String> {
        Ok(match self.next()? {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => {
                let first = self.unit()?;
                if !(0xd800..0xdc00).contains(&first) {
                    return char::from_u32(first).ok_or_else(|| self.problem());
                }
                // A character beyond 0xffff is written as two.
                if (self.next()?, self.next()?) != ('\\', 'u') {
                    return Err(self.problem());
                }
                let second = self.unit()?;
                let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400);
                low.and_then(|low| char::from_u32(0x10000 + ((first - 0xd800) << 10) + low))
                    .ok_or_else(|| self.problem())?
            }
            character @ ('"' | '\\' | '/') => character,
            _ => return Err(self.problem()),
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u32, String> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.next()?.to_digit(16).ok_or_else(|| self.problem())?;
            unit = unit * 16 + digit;
        }
        Ok(unit)
    }

    fn number(&mut self) -> Result<Value, String> {
        let rest = &self.text[self.position..];
        let length = rest
            .find(|character: char| !matches!(character, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'))
            .unwrap_or(rest.len());
        let number = rest[..length].parse().map_err(|_| self.problem())?;
        self.position += length;
        Ok(Value::Number(number))
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, String> {
        if !self.text[self.position..].starts_with(word) {
            return Err(self.problem());
        }
        self.position += word.len();
        Ok(value)
    }

    fn peek(&self) -> Option<char> {
        self.text[self.position..].chars().next()
    }

    fn next(&mut self) -> Result<char, String> {
        let character = self.peek().ok_or_else(|| self.problem())?;
        self.position += character.len_utf8();
        Ok(character)
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.position += 1;
        }
    }

    /// Goes over a character if it comes next, and the blanks before it.
    fn take(&mut self, wanted: char) -> bool {
        self.skip_blanks();
        let found = self.peek() == Some(wanted);
        if found {
            self.position += wanted.len_utf8();
        }
        found
    }

    fn expect(&mut self, wanted: char) -> Result<(), String> {
        match self.take(wanted) {
            true => Ok(()),
            false => Err(self.problem()),
        }
    }

    fn problem(&self) -> String {
        format!("not JSON at byte {}", self.position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_daemon_writes() {
        let text = r#"{"id":1,"ok":true,"none":null,"list":[1,-2.5e3,"x"],"text":"a\n\"\\\u0007\ud83d\ude00é"}"#;
        let value = parse(text).unwrap();
        assert_eq!(value.get("id"), &Value::Number(1.0));
        assert_eq!(value.get("ok"), &Value::Bool(true));
        assert_eq!(value.get("none"), &Value::Null);
        assert_eq!(value.get("text").text(), "a\n\"\\\u{7}😀é");
        let Value::Array(items) = value.get("list") else { panic!() };
        assert_eq!(items[1], Value::Number(-2500.0));
    }

    #[test]
    fn reads_what_it_writes() {
        let text = "tab\t \"quoted\" back\\slash\r\n\u{0} 😀";
        assert_eq!(parse(&quote(text)).unwrap(), Value::String(text.to_string()));
    }

    #[test]
    fn refuses_what_is_no_json() {
        for text in ["", "{", "[1,]", "{\"a\" 1}", "\"\\x\"", "\"\\ud83d\"", "\"\\ud83d \\ude00\"", "nul", "1 2", "--1", "\"open"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
