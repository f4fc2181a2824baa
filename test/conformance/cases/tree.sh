tree.

### a tree
mkdir -p p/{src/lib,docs,.git}; touch p/src/{a,b}.c p/src/lib/x.h p/docs/i.md p/README p/.hidden; ln -s src/a.c p/link; tree p; tree -a p; cd p; tree

### levels, directories only, patterns
mkdir -p p/a/b/c p/d; touch p/a/1.txt p/a/b/2.md p/d/3.txt; tree -L 1 p; tree -L 2 p; tree -d p; tree -P '*.txt' p; tree -I 'a|d' p; tree -P '*.txt' --prune p; tree -f p; tree -i -f p; tree --noreport p; tree -L 0 p; echo $?

### details
mkdir p; echo hello > p/f; seq 1000 > p/n; chmod 640 p/f; chmod 755 p; touch -d '2020-02-03 04:05' p/f p/n; tree -s p/ --noreport | grep '\[' | grep -v ' p/$'; tree -h p -P '[fn]' --noreport | tail -n 2; tree -p p; tree -D --timefmt %F p | tail -n 4; tree -u -g p; tree --dirsfirst -r p; tree -F p; tree -Q p; tree -N p

### for programs
mkdir -p p/e; echo x > p/f; tree -J p; tree -X p; tree -J -L 1 --noreport p; tree --charset=ascii p; tree -A p | od -c | head -n 3; tree -S p; tree -C p | cat -v; tree -H . p | grep -c '<a'; tree -o out p; cat out; tree --fromfile < /dev/null; printf 'a/b\na/c\n' | tree --fromfile

### errors and odd names
tree nosuch; echo $?; mkdir 'd e'; touch 'd e/ä' $'d e/n\nl' 'd e/\'; tree 'd e'; tree --nosuch; echo $?; touch f; tree f; echo $?; tree --version; mkdir -p m/x n/y; tree m n; tree -L; echo $?; tree --filelimit 1 'd e'; tree --gitignore m
