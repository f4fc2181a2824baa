tar, and trees of files that go through it.

### create, list, extract
mkdir -p p/src; echo 'int main(){}' > p/src/main.c; echo doc > p/README; tar -cf p.tar p; tar -tf p.tar | sort; rm -r p; tar -xf p.tar; find p | sort; cat p/README

### gzip, bzip2 and xz by option
mkdir d; seq 500 > d/n; for o in z j J; do tar -c${o}f a.$o d; tar -t${o}f a.$o; done; file -b --mime-type a.z a.j a.J

### zstd
# skip(v86): zstd is not there
mkdir d; seq 500 > d/n; tar --zstd -cf a.zst d; tar -tf a.zst; tar -caf a.tar.zst d; mkdir x; tar -xf a.tar.zst -C x; cmp d/n x/d/n && echo same; zstd -dc a.zst | tar -tf -; file -b --mime-type a.zst

### compression by suffix
mkdir d; seq 500 > d/n; for s in tar.gz tgz tar.bz2 tar.xz; do tar -caf a.$s d; mkdir x; tar -xf a.$s -C x; cmp d/n x/d/n && echo "$s ok"; rm -r x; done; tar -xzf a.tar.xz; echo $?

### verbose listing
mkdir d; echo hello > d/f; ln -s f d/l; ln d/f d/h; mkfifo d/p; chmod 750 d; chmod u+s d/f; touch -h -d '2020-02-03 04:05:06' d/* d; tar --sort=name -cf a.tar d; tar -tvf a.tar; tar --full-time -tvf a.tar d/l; tar -tvvf a.tar --numeric-owner | tail -n 1

### verbose names of what is packed and unpacked
mkdir d; touch d/a d/b; tar --sort=name -cvf a.tar d; tar -xvf a.tar; tar -cvzf - d/a 2>&1 > /dev/null; tar -xvf a.tar d/b

### modes, times and links survive
mkdir d; echo 1 > d/f; chmod 4711 d/f; ln -s /nowhere/at/all d/dangling; ln d/f d/hard; mkdir -m 1777 d/t; touch -d '2001-02-03 04:05:06' d/f; tar -cf a.tar d; rm -r d; tar -xf a.tar; stat -c '%n %A %h %Y' d/f; readlink d/dangling; [ d/f -ef d/hard ] && echo same; stat -c %a d/t

### through a pipe
mkdir -p a/b; seq 100 > a/b/n; tar -cf - a | (mkdir y && tar -xf - -C y); diff -r a y/a && echo same; tar -C a -cf - . | tar -tf - | sort; cat a/b/n | tar -cf - -T /dev/null | wc -c

### to standard output
mkdir d; echo one > d/1; echo two > d/2; tar --sort=name -czf a.tgz d; tar -xzf a.tgz -O d/2; tar -xOf a.tgz d/1 d/2; tar -xf a.tgz --to-command='echo $TAR_FILENAME $TAR_SIZE; cat'

### strip components and another directory
mkdir -p top/sub; echo x > top/sub/f; tar -cf a.tar top; mkdir out; tar -xf a.tar -C out --strip-components=1; find out | sort; tar -xf a.tar -C out --strip-components=2; ls out; tar -xf a.tar --transform='s/^top/root/' ; find root | sort; tar -cf b.tar -C top sub; tar -tf b.tar

### exclude and include
mkdir -p p/.git p/node_modules/m p/src; touch p/.git/HEAD p/node_modules/m/i.js p/src/a.c p/src/a.o; tar --sort=name --exclude=.git --exclude='*.o' --exclude=node_modules -cf a.tar p; tar -tf a.tar; printf '%s\n' '*.c' .git > ex; tar --sort=name -X ex -cf b.tar p; tar -tf b.tar; tar --sort=name --exclude-vcs -cf c.tar p; tar -tf c.tar | wc -l; tar -tf c.tar --wildcards '*.js'; tar -xf c.tar --no-such 2>&1 | head -n 1

### a list of files
mkdir d; touch d/{a,b,c} 'd/with space'; find d -type f | sort > list; tar -cf a.tar -T list; tar -tf a.tar; find d -name '[ab]' -print0 | sort -z | tar -cf b.tar --null -T -; tar -tf b.tar; tar -cf c.tar --files-from=nosuch; echo $?

### append, update, delete, concatenate, compare
echo 1 > a; echo 2 > b; tar -cf x.tar a; tar -rf x.tar b; tar -tf x.tar; tar --delete -f x.tar a; tar -tf x.tar; echo 3 > c; tar -cf y.tar c; tar -Af x.tar y.tar; tar -tf x.tar; tar -df x.tar && echo equal; echo changed > b; touch -d 2001-01-01 b; tar -df x.tar; echo $?; touch -d '+1 hour' b; tar -uf x.tar b; tar -tf x.tar

### errors
tar -xf nosuch.tar; echo $?; echo 'not an archive' > bad; tar -xf bad; echo $?; tar -cf a.tar nosuch; echo $?; tar -cf a.tar; echo $?; tar; echo $?; touch f; tar -cf a.tar f; tar -xf a.tar nothere; echo $?; tar -xzf bad; echo $?; head -c 700 a.tar | tar -tf -; echo $?

### absolute names and dot-dot
mkdir d; echo 1 > d/f; tar -cf a.tar /tmp/case/d; tar -tf a.tar; tar -Pcf b.tar /tmp/case/d/f; tar -tf b.tar; cd d; tar -cf ../c.tar ../d/f; tar -tf ../c.tar

### reproducible archives
mkdir d; echo 1 > d/b; echo 2 > d/a; tar --sort=name --owner=0 --group=0 --numeric-owner --mtime='2020-01-01 00:00Z' -cf a.tar d; sha256sum < a.tar; tar --sort=name --owner=joe:1234 --group=grp:55 --mode=u=rwX,go= --mtime=@0 --format=ustar -cf b.tar d; tar -tvf b.tar; md5sum < b.tar; tar --sort=name --mtime=@0 --format=v7 -cf - d | md5sum

### long names and large numbers
n=$(printf 'x%.0s' {1..120}); mkdir -p $n/$n; echo deep > $n/$n/$n; for f in gnu pax; do tar --format=$f -cf a.tar $n; tar -tf a.tar | awk '{print length}'; mkdir o; tar -xf a.tar -C o; cat o/$n/$n/$n; rm -r o; done; tar --format=ustar -cf b.tar $n; echo $?; truncate -s 20M big; tar -Scf s.tar big; [ $(stat -c %s s.tar) -lt 20000 ] && echo sparse; tar -tvf s.tar | awk '{print $3}'

### names with special characters
mkdir d; touch 'd/a b' $'d/new\nline' $'d/tab\t' d/-dash 'd/ü'; tar -cf a.tar d; tar -tf a.tar | sort; rm -r d; tar -xf a.tar; ls -b d; tar -tf a.tar --quoting-style=shell | sort

### overwriting
mkdir d; echo new > d/f; tar -cf a.tar d; echo old > d/f; tar -kxf a.tar; echo $?; cat d/f; tar --skip-old-files -xf a.tar; cat d/f; touch -d '+1 day' d/f; tar --keep-newer-files -xf a.tar; cat d/f; tar --overwrite -xf a.tar; cat d/f; tar -xf a.tar --backup=numbered; ls d; tar -xf a.tar --one-top-level=sub; find sub | sort

### remove files, checkpoints, totals
mkdir d; seq 3 > d/f; tar -cf a.tar --remove-files d; ls; tar -xf a.tar --checkpoint=.1; echo; tar -tf a.tar --totals 2>&1 | sed 's/([^)]*)//'; tar --version | head -n 1; tar --show-defaults

### an upload is unpacked and looked through
# isolated: set -e ends the shell
set -e; mkdir -p app-1.2/{src,tests}; echo 'VERSION=1.2' > app-1.2/src/version; printf 'TODO: fix\nok\n' > app-1.2/tests/t; tar -czf app.tar.gz app-1.2; rm -r app-1.2; tar -tzf app.tar.gz | head -n 1 | cut -d/ -f1; mkdir work; tar -xzf app.tar.gz -C work --strip-components=1; cd work; grep -rn TODO . ; sed -i s/1.2/1.3/ src/version; cd ..; mv work app-1.3; tar -cJf app-1.3.tar.xz app-1.3; tar -xJOf app-1.3.tar.xz app-1.3/src/version
