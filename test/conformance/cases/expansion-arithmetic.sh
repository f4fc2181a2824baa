Arithmetic: $(( )), (( )), let, bases, operators, errors.

### operators and precedence
echo $(( 2+3*4 )) $(( (2+3)*4 )) $(( 2**10 )) $(( 2**3**2 )) $(( -2**2 )) $(( 7/2 )) $(( -7/2 )) $(( 7%3 )) $(( -7%3 ))
echo $(( 1<<10 )) $(( 255>>4 )) $(( 6&3 )) $(( 6|3 )) $(( 6^3 )) $(( ~5 )) $(( !0 )) $(( !7 ))

### comparison and logic
echo $(( 3>2 )) $(( 3<=2 )) $(( 1==1 )) $(( 1!=1 )) $(( 1&&0 )) $(( 1||0 )) $(( 5>3 ? 10 : 20 )) $(( 0 ? 1 : 0 ? 2 : 3 ))

### bases
echo $(( 0x1f )) $(( 017 )) $(( 2#1010 )) $(( 16#ff )) $(( 36#zz )) $(( 64#_ )) $(( 10#08 ))

### assignment operators
i=5; (( i+=3 )); echo $i; (( i*=2, i-=1 )); echo $i; (( i<<=1 )); echo $i; (( i%=7 )); echo $i; (( i^=3 )); echo $i; (( i|=8 )); echo $i; (( i&=~1 )); echo $i

### increment and decrement
i=5; echo $(( i++ )) $i $(( ++i )) $i $(( i-- )) $(( --i )) $i

### status of a (( )) command
(( 5 )); echo $?; (( 0 )); echo $?; (( 1 > 2 )); echo $?; x=0; (( x++ )); echo "$? $x"

### comma, nesting and unset names count as zero
unset u; echo $(( u + 1 )) $(( a=2, b=3, a*b )) $(( $(( 2+2 )) * $(echo 3) ))

### names are expanded recursively
x=y; y=z; z=42; echo $(( x )); e='1+2'; echo $(( e*2 )) $(( $e*2 ))

### let
let a=3 'b = a * 2' c=a+b; echo "$a $b $c"; let 0; echo $?; let 'd=7%4'; echo $d

### sixty-four bits and overflow
echo $(( 9223372036854775807 )) $(( 9223372036854775807 + 1 )) $(( -9223372036854775808 )) $(( 1<<62 )) $(( 1<<63 )) $(( 4294967296 * 4 ))
echo $(( 0xffffffff )) $(( 2147483647 + 1 )) $(( -1 >> 1 ))

### division by zero
echo $(( 1/0 )); echo "status $?"; echo after

### modulo zero in a command
(( 5 % 0 )); echo "status $?"

### a syntax error in an expression
echo $(( 1 + )); echo "status $?"

### an operand that is no number
x=12abc; echo $(( x )); echo "status $?"

### octal surprises
echo $(( 08 )); echo "status $?"

### invalid base and digit
(echo $(( 2#12 ))); (echo $(( 99#1 )))

### arrays inside expressions
a=(1 2 3); (( a[1]+=10 )); echo "${a[@]}" $(( a[0] + a[2] )) $(( a[a[0]] )); i=0; (( a[i++]=9 )); echo "${a[@]} $i"

### integer attribute evaluates on assignment
declare -i n; n='3*4'; echo $n; n+=1; echo $n; n=abc; echo $n

### C style loop
for (( i=0, j=10; i<j; i+=3, j-- )); do echo "$i $j"; done; for ((;;)); do break; done; echo done

### greatest common divisor and powers
gcd() { local a=$1 b=$2; while (( b )); do (( t=a%b, a=b, b=t )); done; echo $a; }
gcd 1071 462; gcd 17 5; p=1; for i in {1..20}; do (( p*=3 )); done; echo $p

### factorial by recursion
fact() { (( $1 <= 1 )) && { echo 1; return; }; echo $(( $1 * $(fact $(( $1 - 1 ))) )); }
fact 5; fact 20

### fibonacci with an array
f=(0 1); for i in {2..30}; do f[i]=$(( f[i-1] + f[i-2] )); done; echo "${f[30]} ${f[*]:0:10}"

### prime sieve
n=60; for ((i=2;i<=n;i++)); do s[i]=1; done
for ((i=2;i*i<=n;i++)); do if (( s[i] )); then for ((j=i*i;j<=n;j+=i)); do s[j]=0; done; fi; done
for i in "${!s[@]}"; do (( s[i] )) && printf '%d ' $i; done; echo

### pseudo random numbers are repeatable from a seed
RANDOM=42; a="$RANDOM $RANDOM $RANDOM"; RANDOM=42; b="$RANDOM $RANDOM $RANDOM"; [[ $a == "$b" ]] && echo "same: $a"; (( RANDOM >= 0 && RANDOM <= 32767 )) && echo range

### old style brackets
echo $[ 3 * 4 ]
