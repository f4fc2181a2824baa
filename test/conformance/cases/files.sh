cp, mv, rm, ln, mkdir, rmdir, install, mktemp, chmod, touch, truncate, dd, stat, ls, readlink, du.

### copying
echo x > a; cp a b; cat b; mkdir d; cp a b d; ls d; cp -r d e; ls e; cp a d/c; cp -n a b; cp -v a f; cp d g; echo $?; cp -r d e; ls -R e; cp a b nosuch; echo $?; cp nosuch x; echo $?; cp a a; echo $?; cp a; echo $?; cp -T a h; cat h; cp -t d a h; ls d

### copying attributes
echo x > a; chmod 640 a; touch -d '2020-05-06 07:08:09' a; cp -p a b; stat -c '%a %y' b; cp a c; stat -c %a c; cp -a a d; stat -c '%a %Y' d; ln -s a l; cp l m; cp -P l n; cp -d l o; readlink n o; test -L m || echo followed; mkdir s; ln -s ../a s/l; cp -a s t; readlink t/l; cp -rL s u; test -L u/l || echo deref; cp --preserve=mode a e; stat -c '%a' e; cp -u c a; stat -c %Y a | grep -c 1588748889

### copying with backups, links and force
echo 1 > a; echo 2 > b; cp --backup=numbered a b; cp --backup=numbered a b; ls; cp -b a b; ls b~; cp -l a hard; stat -c %h hard; cp -s $PWD/a sym; readlink sym | sed 's,.*/,,'; cp -f a b; cp --remove-destination a b; cp --parents d/x . 2>&1; mkdir -p d/e; echo > d/e/f; mkdir o; cp --parents d/e/f o; find o -type f; cp -S .bak -b a b; ls b.bak; cp -i a b < /dev/null; echo $?

### copying a directory into itself and over things
mkdir -p d/e; echo x > d/f; cp -r d d/e 2>&1; echo $?; mkdir t; echo y > t/f; cp -r d/. t; cat t/f; ls t; echo z > file; cp -r d file; echo $?; mkdir x; mkdir x/file; cp file x; echo $?

### moving
echo 1 > a; mv a b; ls; mkdir d; mv b d; ls d; mv d/b d/c; mv -v d/c .; echo 2 > e; mv -n e c; cat c; ls; mv -f e c; cat c; mv nosuch x; echo $?; mv c d/; mv d f; ls f; mkdir g; touch g/x; mkdir -p h/g; touch h/g/y; mv g h; echo $?; mv f f; echo $?; mv f f/sub; echo $?; touch p q; mv p q nosuchdir; echo $?; mv -t h p q; ls h; mv --backup=simple h/p h/q; ls h

### renaming over open files and across directories
echo old > f; exec 3< f; echo new > n; mv n f; cat <&3; cat f; mkdir -p a b; echo x > a/x; mv a/x b/y; cat b/y; mv a b; ls b; mv b/a/../y z; ls

### removing
touch a b; rm a; ls; rm -v b; rm nosuch; echo $?; rm -f nosuch; echo $?; mkdir d; rm d; echo $?; touch d/x; rm -r d; ls; mkdir -p e/f; rm -rfv e; mkdir g; rm -d g; mkdir h; touch h/x; rm -d h; echo $?; rmdir h; echo $?; rm -r h .; echo $?; rm; echo $?; rm -f; echo $?; rm -- -nosuch; echo $?; touch -- -x; rm -x; rm ./-x; ls; chmod 000 h 2>/dev/null; touch w; chmod 400 w; rm w < /dev/null; ls

### asking before removing
# stdin: "y\nn\ny\n"
touch a b c; rm -i a b c; echo; ls

### making directories
mkdir a; mkdir a; echo $?; mkdir -p a/b/c; mkdir -p a/b/c; echo $?; mkdir x/y; echo $?; mkdir -v v; mkdir -pv p/q; mkdir -m 700 s; stat -c %a s; umask 027; mkdir u; stat -c %a u; touch f; mkdir f/d; echo $?; mkdir -p f/d; echo $?; mkdir; echo $?; mkdir 'with space' 'é'; ls -d with* é; mkdir -p ./././z//y/; ls z; mkdir -m u=rwx,go= t; stat -c %a t

### removing directories
mkdir -p a/b/c; rmdir a; echo $?; rmdir a/b/c; rmdir -p a/b; ls; rmdir nosuch; echo $?; touch f; rmdir f; echo $?; mkdir d; touch d/x; rmdir --ignore-fail-on-non-empty d; echo $?; mkdir v; rmdir -v v; rmdir .; echo $?; ls -a d | wc -l

### hard links
echo x > a; ln a b; stat -c '%h %n' a b; [ a -ef b ] && echo same; echo y >> b; cat a; rm a; stat -c %h b; cat b; mkdir d; ln d e; echo $?; ln b nosuch/x; echo $?; ln nosuch z; echo $?; ln b b; echo $?; ln -f b c; ls -l c | cut -c1-12; ln b d/; ls d; ln -v b g

### symbolic links
echo x > t; ln -s t l; cat l; readlink l; ls -l l | sed 's/.* l ->/l ->/'; ln -s t l; echo $?; ln -sf u l; readlink l; cat l; echo $?; mkdir d; ln -s ../t d/l; cat d/l; ln -s d dl; ls dl; rm dl; ls d; ln -sfn d n; ln -sfn t n; readlink n; ln -sr d/l rel; readlink rel; ln -s '' e; echo $?; ln -s / root; [ -d root ] && echo dir; echo new > l; cat u; ln -s a b c nosuch; echo $?; stat -c '%F %s' l; rm l; ls u; ln -s loop loop; cat loop; ln -sT t k; ln -s

### readlink and realpath
mkdir -p d/e; touch d/f; ln -s d l; ln -s e/../f d/g; readlink l; readlink -f l/g | sed "s,$PWD,.,"; readlink -f nosuch | sed "s,$PWD,.,"; readlink -f no/such; echo $?; readlink -e l/none; echo $?; readlink -m a/../b//c | sed "s,$PWD,.,"; readlink d; echo $?; realpath l/g | sed "s,$PWD,.,"; realpath --relative-to=d/e d/f; realpath -s l | sed "s,$PWD,.,"; realpath no/such; echo $?; realpath -m no/such | sed "s,$PWD,.,"; realpath --relative-base=/ /tmp/../etc; readlink -n l; echo; readlink -v d; realpath -z . | tr '\0' '\n' | sed 's,.*/,,'; realpath /..; realpath

### install
echo x > a; install a b; stat -c %a b; install -m 600 a c; stat -c %a c; install -d p/q/r; ls -d p/q/r; install -D a s/t/u; cat s/t/u; install -v a p; mkdir d; install a b d; ls d; install nosuch x; echo $?; install -m 4755 a e; stat -c %a e; install -t d a; install -d -m 700 z; stat -c %a z; install -p a f; install -C -v a f; install a b nosuch; echo $?; install -b a f; ls f*

### temporary names
t=$(mktemp); [ -f "$t" ] && stat -c '%a %s' "$t"; [[ $t == /tmp/tmp.?????????? ]] && echo pattern; rm "$t"; d=$(mktemp -d); stat -c '%a %F' "$d"; rmdir "$d"; f=$(mktemp ./x.XXXX); [[ $f == ./x.???? ]] && echo named; f=$(mktemp --suffix=.txt aXXX); [[ $f == a???.txt ]] && echo suffix; mktemp -u | grep -c '^/tmp/tmp\.'; mktemp -p . zXXX | grep -c '^./z'; mktemp xx; echo $?; mktemp -d /nosuch/XXX 2>&1 | sed 's/X*[A-Za-z0-9]*’:/N’:/'; TMPDIR=$PWD mktemp | grep -c case; mktemp -q xX; echo $?; mktemp a/bXXX

### permissions, octal
touch f; for m in 644 755 0600 7777 000 4711 1777; do chmod $m f; stat -c '%a %A' f; done; mkdir d; chmod 2755 d; stat -c %A d; chmod 755 d; stat -c %A d; chmod 00755 d; stat -c %A d; chmod 999 f; echo $?; chmod 644 nosuch; echo $?; chmod; echo $?

### permissions, symbolic
touch f; chmod 644 f; for m in u+x g+w o-r a+x ug=rw o= +x -x u=g g=u a=rwX u+s g+s +t 'u-s,g-s,o-t' go-rwx =r u+w,g+x =; do chmod -- $m f; stat -c "%a %A $m" f; done; umask 077; chmod +w f; stat -c %a f; chmod a+zz f; echo $?; mkdir -p d/e; touch d/f; chmod -R u=rwX,go=rX d; stat -c '%a %n' d d/e d/f; chmod -v 600 f; chmod -c 600 f; chmod --reference=d f; stat -c %a f; ln -s f l; chmod 640 l; stat -c %a f; chmod g=o f; stat -c %a f

### permissions are obeyed by programs, not by root
touch f; chmod 000 f; cat f && echo root reads; echo x > f && cat f; chmod 644 f; ./f; echo $?; chmod +x f; [ -x f ] && echo exec

### owners
touch f; chown 1:2 f; stat -c '%u:%g' f; chown 0 f; chgrp 0 f; stat -c '%U:%G' f; chown nosuchuser f; echo $?; chgrp nosuchgroup f; echo $?; chown root:root f; chown -v 5 f; chown --from=5 7 f; stat -c %u f; chown --from=5 8 f; stat -c %u f; ln -s f l; chown -h 3 l; stat -c %u l f; chown : f; chown 1.2 f 2>&1 | head -n 1; mkdir d; touch d/x; chown -R 9:9 d; stat -c '%u %g' d d/x; chmod 4755 f; chown 1 f; stat -c %a f

### touching
touch a; stat -c %s a; touch -d '2021-02-03 04:05:06' a; stat -c '%y %Y' a; touch -t 202203040506.07 a; date -r a '+%F %T'; touch -r a b; stat -c %Y b; touch -m -d @100 a; stat -c '%Y' a; touch -a -d @200 a; stat -c '%X %Y' a; touch -c nosuch; ls; touch nodir/x; echo $?; touch -d 'not a date' x; echo $?; touch -d '2021-01-01T00:00:00.123456789' n; stat -c %y n; touch -d '1 hour ago' h; [ h -ot nosuch ] || echo ok; touch -d '1969-12-31 23:59:59' e; stat -c %Y e; touch; echo $?; mkdir d; touch -d @5 d; stat -c %Y d; ln -s a l; touch -h -d @7 l; stat -c %Y l a; touch f/ ; echo $?

### truncating
echo hello > f; truncate -s 3 f; cat f; echo; truncate -s 10 f; od -An -c f; truncate -s +5 f; stat -c %s f; truncate -s -10 f; stat -c %s f; truncate -s 1K g; stat -c %s g; truncate -s '<100' g; stat -c %s g; truncate -s '>200' g; stat -c %s g; truncate -s %64 g; stat -c %s g; truncate -c -s 5 nosuch; ls; truncate -r f g; stat -c %s g; truncate g; echo $?; truncate -s x g; echo $?; truncate -s 1M m; stat -c '%s %b' m

### dd
printf '0123456789' > f; dd if=f bs=1 skip=3 count=4 2>/dev/null; echo; dd if=f of=g bs=4 seek=1 status=none; od -An -c g; dd if=/dev/zero bs=1k count=2 status=none | wc -c; dd if=f conv=ucase status=none; echo; echo 'abc' | dd conv=ucase 2>/dev/null; dd if=f of=g conv=notrunc bs=1 seek=12 count=2 status=none; od -An -c g; dd if=f bs=3 status=noxfer 2>&1; dd if=nosuch; echo $?; printf 'abcd' | dd conv=swab 2>/dev/null; echo; dd if=f bs=5 count=1 iflag=fullblock status=none; echo; dd bs=x; echo $?; dd nosuch=1; echo $?; dd if=f of=h bs=2 count=2 skip=1 2>&1 | sed '$s/,.*//'; dd if=f ibs=3 obs=5 2>&1 >/dev/null | head -n 2; printf 'a\nbb\n' | dd cbs=3 conv=block status=none; echo; dd if=/dev/zero of=s bs=1 count=0 seek=1000 status=none; stat -c %s s; dd if=f iflag=skip_bytes,count_bytes skip=2 count=3 status=none; echo

### stat
echo hello > f; chmod 640 f; touch -d '2020-01-02 03:04:05.678' f; stat -c '%n|%s|%a|%A|%F|%h|%u|%g|%U|%G|%f' f; stat -c '%y|%Y|%.3Y' f; stat --printf='%n\t%s\n' f; mkdir d; ln -s f l; mkfifo p; stat -c '%F %N' d l p f; stat -L -c '%F' l; stat -c %s nosuch; echo $?; stat -c '%%' f; stat -t f | cut -d' ' -f1,2; stat -c '%s' f d/../f; stat -c '%F' /dev/null; stat -c '%t,%T' /dev/null; touch e; stat -c %F e; stat -c '%10s|%-5s|%05s' f; stat -c '%B %o' f | cut -d' ' -f1; stat -c %m / ; stat

### listing
touch b a .h; mkdir d; ln -s a l; ls; ls -a; ls -A; ls -1; ls -d */; ls -F; ls -p; ls a b; ls -r; ls nosuch a; echo $?; ls -m; ls -Q; ls -x; ls -C; ls -d . d; ls -R; ls d; ls -B; ls -I 'b*'; ls --hide='a'; ls -A -w 10 -C; ls --group-directories-first; ls -1F l; ls -1 -d .*

### long listing
printf 12345 > f; mkdir d; chmod 644 f; chmod 755 d; touch -d '2020-03-04 05:06' f d; ln -s f l; touch -h -d '2020-03-04 05:06' l; ls -l f l; touch -d 2020-01-01 d/x; echo 12345 > d/y; touch -d 2020-01-02 d/y; ls -l d; touch -d '2020-03-04 05:06' d; ls -ln f; ls -lo f; ls -lg f; ls -l --time-style=long-iso f; ls -l --time-style=full-iso f; ls -l --time-style='+%Y' f; ls -ld d | awk '{print $1,$3,$4,$6,$7,$8,$9}'; truncate -s 1500000 big; touch -d '2020-03-04 05:06' big; ls -lh big; ls -l --si big; ls -l --block-size=K big; ls -lG f; ls -l nosuch; echo $?; mkfifo p; touch -d '2020-03-04 05:06' p; ls -l p; ls -l /dev/null | awk '{print $1,$3,$4,$5,$6}'; chmod 7777 f; ls -l f | cut -c1-10; chmod 1644 f; ls -l f | cut -c1-10; ls -s e* 2>/dev/null; touch e; ls -l --author e | awk '{print $3,$4,$5}'

### ordering a listing
for i in 1 2 3; do truncate -s ${i}00 f$i; done; touch -d '2020-01-03' f1; touch -d '2020-01-01' f2; touch -d '2020-01-02' f3; ls -t; ls -tr; ls -S; ls -Sr; ls -X; touch a.c b.a c.b; ls -X *.?; ls -v; touch f10 f9; ls -v f*; ls --sort=size -r f1 f3; ls --sort=none f1; ls -U -1 f1; ls -lt f1 f2 f3 | awk '{print $NF}'; ls -c -1 f1; ls -f1 | wc -l

### odd names in a listing
touch 'a b' $'n\nl' "q'q" 'd"d' $'t\tt' é; ls; ls -b; ls -Q; ls -N; ls -q; ls --quoting-style=shell; ls --quoting-style=shell-escape; ls --quoting-style=c; ls | wc -l; ls -1 --zero | tr '\0' '|'; echo

### disk usage of files
head -c 5000 /dev/zero > f; du -b f; du -k f; du --apparent-size -k f; du -h f; mkdir d; head -c 100 /dev/zero > d/a; head -c 100 /dev/zero > d/b; du -b d/a d/b; du -cb d/a d/b | tail -n 1; du -ab d | sort -k2 | head -n 2 | tail -n 1; du -s nosuch; echo $?; du -0b f | tr '\0' '\n'; du -b --time -d 0 f | cut -f 1,3; truncate -s 1M s; du -k s; du --apparent-size -h s; du -l -b f f; printf 'f\0' | du -b --files0-from=-

### file system information
df -P . | awk 'NR==1{print $1,$2,$3,$4,$6,$7} NR==2{print NF, ($2>0), ($3>=0)}'; df --output=target / | head -n 2; df -h nosuch; echo $?; df -i . | awk 'NR==1{print $2}'; df -T . | awk 'NR==1{print $2}'; stat -f -c %S . | grep -c '^[0-9]'; df --nosuch 2>&1 | head -n 1; sync; echo $?; sync nosuch; echo $?

### unlink, link, mkfifo, mknod
echo x > a; link a b; unlink a; ls; unlink nosuch; echo $?; mkdir d; unlink d; echo $?; mkfifo p; stat -c '%F %a' p; mkfifo p; echo $?; mkfifo -m 600 q; stat -c %a q; mknod r p; stat -c %F r; mkfifo; mkfifo nosuch/p; link b; mknod x; mknod n c 1 3 && stat -c '%F %t %T' n

### paths
basename /a/b.txt; basename /a/b.txt .txt; basename -a x/y z/w; basename -s .c a.c b.c; basename /; basename a/; basename ''; dirname /a/b/c; dirname a; dirname /; dirname a/b/ x/y; dirname ''; basename; echo $?; dirname; pathchk 'good/name'; echo $?; pathchk -p 'bad name'; echo $?; pathchk -P ''; echo $?; basename a b c; echo $?; dirname -z a/b | tr '\0' '\n'; basename .txt .txt; basename -z a | od -An -c; pathchk "$(printf 'x%.0s' {1..300})" 2>&1 | sed 's/x\{20,\}/XXX/'; pwd; /bin/pwd -P

### a file created while reading a directory
mkdir d; touch d/{1..20}; for f in d/*; do mv $f $f.new; done; ls d | wc -l; rm d/*; rmdir d && echo gone

### deep paths and many links
p=.; for i in {1..30}; do p=$p/dddddddd; done; mkdir -p $p; echo deep > $p/f; cat $p/f; (cd $p && pwd | wc -c); rm -r dddddddd; ln -s a0 a1; echo end > a0; for i in {2..30}; do ln -s a$((i-1)) a$i; done; cat a30; for i in {31..45}; do ln -s a$((i-1)) a$i; done; cat a45; echo $?
