bc and dc.

### bc: arithmetic and scale
echo '1+2*3' | bc; echo 'scale=4; 10/3; 2^100; 7%3; -7/2; sqrt(2)' | bc; bc <<< '5 > 3; 5 == 4; !0; 1 && 0'; echo 'scale=2; 100*1.05^10' | bc; echo '10/3' | bc; echo 'scale=20; 1/7' | bc; echo '.1+.2; -.5*2; 1.50+0' | bc

### bc -l
echo '4*a(1); e(1); l(10); s(1); c(0); j(0,1)' | bc -l; echo 'scale=50; 4*a(1)' | bc -l; echo 'e(0.5*l(2))' | bc -l; bc -l <<< 'scale=3; 22/7'

### bc: bases
echo 'obase=16; 255; obase=2; 10; obase=10; ibase=16; FF; 1F*2' | bc; echo 'ibase=2; 101101' | bc; echo 'obase=100; 123456' | bc; echo 'obase=16; ibase=2; 11111111' | bc; printf 'ibase=16\nobase=A\nDEADBEEF\n' | bc

### bc: programs
cat > f.bc <<'END'
/* factorials */
define f(n) {
  if (n <= 1) return (1)
  return (n * f(n - 1))
}
define fib(n) { auto a, b, t; a = 0; b = 1; for (i = 0; i < n; i++) { t = a + b; a = b; b = t; }; return (a); }
for (i = 1; i <= 10; i++) { print i, "! = ", f(i), "\n" }
fib(90)
f(50)
quit
END
bc f.bc; bc -q f.bc < /dev/null | tail -n 3; echo 'x=5; while(x) { x--; if (x==2) continue; x }' | bc; echo 'a[3]=7; a[3]*2; length(12345); scale(1.234); last' | bc

### bc: long numbers are broken
echo '2^500' | bc; echo '2^500' | BC_LINE_LENGTH=0 bc; echo '2^1000' | BC_LINE_LENGTH=40 bc | head -n 2

### bc: errors
echo '1/0' | bc; echo $?; echo '1+' | bc; echo $?; echo 'foo(1)' | bc; echo 'sqrt(-1)' | bc; echo '2^0.5' | bc; bc nosuch < /dev/null; echo $?; echo 'print "a\tb\n"; "text"' | bc; echo; echo 'quit' | bc; bc --version | head -n 1; echo 'halt' | bc -q

### bc in shell scripts
total=0; for p in 19.99 5.01 3.50; do total=$(echo "$total + $p" | bc); done; echo $total; avg=$(echo "scale=2; $total / 3" | bc); echo "avg $avg"; if (( $(echo "$total > 28" | bc) )); then echo more; fi; printf '%.1f\n' "$(echo 'scale=3; 2/3' | bc)"; seq -s+ 100 | bc; echo "scale=1; $(seq 5 | paste -sd+ | bc)/5" | bc; x=$(bc <<< "obase=2; 37"); echo "$x"; paste -d'*' <(seq 3) <(seq 4 6) | bc | paste -sd' '

### dc
# skip(v86): dc is not there
echo '2 3 + p' | dc; echo '5 k 1 3 / p' | dc; dc -e '2 100 ^ p'; dc -e '10 16 o p 2 o p'; dc -e '16 i FF p'; dc -e '1 2 3 f c z p'; dc -e '[1p]sa 1 1 =a'; dc -e '[d1-d1<F*]dsFx p' <<< ''; dc -e '5 [d 1 - d 1 <F *]dsFx p'; dc -e '3 sa 4 la * p la p'; dc -e '2 v p 5 k 2 v p'; dc -e '17 5 ~ f'

### dc: strings, files, errors
# skip(v86): dc is not there
dc -e '[hello]p [world]n 10P'; echo '1 2 3 +' > f; echo p | dc f -; dc f -e p; dc -e '1 0 / p'; dc -e '+'; dc -e 'x p'; dc nosuch; echo $?; dc -e '65 P 10 P'; dc -e '[a]Z p 12345 Z p'; dc -e '0 1 :a 1 ;a p'; dc -V | head -n 1; dc -e '2 3 5 | p'

### large numbers
echo '3^2000 % 10^20' | bc; echo 'scale=200; sqrt(2)' | BC_LINE_LENGTH=0 bc; echo 'define p(n){auto i;for(i=2;i*i<=n;i++)if(n%i==0)return 0;return 1}; for(k=2;k<200;k++)if(p(k))k' | bc | tail -n 3 | paste -sd' '
