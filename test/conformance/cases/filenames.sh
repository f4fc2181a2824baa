File names with spaces, newlines, quotes, dashes and other surprises.

### loops that keep names whole
touch -- 'a b' $'c\nd' "e'f" 'g"h' '*' '-i' '$x' '`y`' ' lead' 'trail ' '\' 'a;b' 'a&b' '#h' '~' '(p)' '[q]' '{r}' '!s'; for f in ./*; do printf '%q\n' "$f"; done; ls | wc -l; find . -type f | wc -l; find . -type f -print0 | tr -cd '\0' | wc -c

### moving and copying them
mkdir src dst; cd src; touch 'a b' $'c\nd' -- -r "q'q"; cp -- * ../dst; cd ../dst; ls -A | wc -l; for f in *; do mv -- "$f" "${f// /_}.x"; done; printf '%q\n' *; rm -- *; ls -A

### find with exec and xargs
mkdir d; touch "d/it's" 'd/a b' $'d/n\nl'; find d -type f -exec sh -c 'for f; do printf "<%s>" "$f"; done' _ {} + | tr '\n' '~' | grep -o '<' | wc -l; find d -type f -print0 | sort -z | xargs -0 -I{} sh -c 'printf "%s|" "$1"' _ {}; echo; find d -type f -print0 | while IFS= read -r -d '' f; do printf '%q\n' "$f"; done | sort; find d -name "*'*" -delete; ls d | wc -l

### the dash problem
touch -- -n -e --help; ls -- -n; cat -- -e; rm ./-n; echo *; rm -- *; echo *; cd -- -x 2>&1 | head -n 1; mkdir -- -d; cd -- -d; pwd; cd ..; rmdir -- -d; echo x > ./-f; cat < -f; grep x -- -f; sort -- -f; head -n 1 -- -f; wc -l -- -f

### names built from variables
n='my file'; touch "$n.txt"; ls $n.txt; ls "$n".txt; for e in txt md; do echo "$n.$e"; done; d='a/b c'; mkdir -p "$d"; echo x > "$d/f"; cat "$d"/*; cat $d/f; p="$d/f"; echo "${p##*/} in ${p%/*}"

### long names
n=$(printf 'x%.0s' {1..255}); touch $n; ls | wc -c; touch x$n; echo $?; mkdir ${n:1}; cd ${n:1} && echo in; cd ..; mv $n ${n}y 2>&1 | grep -o 'File name too long'; rm $n; ls | wc -l; p=$(printf 'd/%.0s' {1..2100}); cat $p 2>&1 | grep -o 'File name too long'; ls $p > /dev/null 2>&1; echo $?

### dots
touch .hidden ..two ...; ls -A; ls; echo .*; rm .* 2>&1 | grep -c refusing; ls -A; mkdir ... ; cd ...; pwd; cd ..

### case matters
touch File file FILE; ls; ls [f]*; mv file File; ls; [ -e file ] || echo gone

### trailing slashes
mkdir d; touch f; ls d/ f; ls f/; echo $?; cat f/; cp f d/; ls d; mv f e/; echo $?; rm f/; echo $?; mkdir n/; ls -d n/; rmdir n/; ln -s d l; ls -d l/; rm l/; echo $?; rm l; [ -d d/ ] && echo d; [ -e f/ ] || echo not; touch d/; echo $?; stat -c %n d//; cd d//../d/./; pwd

### spaces in scripts and interpreters
mkdir 'my dir'; printf '#!/bin/bash\necho "$0" "$#" "$1"\n' > 'my dir/my script.sh'; chmod +x 'my dir/my script.sh'; './my dir/my script.sh' 'an arg'; bash 'my dir/my script.sh'; PATH="$PWD/my dir:$PATH"; 'my script.sh' x | sed "s,$PWD,.,"; . 'my dir/my script.sh' y z; cd 'my dir' && ./my\ script.sh

### names that look like patterns or substitutions
touch '*' '?' '[a]' 'a' '$(id)' '`id`' '${x}'; ls \*; ls '[a]'; ls [a]; rm '*'; ls | wc -l; f='$(id)'; ls "$f"; echo $f; for g in *; do echo "$g"; done; find . -name '\[a\]'; find . -name '[a]'

### archives of names in a file
touch 'x 1' 'x 2'; ls > list; while IFS= read -r f; do [ -f "$f" ] && echo "have <$f>"; done < list; xargs -d '\n' ls < list; printf '%s\0' x* > list0; xargs -0 rm < list0; ls

### reading names with tabs and carriage returns
touch $'t\tab' $'c\rr' $'e\e[31m'; ls -b; ls -q; for f in *; do echo "${f@Q}"; done; ls --quoting-style=escape; rm *; ls -A | wc -l
