xxd, uuencode, less, ed: the small ones that scripts still use.

### xxd
# skip(v86): xxd is not there
printf 'Hello, world!\n\0\1\377' | xxd; seq 10 | xxd -p; echo hello | xxd -c 4; echo hello | xxd -b; echo hello | xxd -u -g 1; echo hello | xxd -e; seq 100 > n; xxd -s 10 -l 20 n; xxd -s -5 n; echo hi | xxd -i; echo a > v; xxd -i v; xxd -i -n name v; echo abc | xxd -d

### xxd back
# skip(v86): xxd is not there
echo hello | xxd | xxd -r; echo hello | xxd -p | xxd -r -p; echo 68656c6c6f0a | xxd -r -p; printf '68 65 6c' | xxd -r -p; echo; printf 'abcdef' > f; echo '2: 5858' | xxd -r - f; cat f; echo; head -c 1000 /dev/zero | xxd -p | tr -d '\n' | xxd -r -p | cmp - <(head -c 1000 /dev/zero) && echo same; head -c 64 /dev/zero | xxd -a; xxd nosuch; echo $?; xxd -c 300 /dev/null; echo $?; xxd -v 2>&1 | cut -c1-3

### uuencode and uudecode
# skip(v86): uuencode is not there
printf 'hello\0world\n' > f; chmod 644 f; uuencode f out; uuencode f out | uudecode -o - | cmp - f && echo same; uuencode -m f b64; uuencode -m f b64 > e; uudecode e; cmp b64 f && stat -c %a b64; uuencode name < f | head -n 1; uuencode f out | uudecode; ls; uudecode < /dev/null; echo $?; uudecode nosuch; echo $?; echo garbage | uudecode; echo $?; uuencode nosuch x; echo $?; seq 200 | uuencode s | uudecode -o /dev/stdout | md5sum

### less copies
seq 100 > n; less n | tail -n 1; seq 5 | less; cat n | less -N | head -n 1; less n > out; cmp n out && echo same; less -FRX n | wc -l; printf 'a\033[1mb\033[0m\n' | less -R | od -c | head -n 1; less n v 2>&1 | tail -n 1; less nosuch; echo $?; less < n | head -n 1; less +50 n | head -n 1; less -p 50 n | head -n 1

### less as a pager
export PAGER=less; seq 3 | $PAGER; seq 3 | ${PAGER:-more} | wc -l; LESS=-S less <<< 'some long line'; less --version | head -n 1; mkdir d; less d; echo $?; printf 'a\0b' > b; less b | od -c; less -V | head -n 1 | cut -d' ' -f1,2; printf 'x\n' | less - ; LESSOPEN='|cat %s' less b | wc -c

### ed edits a file
# skip(v86): ed is not there
printf 'one\ntwo\nthree\n' > f; printf '2s/two/TWO/\nw\nq\n' | ed -s f; cat f; ed -s f <<'END'
1,$p
$a
four
five
.
2d
1i
zero
.
,n
w
q
END
cat f; printf '%s\n' 'g/o/s//0/g' ,p q | ed -s f; echo $?

### ed: addresses, moves, marks
# skip(v86): ed is not there
seq 10 > f; ed -s f <<'END'
3,5p
/7/p
?2?p
$-1p
2ka
'ap
1,2m$
,p
2t0
1p
3,4j
.p
u
.=
g/^1/p
v/1/p
1,2c
changed
.
1l
e !echo shell
,p
Q
END
echo $?

### ed: regular expressions and scripts
# skip(v86): ed is not there
printf 'foo(bar)\nbaz qux\nfoo bar\n' > f; printf '%s\n' 's/\(foo\)(\(bar\))/\2 \1/p' '2s/b[a-z]*/<&>/' '2p' ',s/\bfoo\b/FOO/' '3p' 's/x\?FOO\|y/z/p' 'g/qux/d' ,p 'w out' q | ed -s f; echo $?; cat out; diff -e <(seq 5) <(seq 1 2 5) > d; seq 5 > g; (cat d; echo w) | ed -s g; cat g

### ed: errors and status
# skip(v86): ed is not there
ed nosuch < /dev/null; echo $?; printf 'p\nq\n' | ed -s; echo $?; printf 'H\nfoo\nq\n' | ed -s; echo $?; echo x > f; printf 'a\ny\n.\nq\n' | ed f; echo $?; printf 'H\n/nothere/\nh\nQ\n' | ed -s f; echo $?; printf '9p\n' | ed -v f; echo $?; printf '1p\n!echo sh\nq\n' | ed f; red -s /etc/passwd < /dev/null; echo $?; ed --version | head -n 1
