What scripts ask about terminals where there is none: tput, clear, tset, infocmp; watch and top without one.

### what a terminal can do
export TERM=xterm; tput bold | od -An -c; tput sgr0 | od -An -c; tput setaf 1 | od -An -c; tput cup 3 4 | od -An -c; tput colors; TERM=xterm-256color tput colors; tput -T vt100 cols; tput -T dumb colors; echo $?; tput -T dumb bold; echo $?; tput cols; tput lines; COLUMNS=44 LINES=10 tput cols; tput longname; echo; tput am; echo $?; tput -S <<< 'bold
setaf 2' | od -An -c; tput init | od -An -c | head -2; tput reset | od -An -c | head -2; clear | od -An -c; clear -x | od -An -c; TERM=screen tput smcup | od -An -c; TERM=linux tput civis | od -An -c; TERM=tmux-256color tput setaf 200 | od -An -c

### without one
unset TERM; tput bold; echo $?; tput cols; echo $?; clear; echo $?; tput -T nosuch bold; echo $?; TERM=xterm tput nosuchcap; echo $?; TERM=dumb clear; echo $?; infocmp; echo $?; TERM=nosuch clear; echo $?; tput; echo $?; TERM=dumb tput sgr0 | od -c; tput -V | cut -d. -f1,2

### colours as scripts make them
export TERM=xterm-256color; red=$(tput setaf 1) bold=$(tput bold) reset=$(tput sgr0); printf '%serror:%s %sbad%s\n' "$red" "$reset" "$bold" "$reset" | cat -v; if [ -t 1 ]; then echo terminal; else echo plain; fi; if [ "$(tput colors 2>/dev/null || echo 0)" -ge 8 ]; then echo colours; fi; infocmp -1 dumb | sed 1d; infocmp -x vt100 | grep -c cup; infocmp -d xterm xterm-256color | tail -n +2 | head -3; tabs -T xterm -8 | cat -v | head -c 20
