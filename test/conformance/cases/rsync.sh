rsync between directories.

### copies of a tree
# skip(v86): the guest has no rsync
mkdir -p src/sub; echo a > src/a; echo b > src/sub/b; ln -s a src/link; chmod 750 src/sub; touch -d @1000000000 src/a; rsync -a src/ dst/; find dst | sort; stat -c '%n %a %Y' dst/a; stat -c %a dst/sub; readlink dst/link; rsync -a src dst2; ls dst2; echo changed >> src/a; rsync -avO src/ dst/ | grep -v '^sent\|^total'; rsync -aiO src/ dst/; echo c > src/c; rsync -ainO src/ dst/; ls dst; rm src/sub/b; touch -d @1000000000 src/sub; rsync -aiO --delete src/ dst/; find dst | sort; rsync -rl src/ copy/ && diff -r src copy && echo same

### filters and choices
# skip(v86): the guest has no rsync
mkdir -p p/.git p/node_modules/x p/lib; touch p/.git/HEAD p/node_modules/x/i.js p/lib/a.py p/lib/a.pyc p/main.py; rsync -a --exclude .git --exclude=node_modules --exclude '*.pyc' p/ out/; find out | sort; rsync -a --include '*/' --include '*.py' --exclude '*' -m p/ only/; find only | sort; printf 'lib/\nmain.py\n' > files; rsync -ar --files-from=files p part; find part | sort; rsync -ab --suffix=.bak p/main.py out/; echo v2 > p/main.py; rsync -ab --suffix=.bak p/main.py out/; ls out; echo v3-longer > p/main.py; touch -d '2001-01-01' p/main.py; rsync -au p/main.py out/; cat out/main.py; rsync -c --existing -i p/main.py out/; rsync -a --remove-source-files p/lib/a.py moved/; ls p/lib moved

### big files, sizes, lists and errors
# skip(v86): the guest has no rsync
seq 200000 > big; cp big new; rsync -t new there; sed -i 5000s/.*/CHANGED/ new; rsync -t --no-whole-file --stats new there | grep -E 'Matched|Literal' | sed 's/[0-9,]\+/N/'; cmp new there && echo equal; rsync --list-only new | awk '{print $1, $5}' | cut -c1-10; rsync -a nosuch dst; echo $?; rsync --nosuch; echo $?; rsync -a new dst/deep/er/; echo $?; rsync -a --mkpath new dst/deep/er/; ls dst/deep/er; rsync --version | head -1; mkdir d; rsync d there; rsync -an --out-format='%n %l' new elsewhere; rsync -z new zipped && cmp new zipped; rsync -a --dry-run -v d e | head -2; rsync -aH --sparse new sp && cmp new sp; rsync --partial --progress new pr | tail -1 | grep -c 100%
