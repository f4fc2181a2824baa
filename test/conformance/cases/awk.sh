awk (GNU awk, as the sandbox's awk is).

### fields and records
printf 'a b c\nd e f\n' > f; awk '{print $2}' f; awk '{print $NF, NF, NR}' f; awk '{$2="X"; print}' f; awk 'NR==2' f; awk '{print $1 $3}' f; awk '{$5="new"; print; print NF}' f | head -n 2; awk '{NF=2; print}' f; awk '{print $(1+1)}' f; awk 'END{print $0, NR}' f

### separators
echo 'a:b:c' | awk -F: '{print $2}'; echo 'a,b;c' | awk -F'[,;]' '{print $3}'; echo 'a||b' | awk -F'\\|\\|' '{print $2}'; printf 'a\tb c\td\n' | awk -F'\t' '{print $2}'; awk 'BEGIN{FS=":"; OFS="-"} {$1=$1; print}' <<< a:b:c; echo 'k1=v1 k2=v2' | awk -F'[= ]' '{print $2, $4}'; echo abc | awk -F '' '{print $2}'; echo '  a  b ' | awk '{print NF; print "[" $1 "]"}'; echo '1 2' | awk -v OFS=, '{print $1,$2}'; echo 'aXXbXc' | awk -FX+ '{print $2 $3}'

### record separators
printf 'a\nb\n\nc\nd\n' | awk -v RS= '{print NR": "$1"-"$2}'; printf 'x;y;z' | awk -v RS=';' '{print}'; printf 'a1b22c' | awk -v RS='[0-9]+' '{print $0, RT}'; printf 'l1\nl2\n' | awk -v ORS=' | ' '{print}'; echo; printf 'n a\nx 1\n\nn b\nx 2\n' | awk 'BEGIN{RS="";FS="\n"} {print $1 "/" $2}'; printf 'a\0b\0' | awk -v RS='\0' '{print}'

### patterns
seq 10 > n; awk '/1/' n; awk '$1 > 8' n; awk '$1%3==0 && $1<9' n; awk 'NR==2,NR==4' n; awk '/3/,/5/{print "r" $0}' n; awk '!/[0-5]/' n; awk '$1==1 || $1==10' n; awk 'NR%4==0{print; next} END{print NR}' n; awk '$0 ~ "^1$"' n; awk '$1 !~ /[1-9]/' n | wc -l

### BEGIN and END
awk 'BEGIN{print "start"; x=5} END{print "end", x}' /dev/null; awk 'BEGIN{exit 3} END{print "end runs"}'; echo $?; awk 'BEGIN{print 1} BEGIN{print 2}'; awk 'END{print NR}' /dev/null; seq 3 | awk '{s+=$1} END{print s, s/NR}'

### arrays
printf 'x 1\ny 2\nx 3\n' | awk '{s[$1]+=$2; c[$1]++} END{for(k in s) print k, s[k], c[k]}' | sort; awk 'BEGIN{a["k"]=1; if("k" in a) print "in"; if(!("z" in a)) print "not"; delete a["k"]; print length(a); a[1,2]=3; for(i in a){split(i,p,SUBSEP); print p[1] "-" p[2]}; if((1,2) in a) print "multi"; delete a; print length(a)}'

### associative order with PROCINFO
awk 'BEGIN{PROCINFO["sorted_in"]="@ind_str_asc"; a["b"]=1;a["a"]=2;a["c"]=0; for(k in a) printf "%s ", k; PROCINFO["sorted_in"]="@val_num_desc"; for(k in a) printf "%s ", k; print ""}'

### arrays of arrays and sorting functions
awk 'BEGIN{a[1][2]="x"; a[1]["k"]="y"; for(i in a) for(j in a[i]) print i,j,a[i][j]; n=split("pear apple fig",w); asort(w); for(i=1;i<=n;i++) printf "%s ", w[i]; print isarray(a), isarray(n)}'; awk 'BEGIN{n=split("c a b",w); m=asort(w,s); print m, s[1], s[3], w[1]; x["z"];x["q"]; k=asorti(x,y); print k, y[1]}'

### string functions
awk 'BEGIN{s="hello world"; print length(s), substr(s,1,5), substr(s,7), substr(s,-1,3), index(s,"wor"), toupper(s), tolower("ABC"); print match(s,/o w/), RSTART, RLENGTH; print substr("hello",2,100) "|" substr("hello",10) "|"; print sprintf("%05.1f|%-5s|%5s|%x|%c|%c", 3.14159,"ab","cd",255,65,"hello")}'

### substitution functions
awk 'BEGIN{s="aaa"; n=sub(/a/,"b",s); print n,s; n=gsub(/a/,"[&]",s); print n,s; t="a.b.c"; gsub(/\./,"\\&",t); print t; print gensub(/(a)(b)/,"\\2\\1","g","abab"); print gensub(/a/,"x",2,"aaa"); u="foo"; gsub(/o*/,"-",u); print u}'; echo 'x y x' | awk '{gsub(/x/,"z")} 1'; echo 'a b' | awk '{sub(/b/,"&&",$2); print}'

### splitting
awk 'BEGIN{n=split("a:b:c",p,":"); print n,p[1],p[3]; n=split("a1b2c",q,/[0-9]/,seps); print n, seps[1] seps[2]; print split("",e), length(e); n=split(" lead  trail ",r); print n, r[1]; n=split("abc",ch,""); print n, ch[2]; n=patsplit("x12y3",d,/[0-9]+/); print n,d[1],d[2]}'

### numbers and strings
awk 'BEGIN{print 1+"3x", "10"<"9", 10<9, "a"<"b", 1==1.0, "1"==1, 0.1+0.2, 1e6, 1e20, 100000*100000, 2^10, 2**3, 7%3, -7%3, 1/3; print 1 " " 2, -1 " " -2; x="3.0"; print (x==3), x+0; print length(12345), 017, 0x11; print substr(12345,2,2)}'; echo '10 9' | awk '{print ($1<$2), ($1""<$2"")}'; echo '1e3 0x10 010' | awk '{print $1+0,$2+0,$3+0}'

### number formats
awk 'BEGIN{CONVFMT="%.2g"; a=3.14159; b=a ""; print b; OFMT="%.3f"; print 3.14159, 5, 1e300; printf "%d %i %5.2f %e %g %o %X %%\n", 3.99, -3.99, 2.5, 12345, 0.00001, 8, 255; printf "%*d|%-*d|\n", 5, 42, 5, 42; printf "%s %s %s\n", 1e15, 1e16, 123456789012; print 2^53, 2^53+1, 2^63, -2^31; print int(3.9), int(-3.9), int("4x")}'

### math functions
awk 'BEGIN{printf "%.4f %.4f %.4f %.4f %.4f %.4f\n", sin(1), cos(1), atan2(1,2), exp(1), log(10), sqrt(2); srand(1); a=rand(); srand(1); b=rand(); print (a==b), (a>=0&&a<1), srand(5), srand(); print and(12,10), or(12,10), xor(12,10), lshift(1,4), rshift(16,2), compl(0)>0; print exp(1000), -log(0), exp(-1000)}'

### control flow
awk 'BEGIN{for(i=0;i<5;i++){if(i==1)continue; if(i==4)break; printf "%d ",i}; while(j<3)j++; do{k++}while(k<4); print j,k; switch("b"){case "a": print 1; break; case /b/: print 2; case "c": print 3; break; default: print 4}; print (5>3?"y":"n"); x = 1; x += 2; x *= 3; x -= 1; x /= 2; x %= 3; x ^= 2; print x, x++, ++x, x--, !x, -x}'

### user functions
awk 'function fact(n){return n<2?1:n*fact(n-1)} function swap(a,i,j,  t){t=a[i];a[i]=a[j];a[j]=t} function none(){} BEGIN{print fact(10), fact(20); x[1]="a";x[2]="b"; swap(x,1,2); print x[1],x[2]; print "[" none() "]"; f="fact"; print @f(5)}'

### getline
printf '1\n2\n3\n4\n' > f; awk '{getline x; print $0, x}' f; awk 'BEGIN{while((getline l < "f")>0) n+=l; print n; close("f"); getline l < "f"; print l; print (getline z < "nosuch"), z}'; awk 'BEGIN{"echo cmd out" | getline v; print v; while(("seq 3" | getline q)>0) s=s q; print s; "date -u -d @0 +%Y" | getline; print $0}'; awk 'NR==1{getline; print "second " $0}' f; awk 'BEGIN{while((getline line) > 0) c++; print c}' f

### output to files and pipes
awk 'BEGIN{print "one" > "o"; print "two" > "o"; close("o"); while((getline l < "o")>0) print "got", l; print "c\na\nb" | "sort"; close("sort"); print "after sort"; print "app" >> "o"; printf "%s\n", "err" > "/dev/stderr"; print "std" > "/dev/stdout"; print "x" | "cat 1>&2"}'; cat o; printf '1 a\n2 b\n' | awk '{print $2 > ("out" $1)}'; cat out1 out2

### system and exit status
awk 'BEGIN{r=system("exit 3"); print r; system("echo from system"); r=system("kill -9 $$"); print r; print close("nosuch"); cmd="exit 5"; print "" | cmd; print close(cmd); exit}'; awk 'BEGIN{exit 256+7}'; echo $?; awk '{exit NR} END{print "x"}' <<< a; echo $?

### two-way pipes
awk 'BEGIN{c="sort -r"; print "a" |& c; print "b" |& c; close(c,"to"); while((c |& getline l)>0) print l; close(c)}'

### variables from outside
awk -v x=5 -v s='a\tb' 'BEGIN{print x+1, s}'; awk '{print v, $0}' v=1 /dev/fd/3 v=2 /dev/fd/4 3<<<a 4<<<b; V=env awk 'BEGIN{print ENVIRON["V"]}'; awk 'BEGIN{print ARGC, ARGV[0], ARGV[1]; ARGV[1]=""}' x; awk -v n="$((2*3))" 'BEGIN{print n*2}'; x='a"b'; awk -v q="$x" 'BEGIN{print q}'

### program files and options
printf 'BEGIN { print "file" }\n' > p.awk; awk -f p.awk; printf 'function f(x){return x*2}\n' > l.awk; awk -f l.awk -e 'BEGIN{print f(4)}'; awk --version | head -n 1 | cut -d' ' -f1,2 | cut -d, -f1; awk -- '{print}' <<< dd; printf '#!/usr/bin/awk -f\n{ print "s", $1 }\n' > s; chmod +x s; echo a | ./s; awk --posix 'BEGIN{print length("x")}'; awk -n 'BEGIN{print "0x10"+0}'; awk -S 'BEGIN{system("echo no")}'; echo $?

### two files
printf '1 a\n2 b\n' > k; printf '2 x\n3 y\n' > d; awk 'NR==FNR{m[$1]=$2; next} $1 in m{print $1, m[$1], $2}' k d; awk '{print FILENAME, FNR, NR}' k d; awk 'FNR==1{print "== " FILENAME} {print} ENDFILE{print "--"}' k d; awk 'FNR==2{nextfile} {print}' k d

### regular expressions
printf 'abc\na.c\naXXc\nABC\n' > f; awk '/a.c/' f; awk '/a\.c/' f; awk '/^a.*c$/ {n++} END{print n}' f; awk '/aX{2}c/' f; awk 'tolower($0) ~ /^abc$/' f; awk 'BEGIN{IGNORECASE=1} /abc/' f; awk '/[[:upper:]]{3}/' f; awk -v r='^a' '$0 ~ r' f | wc -l; awk '{print /X/ ? "x" : "-"}' f | paste -sd ''; awk 'BEGIN{if("foo bar" ~ /\<bar\>/) print "w"; if ("a\nb" ~ /a.b/) print "nl"; print match("aab",/(a+)(b)/,m), m[1], m[2], m[1,"start"]}'

### fixed widths and field patterns
echo 'abcdefghij' | awk 'BEGIN{FIELDWIDTHS="3 2 5"} {print $1,$2,$3}'; echo 'a,"b,c",d' | awk 'BEGIN{FPAT="([^,]+)|(\"[^\"]+\")"} {print NF, $2}'; echo 'abc123' | awk 'BEGIN{FPAT="[a-z]"} {print NF}'

### time functions
awk 'BEGIN{print strftime("%Y-%m-%d %H:%M:%S", 86400*365, 1); print mktime("1970 01 02 00 00 00"); print strftime("%a %j", 0); t=systime(); print (t>1700000000)}'

### printing and concatenation
awk 'BEGIN{print "a" "b", "c"; print("x","y"); printf("%s-%s\n","p","q"); print 1,2 > "/dev/stdout"; print "tab\there", "nl\\n", "\x41\101", "a\/b", "q\"q"; print; print ""}' < /dev/null; awk 'BEGIN { printf "no newline" }'; echo; awk 'BEGIN{print length()}' <<< abc; echo abcd | awk '{print length, length($0)}'

### CSV, JSON, tables
printf 'name,qty,price\npen,3,1.5\nbook,1,12.25\n' > t.csv; awk -F, 'NR>1{t+=$2*$3; printf "%-6s %5.2f\n", $1, $2*$3} END{printf "%-6s %5.2f\n","total",t}' t.csv; awk -F, 'NR==1{for(i=1;i<=NF;i++)h[i]=$i; next} {printf "{"; for(i=1;i<=NF;i++) printf "%s\"%s\": \"%s\"", (i>1?", ":""), h[i], $i; print "}"}' t.csv; awk -F, '{for(i=1;i<=NF;i++) a[NR,i]=$i; n=NF} END{for(i=1;i<=n;i++){for(j=1;j<=NR;j++) printf "%s%s", a[j,i], (j<NR?" ":"\n")}}' t.csv

### unique, reverse, max, histogram
printf 'b\na\nb\nc\na\n' > l; awk '!s[$0]++' l; awk '{a[NR]=$0} END{for(i=NR;i;i--) printf "%s ", a[i]; print ""}' l; printf '3\n9\n-2\n' | awk 'NR==1||$1>m{m=$1} END{print m}'; awk '{c[$0]++} END{for(k in c){printf "%s ",k; for(i=0;i<c[k];i++) printf "#"; print ""}}' l | sort; awk 'length > 3' <<< $'abc\nabcd'; awk '{ $1 = ""; print substr($0, 2) }' <<< 'x y z'

### word frequency and capitalising
echo 'the cat The dog' | awk '{for(i=1;i<=NF;i++) c[tolower($i)]++} END{for(w in c) print c[w], w}' | sort -k1,1nr -k2; echo 'hello big world' | awk '{for(i=1;i<=NF;i++) $i=toupper(substr($i,1,1)) substr($i,2)} 1'

### UTF-8
echo '漢字 é' | awk '{print length($1), length($2), substr($1,2,1), toupper($2), index($0,"é")}'; echo 'añb' | awk '{gsub(/ñ/,"n")}1'; printf '%s\n' é | awk '{printf "%5s|%-3s|%c\n", $0, $0, 233}'; echo 日本 | awk -F '' '{print NF, $2}'; LC_ALL=C awk 'BEGIN{print length("é")}'; printf '\xff\n' | awk '{print length}' 2>&1

### uninitialised, comparison of fields, ranges of types
awk 'BEGIN{print x+0, "[" x "]", length(x), (x==0), (x==""); y[1]; print length(y); print typeof(x), typeof(1), typeof("a"), typeof(y), typeof(/r/), typeof(@/r/)}'; echo '5 apples' | awk '$1 > 4 {print "more"} $2 > 4 {print "string"} $3 == 0 {print "empty is zero"} $3 == "" {print "empty"}'

### errors
awk '{print' <<< a; echo $?; awk 'BEGIN{print 1/0}'; echo $?; awk 'BEGIN{getline < }'; echo $?; awk '{print}' nosuch; echo $?; awk 'BEGIN{f(1)}'; echo $?; awk -f nosuch.awk; echo $?; awk; echo $?; awk 'BEGIN{a[1]=1; print a}'; echo $?; awk '/(/' <<< a; echo $?; awk 'BEGIN{printf "%d %d\n", 1}'; echo $?; awk 'BEGIN { x = "a }'; echo $?; awk -z 1 2>&1 | head -n 1

### big input
seq 100000 | awk '{s+=$1; if($1%2) o++} END{print s, o, NR}'; seq 50000 | awk '{a[$1%100]+=$1} END{for(i=0;i<100;i++) t+=a[i]; print t, a[7]}'; awk 'BEGIN{for(i=0;i<100000;i++) s+=i*i; printf "%.0f\n", s; for(i=0;i<20000;i++) x=x "ab"; print length(x)}'

### a report
cat > r.awk <<'A'
BEGIN { FS = "[ ]+"; print "HOST       HITS  BYTES" }
/^#/ { next }
{ hits[$1]++; bytes[$1] += $3 }
$2 >= 400 { bad[$1]++ }
END {
  n = asorti(hits, order)
  for (i = 1; i <= n; i++) {
    h = order[i]
    printf "%-10s %4d %6d%s\n", h, hits[h], bytes[h], (h in bad) ? " (" bad[h] " bad)" : ""
  }
}
A
printf '# log\nalpha 200 100\nbeta 404 5\nalpha 200 250\ngamma 500 1\nbeta 200 70\n' | awk -f r.awk
