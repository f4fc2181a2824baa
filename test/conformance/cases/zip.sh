zip and unzip.

### pack and unpack
mkdir -p d/e; echo hello > d/f; seq 1000 > d/e/n; zip -r a.zip d | sort; rm -r d; unzip a.zip | sort; cat d/f; tail -n 1 d/e/n

### quiet, list, test
mkdir d; echo hello > d/f; touch -d '2020-02-03 04:05:06' d/f d; zip -qr a.zip d; unzip -l a.zip; unzip -t a.zip; unzip -Z1 a.zip; unzip -v a.zip; zipinfo a.zip

### to standard output and into a directory
mkdir d; echo one > d/1; echo two > d/2; zip -qr a.zip d; unzip -p a.zip d/2; unzip -c a.zip d/1; unzip -q a.zip -d out; find out | sort; unzip -qj a.zip -d flat; ls flat; unzip -q a.zip 'd/*1' -d some; find some -type f; unzip -Cq a.zip D/2 -d ci; cat ci/d/2

### overwriting
echo new > f; zip -q a.zip f; echo old > f; unzip -n a.zip; cat f; unzip -o a.zip; cat f; echo older > f; unzip a.zip < /dev/null; echo $?; touch -d '+1 day' f; unzip -qu a.zip; cat f; unzip -qf a.zip; cat f

### add, update, freshen, delete
echo 1 > a; echo 2 > b; zip x.zip a; zip x.zip b; unzip -Z1 x.zip; echo 3 > c; zip -u x.zip a c; zip -d x.zip a; unzip -Z1 x.zip; zip -f x.zip; echo $?; zip -d x.zip nosuch; echo $?; zip -m x.zip c; ls

### junk paths, exclude, include, levels
mkdir -p d/.git; seq 1000 > d/n; touch d/.git/HEAD d/a.o; zip -j j.zip d/n; zip -r -x '*.git*' '*.o' - d < /dev/null | wc -c > size; zip -qr e.zip d -x '*.git*' -x '*.o'; unzip -Z1 e.zip; zip -qr i.zip d -i '*.o'; unzip -Z1 i.zip; zip -q0 s.zip d/n; unzip -Zv s.zip | grep 'compression method'; zip -q9 m.zip d/n; unzip -l m.zip | tail -n 1; (cd d; zip -qr ../k.zip .); unzip -Z1 k.zip | sort; zip -Z bzip2 b.zip d/n; unzip -p b.zip | tail -n 1

### standard input and a list of names
seq 5 | zip -q a.zip -; unzip -p a.zip; touch x y; ls x y | zip -@ l.zip; unzip -Z1 l.zip; echo data | zip -q - - | funzip; find . -name 'x' -print | zip -q -r n.zip -@; unzip -Z1 n.zip

### symbolic links, modes, empty directories
mkdir -p d/empty; echo t > d/t; ln -s t d/l; chmod 750 d/t; zip -qry a.zip d; zip -qrD n.zip d; rm -r d; unzip -q a.zip; readlink d/l; stat -c %a d/t; ls d; unzip -Z1 n.zip | sort; mkdir o; unzip -q n.zip -d o; cat o/d/l

### encryption with a password given
echo secret > s; zip -q -P pass e.zip s; rm s; unzip -q -P wrong e.zip; echo $?; unzip -q -P pass e.zip; cat s; unzip -l e.zip | tail -n 1 | awk '{print $2}'; zipinfo -1 e.zip

### errors
unzip nosuch; echo $?; echo bad > b.zip; unzip b.zip; echo $?; zip e.zip nosuch; echo $?; unzip -l; echo $?; echo 1 > f; zip -q f.zip f; unzip f.zip other; echo $?; head -c 60 f.zip > t.zip; unzip -t t.zip; echo $?; zip -T f.zip; echo $?; zip --nosuch; echo $?

### names with other letters
mkdir 'my dir'; echo 1 > 'my dir/ä ö.txt'; echo 2 > 'my dir/日本.txt'; zip -qr u.zip 'my dir'; rm -r my*; unzip -q u.zip; ls 'my dir'; unzip -Z1 u.zip | sort; zipgrep 1 u.zip

### what a release script does
mkdir -p build/pkg; printf 'a=1\n' > build/pkg/conf; printf '#!/bin/sh\necho run\n' > build/pkg/run; chmod +x build/pkg/run; (cd build && zip -qr ../pkg-1.0.zip pkg); sha=$(unzip -p pkg-1.0.zip pkg/conf | sha256sum | cut -c1-8); echo $sha; mkdir inst; unzip -q pkg-1.0.zip -d inst && ./inst/pkg/run; unzip -Z pkg-1.0.zip | tail -n 1 | cut -d, -f1; printf 'a=2\n' > build/pkg/conf; touch -d '+1 day' build/pkg/conf; (cd build; zip -q -u ../pkg-1.0.zip pkg/conf; echo $?); unzip -p pkg-1.0.zip pkg/conf
