Pathname expansion and extended patterns.

### stars, question marks and brackets
touch a b ab abc a1 a2 b1 .hidden 'x y'; echo *; echo ?; echo a*; echo [ab]?; echo [!a]*; echo [a-b][0-9]; echo *[[:digit:]]; echo .h*; echo "a*"; echo a\*

### directories and slashes
mkdir -p d1/s d2/s; touch d1/f d2/f d1/s/g; echo */; echo */f; echo */*/; echo d?/*; echo */s/*; echo ./d1/*; echo $PWD/d1/f* | sed "s|$PWD|.|"

### nothing matches
echo *.none; shopt -s nullglob; echo *.none end; for f in *.none; do echo no; done; shopt -u nullglob; shopt -s failglob; echo *.none; echo "status $?"

### failglob stops the line only
shopt -s failglob
echo *.none; echo same line
echo "next line $?"

### hidden files
touch .a .b c; echo *; echo .*; echo .[!.]*; shopt -s dotglob; echo *; shopt -u dotglob; GLOBIGNORE='*.x:.b'; touch d.x; echo *; unset GLOBIGNORE; echo *

### recursive globs
mkdir -p a/b/c .h; touch a/1.txt a/b/2.txt a/b/c/3.txt 0.txt .h/4.txt; shopt -s globstar; echo **; echo **/*.txt; echo a/**/; echo **/c; shopt -u globstar; echo **/*.txt; shopt -s globstar dotglob; echo **/*.txt

### extended patterns match
shopt -s extglob
touch a.jpg b.png c.gif d.txt e.jpeg file1 file12 fileab; echo *.@(jpg|png); echo !(*.txt|file*); echo file+([0-9]); echo file?([0-9]); echo file*([a-z]); echo *.jp?(e)g; echo !(*)

### extended patterns in expansions
shopt -s extglob
s="   trim me   "; s=${s##+([[:space:]])}; s=${s%%+([[:space:]])}; echo "[$s]"; v=000123; echo ${v##+(0)}; x=aaabbb; echo ${x/+(a)/-} ${x//@(a|b)/.} ${x#*(a)}; [[ foobar == @(foo|bar)* ]] && echo yes; [[ 12a == +([0-9]) ]] || echo no; [[ x.tar.gz == *.@(tar.gz|zip) ]] && echo arc; case --verbose in -@(v|-verbose)) echo v;; esac

### extended patterns in one line are a syntax error
shopt -s extglob; echo !(x)

### nested extended patterns
shopt -s extglob; for s in ab aab abab b "" abc; do [[ $s == *(?(a)ab|b) ]] && echo "[$s] yes" || echo "[$s] no"; done; [[ abc == !(x*|y*) ]] && echo not

### character classes
touch A b 1 _ -; echo [[:upper:]]; echo [[:lower:]]; echo [[:alnum:]]; echo [![:alnum:]]; echo [_-]; echo [-b]; echo [^b]

### ranges are by code point in C locales
touch a B c D; LC_ALL=C; echo [a-d]; echo [A-D]; shopt -s globasciiranges; echo [a-c]

### no case
touch Foo foo FOO; shopt -s nocaseglob; echo f*; shopt -u nocaseglob; echo f*

### quoted parts are literal
touch 'a*b' axb 'a?c' 'a[1]'; echo "a*"b a\*b 'a?'c a"["1]; p='a*'; echo $p; echo "$p"; for f in a*; do echo "<$f>"; done

### names with spaces and newlines
touch 'one two' $'new\nline' ' lead' 'trail '; for f in *; do printf '<%s>\n' "$f"; done; set -- *; echo $#

### sorting
touch 10 9 1 a B _ Z; echo *; LC_ALL=C; echo *

### results of variables and commands
touch x1 x2; g='x?'; echo $g; echo $(echo 'x*'); a=(x*); echo ${#a[@]}; b='x*'; [[ $b == 'x*' ]] && echo assignment

### braces with globs
touch a.c a.h b.c; echo {a,b}.{c,h}; echo {a,b}*.c; echo *.{c,h,z}

### dot and dot-dot
mkdir d; echo d/.*; echo ./.; echo ../$(basename "$PWD")/d; shopt -u globskipdots; echo d/.*

### a broken symbolic link matches
ln -s nowhere broken; echo b*; echo broken/*; ln -s . self; echo self/*

### many files
for i in {001..500}; do : > f$i; done; set -- f*; echo $# $1 ${500}; set -- f??5; echo $#; rm f[0-4]*; set -- *; echo $# "$@"

### patterns in case and [[ are not files
touch abc; case abc in a*) echo pat;; esac; [[ xyz == a* ]] || echo nofile; [[ a* == "a*" ]] && echo same

### unreadable patterns
mkdir '[x]'; touch '[x]/f' '[y'; echo [x]/*; echo [y*; echo \[x\]/*; echo '['x]/f

### compgen -G and test for matches
touch m1 m2; compgen -G 'm*' | sort; compgen -G 'n*'; echo $?; files=(m*); [[ -e ${files[0]} ]] && echo some

### bracket edge cases
touch ']' '!' '^' a-b 'a]b'; echo []]; echo [!]]; echo [\!]; echo a[]-]b; echo [a]-b; echo [[]
