Here-documents and here-strings.

### expansion inside
name=World; cat <<EOT
Hello $name, $((1+2)) \$name \\ \`x\` $(echo sub) "quotes" 'single'
EOT

### a quoted delimiter keeps the text
cat <<'EOT'
$HOME $(date) `x` \n \\ ${a:-b}
EOT
cat <<"EOT2"
$1
EOT2
cat <<\EOT3
$2
EOT3

### tabs are stripped with a dash
cat <<-EOT
	one tab
		two tabs
    spaces stay
	EOT
echo after

### two here-documents on one line
paste - /dev/fd/3 <<A 3<<B
left1
left2
A
right1
right2
B

### in a pipeline and a loop
cat <<EOT | tr a-z A-Z | sort -r
banana
apple
EOT
while read -r a b; do echo "$b-$a"; done <<EOT
1 one
2 two
EOT

### writing a file
cat > config.ini <<EOT
[main]
path = /opt/app
user = ${USER}
EOT
cat config.ini; wc -l < config.ini

### in a function and a subshell
usage() {
  cat <<EOT
Usage: $1 [options]
  -h  help
EOT
}
usage tool; (cat <<EOT
sub
EOT
)

### into a variable
v=$(cat <<'EOT'
line "1"
line '2' $x
EOT
); echo "$v"

### line continuation inside
cat <<EOT
joined \
line
EOT
cat <<'EOT'
kept \
line
EOT

### empty and blank
cat <<EOT
EOT
cat <<EOT | wc -l


EOT

### the delimiter must stand alone
cat <<END
 END
END 
END

### here-string
cat <<< "a  b $((2*3))"; v=$'x\ny'; cat <<< $v; wc -c <<< ""; read -r a b <<< "one two three"; echo "$b"; tr a-z A-Z <<< 'quoted $x'

### here-document as a script
bash -s -- arg1 "arg 2" <<'EOT'
echo "$# $2"
for i in "$@"; do echo "$i"; done
EOT

### nested here-documents through bash
bash <<'OUTER'
cat <<INNER
inner $((1+1))
INNER
echo outer
OUTER

### generating code with a here-document
name=greet; cat > $name.sh <<EOT
#!/bin/bash
$name() { echo "hi \$1"; }
$name "\$@"
EOT
chmod +x $name.sh; ./$name.sh you; cat $name.sh

### array and command expansion inside
a=(x "y z"); cat <<EOT
${a[0]} ${a[@]} ${#a[@]} ${a[1]^^}
$(for i in 1 2; do echo "item $i"; done)
EOT

### an end of file ends it with a warning
bash -c 'cat <<EOT
no end'; echo $?

### a large here-document
cat > big.sh <<EOT
cat <<'X' | md5sum
$(seq 1 20000)
X
EOT
bash big.sh; seq 1 20000 | md5sum

### here-document to several descriptors
while read -r l <&5; do echo "5:$l"; done 5<<EOT
a
b
EOT
exec 6<<<"kept"; cat <&6

### in a conditional and with an operator after
if grep -q needle <<EOT; then echo found; fi
hay
needle
EOT
cat <<EOT && echo ok || echo bad
x
EOT

### quotes in parameter expansions inside
x=1; cat <<EOT
${x:+"set"} ${y:-'def'} ${y:-"d q"}
EOT

### here-document with carriage returns and tabs
cat <<EOT | od -c
a	b$(printf '\r')
EOT
