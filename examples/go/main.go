// Limpet from Go, with nothing but its standard library.
//
//	go run .
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
)

// Fields of a request.
type fields map[string]any

// A Message is an answer or an event: those of its fields that this program looks at.
type Message struct {
	ID       int    `json:"id"`
	Type     string `json:"type"`
	Success  *bool  `json:"success"` // nil: an event
	Code     string `json:"code"`
	Error    string `json:"error"`
	Bytes    int    `json:"bytes"`
	Stdout   string `json:"stdout"`
	Stderr   string `json:"stderr"`
	Data     string `json:"data"`
	Content  string `json:"content"`
	Process  string `json:"process"`
	Outcome  string `json:"outcome"`
	ExitCode *int   `json:"exit_code"` // nil: it did not exit
}

// A Failure is what a request fails with.
type Failure struct{ Code, Message string }

func (failure *Failure) Error() string { return failure.Code + ": " + failure.Message }

// A Daemon is asked one request at a time.
type Daemon struct {
	command *exec.Cmd
	input   io.WriteCloser
	output  *bufio.Reader
	nextID  int
}

// Start starts a daemon as a child process.
func Start() (*Daemon, error) {
	command := exec.Command("limpet")
	command.Stderr = os.Stderr
	input, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	return &Daemon{command, input, bufio.NewReader(output), 1}, nil
}

// Ask sends a request and returns its answer. onEvent is called with what comes before it; nil if nothing does.
func (daemon *Daemon) Ask(kind string, request fields, onEvent func(Message)) (Message, error) {
	line := fields{"id": daemon.nextID, "type": kind}
	daemon.nextID++
	for name, value := range request {
		line[name] = value
	}
	if err := json.NewEncoder(daemon.input).Encode(line); err != nil {
		return Message{}, err
	}
	for {
		text, err := daemon.output.ReadBytes('\n')
		if err != nil {
			return Message{}, fmt.Errorf("the daemon is gone: %w", err)
		}
		var message Message
		if err := json.Unmarshal(text, &message); err != nil {
			return Message{}, err
		}
		switch {
		case message.Success == nil:
			onEvent(message)
		case *message.Success:
			return message, nil
		default:
			return Message{}, &Failure{message.Code, message.Error}
		}
	}
}

// Close ends the daemon's input, and so the daemon.
func (daemon *Daemon) Close() error {
	if err := daemon.input.Close(); err != nil {
		return err
	}
	return daemon.command.Wait()
}

func run() error {
	daemon, err := Start()
	if err != nil {
		return err
	}

	sorted, err := daemon.Ask("shell", fields{"command": "printf '%s\\n' pear apple fig | sort | paste -sd ' '"}, nil)
	if err != nil {
		return err
	}
	fmt.Printf("%sexit code %d\n", sorted.Stdout, *sorted.ExitCode)

	written, err := daemon.Ask("write_file", fields{"path": "/tmp/notes.txt", "content": "remember the milk\n"}, nil)
	if err != nil {
		return err
	}
	fmt.Printf("wrote %d bytes\n", written.Bytes)

	read, err := daemon.Ask("shell", fields{"command": "cat /tmp/notes.txt; exit 3"}, nil)
	if err != nil {
		return err
	}
	fmt.Printf("%sexit code %d\n", read.Stdout, *read.ExitCode)

	// A process goes on beside the shell; its output comes as events of a request that waits for it.
	started, err := daemon.Ask("start", fields{"command": "for i in 1 2 3; do echo tick $i; sleep 0.1; done"}, nil)
	if err != nil {
		return err
	}
	wait := fields{"process": started.Process, "stream": true}
	ended, err := daemon.Ask("wait", wait, func(event Message) { fmt.Print(event.Data) })
	if err != nil {
		return err
	}
	fmt.Printf("process ended: %s %d\n", ended.Outcome, *ended.ExitCode)

	var failure *Failure
	if _, err := daemon.Ask("read_file", fields{"path": "/tmp/missing"}, nil); errors.As(err, &failure) {
		fmt.Println(failure)
	} else if err != nil {
		return err
	}
	return daemon.Close()
}

func main() {
	if err := run(); err != nil {
		log.Fatal(err)
	}
}
