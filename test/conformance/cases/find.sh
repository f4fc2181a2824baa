find: predicates, actions, formats.

### names
mkdir -p src/lib .git; touch src/a.c src/lib/b.c src/B.H README .git/config; find . -name '*.c' | sort; find . -iname '*.h'; find . -name '.*' | sort; find . -not -name '*.c' -type f | sort; find src -path '*/lib/*'; find . -wholename './src/*.c' | sort; find . -regex '.*/[ab]\.c' | sort; find . -regextype posix-extended -iregex '.*\.(c|h)' | sort

### types
mkdir d; touch f; ln -s f l; mkfifo p; for t in f d l p f,d b s; do echo "$t: $(find . -type $t | sort | xargs)"; done; find . -xtype f | sort; find -L . -type f | sort; find . -type x; echo $?

### depth
mkdir -p a/b/c; touch 0 a/1 a/b/2 a/b/c/3; find . -maxdepth 1 | sort; find . -mindepth 3 | sort; find . -mindepth 2 -maxdepth 2 | sort; find a -maxdepth 0; mkdir -p p/q/r; find p -depth; find p

### sizes
truncate -s 0 z; truncate -s 100 s; truncate -s 5000 m; truncate -s 2M l; find . -type f -size 0; find . -type f -size -2k | sort; find . -type f -size +1M; find . -type f -size 100c; find . -type f -size +1k -size -10k; find . -empty; find . -type f -printf '%s %f\n' | sort -n

### times
touch -d '2020-01-01' old; touch new; touch -d '2020-01-02' ref; find . -type f -newer ref; find . -type f ! -newer ref | sort; find . -type f -mtime +30 | sort; find . -type f -mmin -5; find . -newermt 2020-01-01T12:00 -type f | sort; find . -type f -printf '%TY-%Tm-%Td %f\n' | grep -v new | sort

### permissions and owners
touch a b c; chmod 644 a; chmod 755 b; chmod 4711 c; find . -type f -perm 644; find . -type f -perm -u+x | sort; find . -perm /g+w; find . -type f -perm -4000; find . -type f -perm /111 | sort; find . -type f -printf '%m %M %f\n' | sort; find . -user root -type f | wc -l; find . -uid 0 -gid 0 -type f | wc -l; find . -executable -type f | sort; chown 1000:1000 a; find . -nouser -o -uid 1000

### operators
touch a b c d; find . -type f \( -name a -o -name b \) | sort; find . ! -name a -type f -a ! -name b | sort; find . -type f -name a -print -o -name b -print | sort; find . -type f -not \( -name a -o -name c \) | sort; find . -name a , -name b | sort; find . -false -o -name d

### pruning
mkdir -p node_modules/x src/node_modules src/y; touch node_modules/x/f src/node_modules/f src/y/f; find . -name node_modules -prune -o -type f -print | sort; find . -path ./src/y -prune -o -print | sort

### exec for each
touch a b; find . -type f -exec echo got {} \; | sort; find . -type f -exec sh -c 'echo "$0:$1"' x {} \; | sort; find . -name a -exec test -f {} \; -print; find . -type f -exec false \; -print; echo $?

### exec for many
touch a b 'c d'; find . -type f -exec echo {} + | tr ' ' '\n' | sort | wc -l; find . -type f -exec sh -c 'echo $#' x {} +; find . -type f -exec false {} +; echo $?; find . -type f -exec nosuch {} +; echo $?

### execdir and ok
mkdir -p d; touch d/f; find . -type f -execdir echo {} \; ; find . -type f -ok echo {} \; < /dev/null; echo $?; PATH=.:$PATH find . -execdir true \;; echo $?

### printing
touch 'a b' c; find . -type f -print0 | sort -z | tr '\0' '|'; echo; find . -type f -print0 | xargs -0 -n 1 echo '<' | sort; find . -name c -printf '%p %f %h %P %d %y %s %l|\n'; find . -name c -printf 'tab\tnl\nq"\\ %%\n'; find . -name c -fprint out; cat out; find . -name c -ls | awk '{print $3, $4, $5, $6, $NF}'

### deleting
mkdir -p t/u; touch t/1.tmp t/u/2.tmp t/keep; find t -name '*.tmp' -delete; find t | sort; find t -depth -type d -empty -delete; find t | sort; mkdir q; touch q/f; find q -maxdepth 0 -delete; echo $?

### quitting and limiting
mkdir d; touch d/{1..5}; find d -type f -quit; find d -type f -print -quit | wc -l; find d -type f | sort | head -n 2

### links
mkdir r; touch r/f; ln -s r lr; ln r/f hard; find lr; find lr/ | sort; find -H lr | sort; find -L . -name f | sort; find . -links 2 -type f | sort; find . -samefile hard | sort; find . -lname 'r*'; ln -s .. r/up; find -L r -name none 2>&1 | sort

### odd names
touch ' x' $'n\nl' 'q"q' "a'b" -- -dash '*'; find . -type f | sort; find . -name '*[[:space:]]*' -print0 | sort -z | od -An -c; find . -name '\*'; find . -type f -exec basename {} \; | sort | head -n 3

### errors
find nosuch; echo $?; find . -nosuch; echo $?; find . -name; echo $?; find . -exec echo; echo $?; find . -type f -size x; echo $?; find . -maxdepth x; echo $?; find . \( -name x; echo $?; find . -newer nosuch; echo $?; find . -perm zzz; echo $?; find . -name x -maxdepth 1; echo $?; touch f; find f/x; echo $?

### several starting points
mkdir a b; touch a/1 b/2; find a b -type f; find a nosuch b -type f; echo $?; printf 'a\0b\0' | find -files0-from - -type f | sort; find ./a// -type f

### sum of sizes and grouping by extension
mkdir d; printf 12345 > d/a.txt; printf 123 > d/b.txt; printf 1 > d/c.md; find d -type f -printf '%s\n' | awk '{s+=$1} END {print s}'; find d -type f | sed 's/.*\.//' | sort | uniq -c | sort -rn; find d -type f -printf '%f %s\n' | sort -k2,2nr | head -n 1

### a deep tree
p=; for i in {1..40}; do p+=d$i/; done; mkdir -p $p; touch ${p}end; find . -name end | tr -cd / | wc -c; find . -type d | wc -l; rm -r d1; ls

### many files
mkdir m; (cd m; seq 1 500 | sed 's/^/file/' | xargs touch); find m -type f | wc -l; find m -name '*7' | wc -l; find m -type f -name 'file4??' -delete; find m -type f | wc -l; find m -type f -exec cat {} + | wc -c
