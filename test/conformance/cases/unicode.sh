UTF-8 text in the shell and the tools.

### lengths and substrings count characters
s='漢字テスト'; echo ${#s} ${s:1:2} ${s: -1} ${s%スト}; e='😀é'; echo ${#e} ${e:0:1} ${e:1}; (LC_ALL=C; echo ${#s}); printf %s "$s" | wc -c; printf %s "$s" | wc -m

### patterns on characters
s='naïve café'; echo "${s//[ïé]/_}" "${s/#n?ï/X}" "${s%%é}" "${s#*ï}"; [[ é == ? ]] && echo one; [[ é =~ ^.$ ]] && echo one; case ñ in [[:alpha:]]) echo alpha;; esac; touch é e; echo ?; echo [é]; echo [!e]

### case modification
s='straße ÀÉÎ ñandú'; echo "${s^^}" "${s,,}"; x=éa; echo "${x^}"; tr a-z A-Z <<< 'éa'; awk '{print toupper($0)}' <<< 'éàß'; sed 's/.*/\U&/' <<< 'éà'; declare -u u=ö; echo $u

### printing widths
printf '%5s|%-5s|%.2s|\n' é é éàü; printf '%s\n' 日本 | awk '{printf "%4s|\n", $0}'; printf '%q\n' 'é x'; echo 'é' | od -An -tx1; printf '\u00e9\u6f22\U0001f600\n'; echo $'\u20ac'; printf '%d\n' "'€"; printf '%b\n' '\xc3\xa9'

### reading characters
read -r -n 2 x <<< 'éàü'; echo "$x"; IFS=é read -r a b <<< '1é2'; echo "$a|$b"; while IFS= read -r -n 1 c; do printf '[%s]' "$c"; done <<< 'aé日'; echo; mapfile -t l <<< $'é\n日'; echo "${#l[@]} ${l[1]}"; read -r -d é y <<< 'abcéd'; echo "$y"

### sorting is by bytes
printf 'z\né\na\nÉ\nZ\n日\n' | sort; printf 'é\nE\n' | sort -f; printf 'b\né\n' | sort -r | head -n 1; printf 'é 2\nà 1\n' | sort -k2n; [[ é > z ]] && echo after; printf '%s\n' é z | LC_ALL=C sort | head -n 1

### cutting and folding bytes
echo 'é日x' | cut -c1-2 | od -An -tx1; echo 'é日x' | cut -b1-2; echo 'a,é,日' | cut -d, -f2,3; echo 'aéb日c' | fold -w 3 | od -An -tx1; echo 'éa' | head -c 2; echo; echo '日本' | rev; echo 'é à' | tr ' ' '\n'; echo '日本語' | sed 's/本/x/' ; echo ééé | tr -d é; echo; echo 'ab' | tr ab 'éà' | od -An -tx1

### counting and searching
echo 'é日x' | wc -m -c -L; printf 'é\n日本\n' > f; grep -c . f; grep -o . f | wc -l; grep '^..$' f; grep -b 本 f; grep -n é f; awk '{print length($0), index($0,"本")}' f; expr length 日本; expr index 日本 本; echo 日本 | awk -F '' '{print $2 $1}'

### columns and formatting
printf 'é x\nlonger y\n' | column -t; echo 'é日 word' | fmt -w 5; printf 'é\tb\n' | expand; nl <<< é; printf '日\n' | pr -t; printf 'a\u00a0b\n' | wc -w

### file names
touch é 日本.txt 'naïve file'; ls; echo *; for f in *; do echo "${#f} $f"; done; find . -name 'é'; find . -name '??.txt'; mkdir 'ü dir'; cd 'ü dir'; pwd; basename "$PWD"; cd ..; ls -b; stat -c %n 日本.txt; rm 日*; ls | wc -l; ls --quoting-style=c

### invalid bytes pass through
printf 'a\xffb\n' | cat | od -An -tx1; x=$'a\xffb'; printf %s "$x" | od -An -tx1; echo ${#x}; printf '\xff\xfe\n' | tr '\377' x | od -An -tx1; printf 'a\xffb\n' | sed 's/a/X/' | od -An -tx1; printf '\xc3\n' | grep -c .; printf '\xc3(\n' | awk '{print length($0)}' 2>/dev/null; printf '\xff\n' | sort | od -An -tx1; printf 'x\xe9y' | wc -m; printf '\xe9' | LC_ALL=C tr '\351' e; echo; printf '%s\n' $'\xff' | rev | od -An -tx1

### invalid names
touch $'x\xffy'; ls | od -An -tx1; for f in *; do printf %s "$f" | od -An -tx1; done; ls x*; find . -type f | od -An -c; ls --quoting-style=shell-escape; cat ./x* && echo readable; rm x?y && ls

### output that is not text
printf '\x00\x01\xfe\xff'

### errors with odd names
cat 'é' $'\xff' $'a\nb' "it's"; ls 日; cd ñ; échec; rm $'\t'; mkdir a/é; ls $'\xc3'; bash -c "'\$x'"

### combining characters and wide characters
s=$'e\u0301'; echo ${#s}; printf '%s' "$s" | wc -m; printf '日本\n' | wc -L; printf 'e\u0301\n' | wc -L; s=👩‍💻; echo ${#s}; printf '👍🏽' | wc -m; printf '%-6s|\n' 日本; echo -e '\u65e5'

### a byte order mark and carriage returns
printf '\xef\xbb\xbfk=v\r\nx=y\r\n' > f; head -n 1 f | od -An -c; sed 's/\r$//; 1s/^\xef\xbb\xbf//' f; tr -d '\r' < f | tail -n 1; while IFS== read -r k v; do echo "$k:${v%$'\r'}"; done < f | tail -n 1; printf '#!/bin/bash\r\necho x\r\n' > s; chmod +x s; ./s; echo $?; bash s; echo $?

### converting case and classes by locale
for c in é Σ ж ß 日 1 _ ' '; do for k in alpha upper lower digit alnum punct space print; do [[ $c == [[:$k:]] ]] && printf '%s ' $k; done; echo; done; echo 'ΑΒΓ' | sed 's/.*/\L&/'; x=ЖУК; echo ${x,,}

### locale variables
echo $LANG; LC_ALL=C bash -c 'x=é; echo ${#x}'; LC_ALL=C.UTF-8 bash -c 'x=é; echo ${#x}'; LC_ALL=POSIX printf '%s\n' é; LANG= bash -c 'x=é; echo ${#x}'; LC_CTYPE=C.UTF-8 LANG=C bash -c 'x=é; echo ${#x}'
