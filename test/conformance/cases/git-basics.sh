git: a repository, what is in it and what changed. Dates and names are fixed, so that object ids are the same everywhere.

### init, add, commit, status, log
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main shop; cd shop; git status; echo hello > a.txt; mkdir -p src/lib; seq 1 50 > src/lib/n.txt
printf '#!/bin/sh\necho x\n' > run.sh; chmod +x run.sh; ln -s a.txt link; git status --short; git add .; git status; git commit -m 'First commit'; git log; git status; git ls-files -s; git cat-file -p 'HEAD^{tree}'; git rev-parse HEAD

### what init makes
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init a; git init; git init --bare b.git; git init -q --initial-branch=trunk c; cat c/.git/HEAD c/.git/config b.git/config; find a/.git -type d | sort; ls -l a/.git/hooks | awk '{print $1, $5, $9}'; cat a/.git/description a/.git/info/exclude; git init a; git -C c rev-parse --is-inside-work-tree --git-dir --show-toplevel; git -C b.git rev-parse --is-bare-repository

### without an identity
export HOME=/nonexistent EMAIL= GIT_CONFIG_NOSYSTEM=1
git init -q -b main .; echo a > a; git add a; git -c user.useConfigOnly=true commit -m x 2>&1; echo $?; git -c user.name=Bob -c user.email=bob@example.com commit -q -m x; git log --format='%an <%ae> %s'

### diff in the working tree and the index
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; seq 1 30 > n; echo hello > h; git add .; git commit -qm one; sed -i -e 5d -e 's/^25$/five and twenty/' n; echo world >> h; git diff; git add n; git diff --cached; git diff HEAD --stat; git diff --numstat HEAD; git diff --name-only; git diff --name-status HEAD; git diff --quiet; echo $?; git diff --exit-code -- n; echo $?; git diff -U0 HEAD -- n; git diff --shortstat HEAD; git diff --dirstat HEAD

### diff of words, whitespace and colours
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; printf 'the quick brown fox\njumps\n' > t; git add t; git commit -qm t; printf 'the slow brown  fox\n jumps \n' > t; git diff --word-diff; git diff -w; git diff -b --stat; git diff --color=always | cat -v; git diff --word-diff=color | cat -v; git diff --check; echo $?; git diff --ignore-space-change --word-diff=porcelain; git diff --color-words --no-color; git diff -R | tail -n 5

### diff without a repository
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
mkdir x y; echo 1 > x/f; echo 2 > y/f; echo same > x/s; echo same > y/s; echo new > y/n; git diff --no-index x y; echo $?; git diff --no-index --stat x/f y/f; git diff x/s y/s; echo $?

### rename, copy, mode and symbolic link in a diff
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; seq 1 40 > a; echo '#!/bin/sh' > s; ln -s a l; git add .; git commit -qm 1; git mv a b; sed -i 3d b; chmod +x s; ln -sf b l; git add -A; git status -s; git diff --cached; git diff --cached -M90% --stat; git diff --cached --no-renames --summary; git commit -qm 2; git show --stat --format=%s; git log --follow --format=%s -- b; git show --raw --abbrev=10 --format=

### binary files
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; printf 'a\0b' > bin; git add .; git commit -qm bin; printf 'a\0c' > bin; git diff; git diff --stat; git diff --binary; git diff --numstat; git commit -qam bin2; git show --format=%H --binary

### rm, mv, restore, clean
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; for f in a b c d; do echo $f > $f; done; git add .; git commit -qm 1; git rm a; git rm --cached b; git mv c e; git status --short; git restore --staged a b; git restore a; git status --short; echo x >> d; git rm d; echo $?; git rm -f d; git status --short; git reset -q --hard; touch new; mkdir dir; touch dir/f; echo '*.o' > .gitignore; touch x.o; git clean -n; git clean -nd; git clean -fdx; git status --short; ls; git mv nosuch x; echo $?; git rm nosuch; echo $?

### ignored files
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; printf '*.log\n!keep.log\n/build/\n**/tmp\ndoc/*.txt\n' > .gitignore; mkdir -p build doc/sub a/tmp; touch x.log keep.log build/o doc/a.txt doc/sub/b.txt a/tmp/z a/y; git status --short -uall; git status --short --ignored; git check-ignore -v x.log keep.log build/o doc/a.txt a/tmp/z a/y; echo $?; git add x.log; echo $?; git add -f x.log; git ls-files; git ls-files -o --exclude-standard; git ls-files -o -i --exclude-standard

### adding parts
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; seq 1 20 > n; git add .; git commit -qm 1; sed -i -e '2s/$/ two/' -e '18s/$/ eighteen/' n; printf 'y\nn\n' | git add -p; echo; git diff --cached; git diff; git commit -qm part; git add -N new 2>&1; echo $?; echo new > new; git add -N new; git status --short; git diff --stat; git add -u; git status --short; git add --dry-run .; git reset -q; git status -s

### commit in its forms
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; echo 1 > f; git add f; printf 'Subject\n\nBody line\n' | git commit -F -; echo 2 > f; git commit -am 'two' -m 'second paragraph'; git commit -m none; echo $?; git commit --allow-empty -qm empty; git commit --amend -qm 'better'; git commit --amend --no-edit --author='Bob <bob@example.com>' --date=2020-02-02T02:02:02Z; git log --format='%h %an %ad %s%n%b' --date=iso; echo 3 > f; GIT_EDITOR="sed -i '1s/^/From the editor/'" git commit -a; git log -1 --format=%B; git commit -F nosuch; echo $?; GIT_EDITOR=: git commit --allow-empty; echo $?

### commit with a template, a cleanup and trailers
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; echo 1 > f; git add f; printf '# comment\nSubject\n\n\n  indented\n# more\n\n' | git commit -q --cleanup=strip -F -; git cat-file commit HEAD; git commit -q --allow-empty -s -m signed; git commit -q --allow-empty -m t --trailer 'Reviewed-by: Bob <b@x>' --trailer 'Fixes: 12'; git log -2 --format='%B---%(trailers:key=Fixes)'; printf 'subject\n\nbody\n' | git interpret-trailers --trailer 'Acked-by: C'; git commit --allow-empty -q --fixup HEAD; git log -1 --format=%s; git commit -q --allow-empty -C HEAD~1; git log -1 --format=%s

### status in its forms
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main 'with space'; cd 'with space'; echo 1 > 'a file'; echo ü > über; printf x > 'tab	name'; git add .; git commit -qm 1; echo 2 >> 'a file'; touch new; git status -s; git status -s -b; git status --porcelain=v2 --branch; git status -z | tr '\0' '\n'; git -c core.quotePath=false ls-files; git ls-files; git checkout -q --detach; git status; git status --short --branch; git status -uno; cd ..; git -C 'with space' status -s

### reset in its forms
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; for i in 1 2 3; do echo $i > f; git add f; git commit -qm $i; done; git reset --soft HEAD~1; git status -s; git reset HEAD~1; git status -s; cat f; git reset --hard ORIG_HEAD; git log --format=%s; git reset --hard HEAD@{2}; git reflog; echo x > g; git add g; git reset g; git reset --keep HEAD~1; echo $?; git log --oneline; git reset nosuch; echo $?

### tags and describe
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; git commit -q --allow-empty -m 1; git tag v1; git tag -a v1.1 -m 'Version 1.1'; git commit -q --allow-empty -m 2; git describe; git describe --tags --long; git tag; git tag -n; git show v1.1; git cat-file tag v1.1; git tag -d v1; git tag -l 'v1.*'; git tag v1.1; echo $?; git tag -f -m again v1.1; git describe --always --dirty; git for-each-ref --format='%(refname:short) %(objecttype) %(*objecttype) %(taggername) %(subject)'; git tag --points-at HEAD; git tag --contains HEAD~1; git tag -v v1.1; echo $?; git describe --contains HEAD~1

### config
export HOME=$PWD
git config --global user.name 'Ada L'; git config --global alias.st 'status -s'; git config --global alias.hi '!echo hi from $(pwd)'; git config --global core.excludesFile '~/.ignore'; git config --global --list; cat .gitconfig; git init -q -b main r; cd r; git config user.email ada@example.com; git config --get user.name; git config user.name; git config --show-origin --get user.email; git config nosuch.key; echo $?; git config --add remote.o.fetch a; git config --add remote.o.fetch b; git config --get-all remote.o.fetch; git config remote.o.fetch c; echo $?; git config --replace-all remote.o.fetch c; git config --unset remote.o.fetch; git config --bool core.bare; git config --type=int --default 5 x.y; git config --get-regexp '^user'; touch .ignored; echo .ignored > ~/.ignore; git st; git hi; git config --rename-section user person; cat .git/config; git config bad; echo $?; git config x; echo $?; git config --global --unset-all alias.hi; git hi; echo $?; printf '[include]\n\tpath = extra\n' >> .git/config; printf '[x]\n\tk = "v ; # q" # c\n' > .git/extra; git config x.k; echo '[broken' >> .git/config; git status; echo $?

### help and version
export GIT_DISCOVERY_ACROSS_FILESYSTEM=1
git --version; git version; git help | head -n 12; git | tail -n 5; echo $?; git --exec-path; git commit -h | head -n 5; git stauts; echo $?; git --nosuch; echo $?; git nosuchcommandatall; echo $?; git log --nosuch; echo $?

### outside of a repository
export HOME=/nonexistent GIT_DISCOVERY_ACROSS_FILESYSTEM=1
git status; echo $?; git log; echo $?; git commit -m x; echo $?; git add x; echo $?; git rev-parse --git-dir; echo $?; git -C nosuch status; echo $?; git --git-dir=nosuch status; echo $?; git diff; echo $?; git clone nosuch; echo $?; GIT_CEILING_DIRECTORIES=/tmp git rev-parse --show-toplevel; echo $?

### a repository of somebody else
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main theirs; git -C theirs commit -q --allow-empty -m 1; chown -R 1000:1000 theirs; git -C theirs log --oneline; echo $?; git -C theirs status; git -c safe.directory='*' -C theirs log --oneline; echo $?; HOME=$PWD; git config --global --add safe.directory /tmp/case/theirs; git -C theirs log --oneline

### from within a subdirectory
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; mkdir -p a/b c; echo 1 > a/b/f; echo 2 > c/g; echo 3 > top; git add .; git commit -qm 1; cd a/b; echo x >> f; echo y >> ../../c/g; git status -s; git diff --stat; git diff --relative; git add .; git status -s; git commit -qm sub; git rev-parse --show-prefix --show-cdup; git ls-files; git ls-files --full-name :/; git show HEAD:./f; git log --format=%s -- .; git grep -n 2; git grep -n . :/; git checkout HEAD~1 -- :/c; git status -s; git add -A :/; git rm -rq --cached .; git status -s

### large and many
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; mkdir d; for i in $(seq 300); do echo "file $i" > d/$i; done; seq 1 200000 > big; git add .; git commit -qm many; git ls-files | wc -l; git rev-parse 'HEAD^{tree}' HEAD:big; sed -i 's/^150000$/x/' big; git diff; git diff --stat; git commit -qam big; git count-objects | cut -d, -f1; git log --stat --format=%h | tail -n 3
