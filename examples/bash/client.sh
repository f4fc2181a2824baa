#!/usr/bin/env bash
# Limpet from bash, with nothing but bash: one command with `limpet run`, then a daemon as a coprocess.
set -euo pipefail

# --- one command ---

limpet run -- "printf '%s\n' pear apple fig | sort | paste -sd ' '" < /dev/null
echo "exit code $?"

# --- a conversation ---

# A string as JSON writes it.
json_string() {
  local text=$1 code char escaped
  text=${text//\\/\\\\}
  text=${text//\"/\\\"}
  for ((code = 1; code < 32; code++)); do
    printf -v escaped '\\u%04x' "$code"
    printf -v char '%b' "\\x${escaped: -2}"
    text=${text//"$char"/"$escaped"}
  done
  printf '"%s"' "$text"
}

# The value of a field of the line in `message`: a string without its quotes, anything else as it stands. The daemon writes JSON
# without blanks, and escapes no more than it must, which is what `printf %b` understands. bash has no NUL bytes.
field() {
  local string="\"$1\":\"(([^\"\\\\]|\\\\.)*)\"" other="\"$1\":([^\",}]+)"
  if [[ $message =~ $string ]]; then
    printf '%b' "${BASH_REMATCH[1]//\\\"/\"}"
  elif [[ $message =~ $other ]]; then
    printf '%s' "${BASH_REMATCH[1]}"
  fi
}

# Reads the next message.
receive() {
  IFS= read -r message <&"${LIMPET[0]}"
}

# Sends a request, given the fields after its id, and reads its answer.
next_id=1
ask() {
  send "$1"
  receive
}
send() {
  printf '{"id":%d,%s}\n' "$((next_id++))" "$1" >&"${LIMPET[1]}"
}

coproc LIMPET { exec limpet; }

note=$'remember the milk\n'
ask '"type":"write_file","path":"/tmp/notes.txt","content":'"$(json_string "$note")"
echo "wrote $(field bytes) bytes"

ask '"type":"shell","command":'"$(json_string 'cat /tmp/notes.txt; exit 3')"
printf '%s\n' "$(field stdout)"
echo "exit code $(field exit_code)"

# A process goes on beside the shell; its output comes as events of a request that waits for it.
ask '"type":"start","command":'"$(json_string 'for i in 1 2 3; do echo tick $i; sleep 0.1; done')"
process=$(field process)
send '"type":"wait","stream":true,"process":'"$(json_string "$process")"
while receive && [[ $(field type) == output ]]; do
  printf '%s\n' "$(field data)"
done
echo "process ended: $(field outcome) $(field exit_code)"

ask '"type":"read_file","path":"/tmp/missing"'
if [[ $(field success) == false ]]; then
  echo "$(field code): $(field error)"
fi

# The end of its input is the end of the daemon.
eval "exec ${LIMPET[1]}>&-"
wait "$LIMPET_PID"
