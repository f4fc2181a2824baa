pv in a pipeline.

### what passes through
# skip(v86): pv is not there
seq 1000 | pv -q | tail -1; seq 100000 > f; pv -q f | cmp - f && echo same; pv -q f f | wc -l; pv -n -s 3893 -i 10 < f 2>&1 > /dev/null | tail -1; head -c 100000 f | pv -q -L 500k | wc -c; printf 'a\nb\n' | pv -ql | wc -l; pv -q -S -s 10 f | od -An -c; pv -q nosuch; echo $?; pv --nosuch; echo $?; pv -V | head -1; seq 3 | pv -f -b 2>&1 > /dev/null | tr '\r' '\n' | grep -c B; false | pv -q; echo ${PIPESTATUS[*]}
