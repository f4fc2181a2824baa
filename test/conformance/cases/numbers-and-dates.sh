date, seq, expr, factor, numfmt, bc-free arithmetic.

### formats of a fixed date
d=@1709210096; date -u -d $d; date -d $d '+%Y-%m-%d %H:%M:%S %Z %z %:z'; date -d $d '+%a %A %b %B %d %e %j %U %V %G %u %w %y %C %I %p %l %k %M %S %s %N %n%t%%|%h %D %F %T %R %r %c %x %X'; date -u -R -d $d; date -I -d $d; date -Iseconds -d $d; date --rfc-3339=ns -d $d; date -d $d '+%-d %_d %-H %^a %#Z %010Y %3N %-m %e|%-e|%_H|%0e'

### reading dates
for s in '2024-02-29' '2024-02-29 12:34:56' '29 Feb 2024' 'Feb 29 2024 1pm' '20240229' '2024-02-29T12:34:56Z' '2024-02-29 12:00 +0200' '@0' '1970-01-01 00:00:00 UTC' '2024-W01' 'Thu, 29 Feb 2024 12:34:56 GMT' '12/25/2023' '2023-12-25 EST' '2024-06-01 5:30pm' '2024-06-01 noon' 'June 1, 2024'; do date -u -d "$s" '+%F %T'; done; [[ $(date -u -d 'Jan 5' +%F) == $(date -u +%Y)-01-05 ]] && echo this year; [[ $(date -u -d '' +%F) == $(date -u +%F) ]] && echo today

### relative dates
b='2024-01-31 10:00 UTC'; for r in '+1 day' '-1 day' '+1 month' '-1 month' '+1 year' '+2 weeks' 'next monday' 'last friday' '+90 minutes' '3 days ago' '+1 hour 30 min' 'tomorrow' 'yesterday' '1 fortnight' 'monday'; do date -u -d "$b $r" '+%F %T'; done

### differences and loops over dates
a=$(date -u -d 2024-03-01 +%s); b=$(date -u -d 2024-02-01 +%s); echo $(( (a-b)/86400 )); d=2024-02-27; for i in 1 2 3 4; do echo $d; d=$(date -u -d "$d +1 day" +%F); done; for m in 1 2 3; do date -u -d "2023-$m-01 +1 month -1 day" +%d; done

### time zones
TZ=UTC date -d @0 +%T%z; TZ=UTC-2 date -d @0 +%T%z; TZ=EST5EDT,M3.2.0,M11.1.0 date -d @1720000000 '+%T %Z'; TZ=XYZ+3:30 date -d @0 '+%T %Z'; date -u -d 'TZ="UTC+5" 2024-01-01 00:00' +%T; TZ=CET-1CEST,M3.5.0,M10.5.0/3 date -d 2024-07-01T12:00 +%s

### a time zone without rules has those of the United States
for z in EST5EDT PST8PDT; do TZ=$z date -d @0 '+%T %Z'; TZ=$z date -d @1720000000 '+%F %T %Z'; done; TZ=EST5EDT bash -c "printf '%(%T %z)T\n' 0"

### files with dates
touch -d @1000000000 f; date -u -r f; date -u -r f +%s; printf '2024-01-01\n2024-06-01\n' > l; date -u -f l +%j; date -r nosuch; echo $?

### bad dates
date -d 'not a date'; echo $?; date -d 2024-02-30; date -d '25:00'; date +%Q; date a b; echo $?; date '+%Y' '+%m'; date --nosuch; date -u -d '2024-13-01'; date -d @abc

### expr
expr 1 + 2; expr 7 \* 6; expr 10 / 3; expr 10 % 3; expr 5 - 8; expr 2 \> 1; expr a = a; expr a \< b; expr length hello; expr substr hello 2 3; expr index hello l; expr hello : 'h\(.*\)o'; expr hello : '.*'; expr abc : 'x'; echo $?; expr 0; echo $?; expr 1 \| 0; expr 0 \& 1; expr '' \| d; expr \( 1 + 2 \) \* 3; expr match foobar 'foo'; expr + length; expr 010 + 1; expr 10 = 010

### expr errors and big numbers
expr 1 / 0; echo $?; expr a + 1; echo $?; expr; echo $?; expr 1 +; echo $?; expr 1 2; echo $?; expr 99999999999999999999 \* 99999999999999999999; expr -9223372036854775808 - 1; expr \( 1; echo $?; expr -- -5 + 2; expr 5 % 0; expr substr é 1 1; expr length 日本

### factor
factor 1 2 12 97 360 1001 65536 999999999989; seq 10 15 | factor; factor 18446744073709551615; factor 340282366920938463463374607431768211455; factor abc; echo $?; factor -1; factor 0

### numfmt
numfmt --to=iec 1024 1536 1048576 123456789; numfmt --to=si 1000 1500 1234567; numfmt --from=iec 1K 2M 1.5G; numfmt --from=si 1K; numfmt --to=iec-i --suffix=B 2048; numfmt --grouping 1234567; printf 'a 1024\nb 2048\n' | numfmt --field=2 --to=iec; numfmt --format='%.2f' 3.14159; numfmt --padding=8 42; numfmt --padding=-8 42 | cat -A; numfmt --round=down --to=si 1999; numfmt --from=auto 1Ki 1K; printf 'h\n1000\n' | numfmt --header --to=si; numfmt --to=iec 999 1023; numfmt --from-unit=512 4; numfmt -d, --field=2 --to=si <<< 'x,5000,y'; numfmt --invalid=warn 5x; echo $?; numfmt abc; echo $?; numfmt --to=zz 1; echo $?

### seq formats
seq -f '%.2f' 1 0.5 2; seq -f '%e' 2; seq -f 'x%gy' 3; seq -w 1 10 | head -n 2; seq -w 0.5 10.5 | head -n 1; seq -s ' ' 1 3; seq 10 -3 0; seq 1.1 0.1 1.5; seq -f '%d' 3; echo $?; seq -f '%s%g' 3; seq -f abc 3; seq 0x10 0x12; seq 1 1; seq inf 2>&1 | head -n 2; seq -1; seq 0 -1 -2

### big loops of numbers
seq 1000000 | tail -n 1; seq 1 3 100000 | wc -l; seq 999999 1000001; seq 5 | tac | xargs; seq 1e6 1e6; seq 3 | sed 's/$/\//' | tr -d '\n'; echo

### the time builtin of printf against date
printf '%(%F %T)T\n' 1709210096; [[ $(printf '%(%s)T' -1) -ge $(( $(date +%s) - 2 )) ]] && echo now; date +%s | grep -cE '^[0-9]{10}$'; date +%N | grep -cE '^[0-9]{9}$'; [[ $(date +%Y) -ge 2024 ]] && echo year

### nproc, uname, hostname, id and others of the machine
uname -s; uname -o; nproc | grep -c '^[1-9]'; hostname | grep -c .; id -u; id -un; id -gn; id; whoami; groups; arch | grep -c .; uname -z; echo $?; id nosuchuser; echo $?; tty; id -G; hostid | grep -cE '^[0-9a-f]{8}$'; nproc --ignore=100000; printenv HOME USER TERM; echo ~
