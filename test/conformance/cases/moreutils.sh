moreutils: sponge, ts and the other small ones that pipelines wish for.

### sponge
# skip(v86): moreutils is not there
printf '3\n1\n2\n' > f; sort f | sponge f; cat f; grep 2 f | sponge -a f; cat f; seq 100000 | sponge big; tail -1 big; chmod 600 f; echo new | sponge f; stat -c %a f; sponge < f; echo x | sponge nosuch/f; echo $?; echo y | sponge > via; cat via; ln -s f link; echo z | sponge link; cat f; ls -l link | cut -c1

### ifne, pee, mispipe
# skip(v86): moreutils is not there
echo data | ifne cat; true | ifne echo never; echo $?; true | ifne -n echo empty; echo text | ifne -n echo no; seq 5 | pee 'head -1' 'tail -1' | sort; echo $?; mispipe 'sh -c "echo out; exit 3"' 'cat'; echo $?; mispipe true false; echo $?

### combine and isutf8
# skip(v86): moreutils is not there
printf 'a\nb\nc\n' > l; printf 'b\nc\nd\n' > r; combine l and r; combine l not r; combine l or r; combine l xor r; combine - and r < l; echo 'héllo' > u; printf 'h\351llo\n' > latin; isutf8 u; echo $?; isutf8 latin; echo $?; isutf8 -l u latin; isutf8 -i u latin; echo $?

### ts
# skip(v86): moreutils is not there
printf 'one\ntwo\n' | ts '%Y' | sed "s/^$(date +%Y)/YEAR/"; printf 'x\n' | ts -s '%H:%M:%S'; printf 'x\n' | ts -i '%H:%M:%S'; printf 'y\n' | ts | grep -cE '^[A-Z][a-z]{2} [ 0-9][0-9] [0-9:]{8} y$'; printf 'z\n' | ts '%.S' | grep -cE '^[0-9]{2}\.[0-9]{6} z$'

### errno
# skip(v86): moreutils is not there
errno ENOENT; errno 13; errno -s denied; errno ENOSUCH; echo $?
