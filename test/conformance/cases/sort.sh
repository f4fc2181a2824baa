sort and uniq.

### plain, reverse, unique
printf 'b\na\nC\nb\nA\n' > f; sort f; sort -r f; sort -u f; sort -f f; sort -fu f; sort < f | head -n 1; sort f f | uniq -c; sort -s -f f

### numbers
printf '10\n9\n-1\n1.5\n0\nabc\n1e2\n 7\n' > f; sort -n f; sort -g f; sort -rn f | head -n 1; printf '1K\n2M\n500\n1G\n1.5K\n' | sort -h; printf '%s\n' 0x10 5 | sort -n; printf '1,000\n200\n' | sort -n

### versions and months
printf 'v1.10\nv1.9\nv1.2.3\nfile10\nfile9\nfile1\n1.0~rc1\n1.0\n' | sort -V; printf 'Mar\nJan\nfeb\nDEC\nxyz\n' | sort -M

### keys
printf 'bob 3 x\nann 10 y\ncat 3 a\n' > f; sort -k2n f; sort -k2,2n -k1,1r f; sort -k2nr -k3 f; sort -k 1.2,1.3 f; sort -k3 f; sort -b -k2,2 f; sort -k2,2 -s f; sort -k1,1.1r f

### separators
printf 'x:3:b\ny:10:a\nz:2:c\n' > f; sort -t: -k2n f; sort -t : -k3 f; sort -t: -k2,2nr -k1 f | head -n 1; printf 'a\tz\nb\ty\n' | sort -t$'\t' -k2; printf '1,b\n1,a\n' | sort -t, -k1,1n -s; printf '1,b\n1,a\n' | sort -t, -k1,1n

### checking
seq 5 | sort -nc && echo sorted; printf '2\n1\n' | sort -c; echo $?; printf '2\n1\n' | sort -C; echo $?; printf '1\n1\n' | sort -cu; echo $?; printf 'a\nb\n' > f; sort -c f && echo ok

### merging and output files
printf '1\n3\n5\n' > a; printf '2\n3\n4\n' > b; sort -m a b | paste -sd,; sort -mu a b | paste -sd,; sort -o a -r a; cat a; sort a b -o c; wc -l < c; sort -m nosuch; echo $?

### dictionary, ignoring case and leading blanks
printf 'a-c\nab\na b\nB\n  c\n' > f; sort -d f; sort -df f; sort -i f; sort -b f; sort -bf f; LC_ALL=C sort f

### NUL terminated
printf 'b\nx\0a\0c\0' | sort -z | tr '\0' '|'; echo; printf '3\0001\0' | sort -zn | tr '\0' ' '; echo

### stability and unique keys
printf 'a 2\nb 1\na 1\nb 2\n' > f; sort -k1,1 f; sort -s -k1,1 f; sort -u -k1,1 f; sort -s -u -k2,2 f

### random order with a source
seq 10 > f; head -c 1000 /dev/zero > src; LC_ALL=C sort -R --random-source=src f | md5sum; sort -R f | sort -n | paste -sd,

### debug and parallel and buffer size
printf 'b 2\na 1\n' | sort --debug -k2n 2>/dev/null; seq 1000 | sort --parallel=2 -S 1M -rn | head -n 1; seq 10 | sort --batch-size=2 -rn | tail -n 1; seq 3 | sort -T . -r | head -n 1; ls

### compare by locale
printf 'é\ne\nf\nz\nE\n' > f; sort f; LC_ALL=C sort f; printf 'ä\na\n' | sort | head -n 1

### big inputs
seq 100000 | sort -rn | head -n 2; seq 50000 | sort | md5sum; seq 30000 | sort -R --random-source=/dev/zero | sort -n | md5sum; seq 30000 | md5sum; seq 20000 | sort -k1,1.2 -s | md5sum

### errors
sort -k0 /dev/null; echo $?; sort -k x /dev/null; sort -t ab /dev/null; echo $?; sort nosuch; echo $?; sort -nM /dev/null; sort --nosuch; sort -c a b; sort -o /nosuch/f /dev/null; echo $?; sort -S x /dev/null; sort -k 1n,2z /dev/null

### uniq
printf 'a\na\nb\na\n' > f; uniq f; uniq -c f; uniq -d f; uniq -u f; uniq -D f; sort f | uniq -c | sort -rn; uniq f out; cat out; printf 'A\na\n' | uniq -i; uniq -z < f | od -c | head -n 1

### uniq skipping
printf '1 x\n2 x\n3 y\n' | uniq -f 1; printf 'ax\nbx\n' | uniq -s 1; printf 'abc1\nabc2\nabd3\n' | uniq -w 3; printf 'a\na\nb\nc\nc\n' | uniq --group; printf 'a\na\nb\nb\n' | uniq -D --all-repeated=separate; printf 'x 1\nx 1\n' | uniq -cd; printf 'a\nb\n' | uniq --group=both | od -c | head -n 2; uniq a b c; echo $?; uniq -w; uniq nosuch; echo $?
