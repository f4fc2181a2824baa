// The module readline: lines of a stream. There is no terminal.
const EventEmitter = require("node/events");
const { StringDecoder } = require("node/string_decoder");

class Interface extends EventEmitter {
  closed = false;
  #rest = "";
  #decoder = new StringDecoder("utf8");
  #questions = [];
  #lines = [];
  #prompt = "> ";

  constructor({ input, output }) {
    super();
    this.input = input;
    this.output = output;
    this.line = "";
    input.on("data", (chunk) => this.#take(typeof chunk === "string" ? chunk : this.#decoder.write(chunk)));
    input.on("end", () => {
      if (this.#rest !== "") this.#line(this.#rest);
      this.#rest = "";
      this.close();
    });
    input.on("error", (error) => this.emit("error", error));
  }
  #take(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    for (const line of lines) if (!this.closed) this.#line(line);
  }
  #line(line) {
    const question = this.#questions.shift();
    if (question) question(line);
    else if (this.listenerCount("line") > 0) this.emit("line", line);
    else this.#lines.push(line);
  }
  on(name, listener) {
    super.on(name, listener);
    if (name === "line") for (const line of this.#lines.splice(0)) listener(line);
    return this;
  }
  question(query, options, callback) {
    const answer = typeof options === "function" ? options : callback;
    this.output?.write(query);
    if (answer === undefined) return new Promise((resolve) => this.#ask(resolve));
    this.#ask(answer);
    return undefined;
  }
  #ask(answer) {
    if (this.#lines.length > 0) answer(this.#lines.shift());
    else this.#questions.push(answer);
  }
  setPrompt(prompt) {
    this.#prompt = prompt;
  }
  prompt() {
    this.output?.write(this.#prompt);
  }
  write() {}
  pause() {
    this.input.pause();
    return this;
  }
  resume() {
    this.input.resume();
    return this;
  }
  close() {
    if (this.closed) return;
    this.closed = true;
    this.input.pause();
    this.emit("close");
  }
  async *[Symbol.asyncIterator]() {
    let wake = () => {};
    const lines = [];
    this.on("line", (line) => {
      lines.push(line);
      wake();
    });
    this.on("close", () => wake());
    for (;;) {
      if (lines.length > 0) yield lines.shift();
      else if (this.closed) return;
      else await new Promise((resolve) => (wake = resolve));
    }
  }
}

const createInterface = (options, output) =>
  new Interface(options.input ? options : { input: options, output });
module.exports = { Interface, createInterface, clearLine: () => true, cursorTo: () => true };
module.exports.promises = { Interface, createInterface };
