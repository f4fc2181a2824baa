The read builtin and mapfile.

### fields into variables
read -r a b c <<< "one two three four"; echo "$a|$b|$c"; read -r x y z <<< "1 2"; echo "[$x][$y][$z]"; read -r <<< "  whole  line  "; echo "[$REPLY]"; read -r t <<< "  trimmed  "; echo "[$t]"

### backslashes with and without -r
read a <<< 'x\ty\\z'; echo "$a"; read -r a <<< 'x\ty\\z'; echo "$a"; read a b <<< 'one\ two three'; echo "$a|$b"; printf 'joined \\\nline\n' | { read l; echo "$l"; }

### separators
IFS=: read -r u p i g <<< "root:x:0:0:extra:more"; echo "$u $i [$g]"; IFS=, read -r a b c <<< "a,,c"; echo "[$a][$b][$c]"; IFS= read -r l <<< "  kept  "; echo "[$l]"; IFS=$'\t' read -r a b <<< $'x y\tz'; echo "[$a][$b]"

### into an array
read -ra a <<< "p q r"; echo "${#a[@]} ${a[2]}"; IFS=/ read -ra p <<< "/usr/local/bin"; printf '<%s>' "${p[@]}"; echo

### delimiters
printf 'a;b;c' | while read -r -d ';' x; do echo "$x"; done; printf 'x\0y z\0' | while IFS= read -r -d '' x; do echo "[$x]"; done; read -r -d '' all <<< $'l1\nl2'; echo "$? $all"

### a number of characters
read -r -n 3 x <<< "abcdef"; echo $x; read -r -N 4 y <<< "ab cd"; echo "[$y]"; read -r -n 5 z <<< "ab"; echo "[$z]"; printf 'a\nbc' | { read -r -N 3 w; echo "${w@Q}"; }; read -r -n 2 u <<< "éàü"; echo $u; read -n 0 v <<< x; echo "$? [$v]"

### status at end of input
read -r x < /dev/null; echo $?; printf 'partial' | { read -r x; echo "$? $x"; }; printf '\n' | { read -r x; echo "$? [$x]"; }

### timeouts
sleep 0.5 | { read -r -t 0.05 x; echo $(( $? > 128 )); }; echo hi | { sleep 0.05; read -t 0; echo $?; read -r -t 1 x; echo "$x"; }; read -t 0.01 x < /dev/null; echo $?

### a timeout keeps what came
{ printf 'part'; sleep 0.4; echo rest; } | { read -r -t 0.15 x; echo "$(( $? > 128 )) [$x]"; }

### descriptors
exec 5< <(printf 'l1\nl2\n'); read -r -u 5 a; read -r b <&5; echo "$a $b"; read -u 9 x; echo $?

### prompts do not show without a terminal
read -r -p 'Name: ' n <<< bob; echo "$n"; read -rs p <<< secret; echo "$p"

### read does not take more than its line
printf '1\n2\n3\n' | { read -r a; cat; echo "a=$a"; }; printf '1\n2\n3\n' > f; { read -r a; read -r b; tail -n 1; } < f; printf 'abc\ndef\n' | (read -r -n 1 x; head -n 1; echo $x)

### reading from the script's input
# stdin: "first\nsecond third\n"
read -r a; read -r b c; echo "$a/$b/$c"; read -r d; echo "$?"

### yes or no
# stdin: "maybe\ny\n"
while true; do read -r -p "continue? " ans; case $ans in [Yy]*) echo yes; break;; [Nn]*) echo no; break;; *) echo "answer y or n";; esac; done

### invalid names and options
read 1x <<< a; echo $?; read -q <<< a; echo $?; read -n abc x <<< a; echo $?; read -t x y <<< a; echo $?; readonly R=1; read R <<< 2; echo $?

### default variable, here-document
read -r <<EOT
from doc
EOT
echo "$REPLY"

### CSV with a header
while IFS=, read -r name age city; do [[ $name == name ]] && continue; printf '%-6s %3d %s\n' "$name" "$age" "$city"; done <<EOT
name,age,city
Ann,30,Oslo
Bob,5,New York
EOT

### initial NUL bytes and binary
printf 'a\0b\n' | { read -r x; echo "${#x} $x"; }; printf '\xff\xfe\n' | { read -r x; printf %s "$x" | od -An -tx1; }

### mapfile
printf 'a\nb c\n\nd' > f; mapfile -t l < f; echo "${#l[@]}"; printf '[%s]' "${l[@]}"; echo; mapfile k < f; printf '%s' "${k[@]}"; echo; readarray -t m < f; echo "${m[1]}"; mapfile -t < f; echo "${#MAPFILE[@]}"

### mapfile counts, skips and origins
seq 10 > f; mapfile -t -n 3 a < f; echo "${a[@]}"; mapfile -t -s 7 b < f; echo "${b[@]}"; c=(x y z w v); mapfile -t -O 2 -n 2 c < f; echo "${c[@]}"; mapfile -t -s 2 -n 2 d < f; echo "${d[@]}"

### mapfile with a delimiter and callback
mapfile -d , -t a <<< "x,y,z"; echo "${a[1]} ${#a[@]}"; printf 'a\0b\0' | { mapfile -d '' -t z; echo "${#z[@]}"; }; cb() { echo "line $1: $2"; }; mapfile -t -c 2 -C cb m < <(seq 5); echo "${#m[@]}"

### mapfile errors
mapfile -t 1a < /dev/null; echo $?; mapfile -u 9 x; echo $?; mapfile -n x y < /dev/null; echo $?
