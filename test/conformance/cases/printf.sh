The printf builtin, and /usr/bin/printf where it differs.

### integers
printf '%d|%5d|%-5d|%05d|%+d|% d|%i|%u|%x|%X|%o|%#x|%#o\n' 42 42 42 42 42 42 42 42 255 255 8 255 8; printf '%d %d %d\n' 0x1F 017 "'A"; printf '%d\n' -5; printf '%x\n' -1

### strings
printf '%s|%10s|%-10s|%.2s|%10.3s|%c\n' abc abc abc abc abcdef xyz; printf '%5s%%\n' 50; printf '%s\n'; printf '[%s]\n' ""

### the format is reused for more arguments
printf '%s=%d\n' a 1 b 2 c; printf '<%s>' 1 2 3; echo; printf 'fixed\n' x y; printf '%s %s\n' only

### floating point
printf '%f|%.2f|%8.3f|%-8.1f|%e|%.1E|%g|%G\n' 3.14159 2.71828 1.5 2.25 12345.678 0.00012 0.0001 1e20; printf '%.0f %.0f %.0f %.0f\n' 0.5 1.5 2.5 3.5; printf '%f %f\n' inf nan; printf '%g %g %g\n' 100000 1000000 1e-5

### more floating point
printf '%.10f\n' 0.1; printf '%.3f\n' 1e3 -0.0005 999.9995; printf '%+.1f % .1f %08.2f\n' 1 1 -3.14159; printf '%#.0f %#g\n' 5 1

### floating point in the middle between two
for p in printf /usr/bin/printf; do $p '%.2f ' 1.005 1.015 1.025 2.675 0.125 8.345 1.115; $p '%.3f ' 2.0005 2.0015 1e-3; $p '%.1f ' 0.05 0.15 0.25 0.35 -0.45; $p '%.20f|%.25g\n' 0.1 2.0005; $p '%g %.0f\n' 1e4000 99999999999999999999999; done; seq 0.05 0.1 0.5 | paste -sd' '; seq -f %.2f 1.005 0.01 1.03 | paste -sd' '; numfmt --format=%.2f 1.005 2.675; printf '%s\n' 0.1 0.10000000000000000001 0.1 | sort -gs | paste -sd' '

### width and precision from arguments
printf '%*d|%-*d|%.*f|%*.*s\n' 6 42 6 42 2 3.14159 8 3 abcdef

### escapes in the format
printf 'a\tb\nc\\d\x41\101\u00e9\U1F600\e[0m\a\b\f\v\r\n' | od -An -tx1; printf 'no newline'; echo; printf '\0' | od -An -tx1; printf '\1012\n'

### %b expands escapes in arguments
printf '%b|' 'a\tb' 'x\0101y' 'nl\nz' 'stop\chere' never; echo; printf '%s|%b\n' 'a\tb' 'a\tb'

### %q quotes for reuse
printf '%q\n' 'simple' 'two words' "it's" '$x' '' $'tab\there' 'a*b' '~x' 'é' $'\x01' 'a;b&c' '#c' 'a#c'; printf '%Q\n' 'a b'

### into a variable
printf -v x '%03d-%s' 7 y; echo "$x"; printf -v 'a[2]' '%s' el; echo "${a[2]}"; declare -A m; printf -v 'm[k]' '%x' 255; echo "${m[k]}"; printf -v '1x' y; echo $?

### dates
printf '%(%Y-%m-%d %H:%M:%S)T\n' 0 86399 1709210096; printf '%(%s)T\n' 12345; printf '%(%a %b %e %j)T\n' 86400; printf '%(%Y)T\n' -1 | grep -c '^20'; printf '[%15(%F)T]\n' 0

### invalid numbers
printf '%d\n' abc; echo $?; printf '%d\n' 12abc; echo $?; printf '%d\n' ''; echo $?; printf '%f\n' x; echo $?; printf '%d\n' 99999999999999999999; echo $?

### invalid formats
printf '%z\n' 1; echo $?; printf '%'; echo $?; printf; echo $?; printf -- '--x\n'; printf '%y%s\n' a; echo $?

### character codes
printf '%d %d %d\n' "'a" '"b' "'é"; printf "\\x$(printf %x 65)\n"; for c in 72 105; do printf "\\$(printf %03o $c)"; done; echo

### tables
printf '%-10s|%8s|%6.2f\n' apple 10 1.5 banana 200 22.75; printf '%s\n' '---'; printf '=%.0s' {1..20}; echo

### the separate program
env printf '%s %d %5.1f %x\n' a 5 2.25 255; env printf '%b\n' 'a\tb'; env printf '%q\n' 'a b' "it's"; env printf '%d\n' abc; echo $?; env printf '\u00e9\n'; env printf '%s %s\n' 1 2 3; env printf; echo $?

### arguments that look like options
printf '%s\n' -v; printf -- '%s\n' -- a; printf '%d\n' -- 5 2>&1 | head -1

### bytes and thousands
printf "%'d\n" 1234567; printf '%s' $'\xff\xfe' | od -An -tx1; printf '%5s|%-5s|\n' é é

### large widths
printf '%0100d\n' 5 | wc -c; printf '%1000s' x | wc -c; printf '%.0s%s\n' skip shown

### repeating a string
r() { printf -v s '%*s' "$2" ''; echo "${s// /$1}"; }; r - 10; r ab 3

### printf -v keeps trailing newlines
printf -v x 'a\n\n'; echo "${#x}"; x=$(printf 'a\n\n'); echo "${#x}"

### conversion with j, l, h
printf '%ld %lld %hd %jd %zu %hhd\n' 5 6 7 8 9 10
