diff, cmp, diff3, sdiff, and patches by ed scripts.

### normal output
printf 'a\nb\nc\n' > x; printf 'a\nB\nc\nd\n' > y; diff x y; echo $?; diff x x; echo $?; diff y x; printf 'c\n' > z; diff x z; diff z x

### unified and context
seq 20 > x; sed -e '5s/.*/five/' -e 15d -e '18a new' x > y; touch -d '2020-01-01' x; touch -d '2020-01-02' y; diff -u x y; diff -U 0 x y; diff -c x y | head -n 12; diff -u --label old --label new x y | head -n 4; diff -U1 x y | tail -n 4; diff -up x y | head -n 3; echo $?

### brief and identical
echo a > x; echo b > y; cp x z; diff -q x y; echo $?; diff -q x z; diff -s x z; diff --brief x z; echo $?; diff x nosuch; echo $?; mkdir d; cp x d; diff x d; echo $?; cmp -s x z; echo $?

### ignoring white space, case, blank lines
printf 'Hello  World\n\nx\n' > x; printf 'hello world\nx \n' > y; diff -i x y; diff -w x y; diff -iwB x y; echo $?; diff -b <(echo 'a  b ') <(echo 'a b'); echo $?; diff -I '^#' <(printf '#1\na\n') <(printf '#2\na\n'); echo $?; diff -Z <(echo 'a ') <(echo a); echo $?; diff -E <(printf 'a\tb\n') <(printf 'a       b\n'); echo $?

### directories
mkdir -p a/s b/s; echo 1 > a/f; echo 2 > b/f; echo x > a/only; echo y > b/s/new; echo same > a/c; cp a/c b/c; diff a b; echo $?; diff -r a b; diff -rq a b; diff -rN --brief a b; diff -rs a b | grep identical; diff -x f -r a b; diff -r a b -u | grep -v '^[-+][-+]' ; diff -rq a nosuch; echo $?

### ed script, side by side, columns
printf '1\n2\n3\n' > x; printf '1\ntwo\n3\n4\n' > y; diff -e x y; diff -n x y; diff -y -W 30 x y; diff -y --suppress-common-lines -W 30 x y; diff --left-column -y -W 20 x y; diff -D NEW x y; diff --line-format='%L' x y; diff --old-line-format='-%L' --new-line-format='+%L' --unchanged-line-format=' %L' x y

### missing newline at the end and binary
printf 'a\nb' > x; printf 'a\nb\n' > y; diff x y; diff -u --label x --label y x y; printf 'a\0b' > m; printf 'a\0c' > n; diff m n; echo $?; diff -a m n | tr '\0' '0'; diff x /dev/null | head -n 3; diff - x < y; echo $?; diff -N nosuch x; diff --strip-trailing-cr <(printf 'a\r\n') <(printf 'a\n'); echo $?

### colors and functions
printf 'a\n' > x; printf 'b\n' > y; diff --color=always x y | cat -v; printf 'f() {\n 1\n 2\n 3\n 4\n 5\n}\n' > p; sed 's/5/five/' p > q; diff --label p --label q -U1 -F '^f' p q; diff -u0 --label 1 --label 2 -p p q

### large files
seq 5000 > x; sed '2500s/$/!/' x > y; diff x y; seq 5000 | shuf --random-source=/dev/zero > s; diff <(sort -n s) x && echo same; seq 1 2 3000 > o; seq 3000 > a; diff o a | grep -c '^>'; diff --speed-large-files x y; diff -d x y

### cmp
printf 'abcdef' > x; printf 'abXdeY' > y; cmp x y; echo $?; cmp -l x y; cmp -b x y; cmp -s x y; echo $?; cmp x x; echo $?; cmp -n 2 x y; echo $?; cmp -i 3 x y; cmp x <(printf abc); echo $?; cmp nosuch x; echo $?; cmp -i 0:1 x y; printf 'a\nb\n' > p; printf 'a\nc\n' > q; cmp p q; cmp p - < p; echo $?; cmp; echo $?; cmp x y z a b; echo $?; cmp -lb x y

### diff3
printf '1\n2\n3\n4\n5\n' > o; sed '1s/.*/one/' o > a; sed '5s/.*/five/' o > b; diff3 a o b; diff3 -m a o b; echo $?; sed '3s/.*/A/' o > c; sed '3s/.*/B/' o > d; diff3 -m c o d; echo $?; diff3 -e a o b; diff3 -E -m -L mine -L base -L yours c o d; diff3 -x c o d; diff3 a b; echo $?; diff3 -3 c o d; diff3 o o o; echo $?

### sdiff
printf 'a\nb\nc\n' > x; printf 'a\nX\nc\n' > y; sdiff -w 24 x y; echo $?; sdiff -s -w 24 x y; sdiff -l -w 24 x y; sdiff x x -w 24; echo $?

### errors
diff; echo $?; diff a; echo $?; diff a b c; echo $?; diff --nosuch a b; echo $?; diff nosuch1 nosuch2; echo $?; diff -U x a b; echo $?; mkdir d; touch f; diff d f; echo $?; diff - -; echo $?

### a round trip through an ed-style script with sed
printf 'a\nb\nc\n' > x; printf 'a\nB\nc\n' > y; s=$(diff x y | sed -n 's/^\([0-9]*\)c[0-9]*$/\1/p'); sed "${s}s/.*/$(sed -n ${s}p y)/" x | cmp - y && echo patched; comm -3 <(sort x) <(sort y); diff <(sort x) <(sort y) | grep '^[<>]' | sort
