git: looking at what was done.

### log formats
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; for i in 1 2 3; do echo $i > f$i; git add .; GIT_AUTHOR_DATE="2024-05-0${i}T10:00:00+0200" git commit -qm "Commit $i" -m "Body $i"; done; git log --oneline; git log --format='%H|%h|%T|%P|%an|%ae|%ad|%cd|%s|%b|%D' --date=short; git log --pretty=fuller -1; git log --format='%ad' --date=format:%Y/%m/%d-%H:%M; git log -1 --date=iso-strict --format=%ad; git log -1 --date=unix --format='%ad %at %aI %ai %aD'; git log --format=raw -1; git log --reverse --format=%s; git log -n 1 --skip=1 --format='%C(red)%s%C(reset)' --color=always | cat -v; git log --format='%<(12)%s|%>(8)%an|%x41%n%w(20,2,4)%b' -1; git log --format=tformat:%s -z | tr '\0' '#'; git log --format=email -1 | head -n 4

### log by path, content, author, time
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; for i in 1 2 3 4; do echo "line $i" >> f; echo $i > g$i; git add .; GIT_AUTHOR_NAME=P$((i % 2)) GIT_COMMITTER_DATE="2024-05-0${i}T10:00:00Z" GIT_AUTHOR_DATE="2024-05-0${i}T10:00:00Z" git commit -qm "change $i"; done; git log --format=%s -- g2 g3; git log --format=%s --author=P1; git log --format=%s --grep='[34]$'; git log --format=%s -i --grep=CHANGE --invert-grep; git log -S'line 3' --format=%s; git log -G'line [12]' --format=%s; git log --since=2024-05-02T12:00:00Z --until=2024-05-03T12:00:00Z --format=%s; git log -L2,3:f --format=%s; git log HEAD~2..HEAD --format=%s; git log HEAD~3.. --format=%s ^HEAD~1; git log --diff-filter=A --name-only --format=%s -- f; git log -p -1 --format=%s -- f; git log --name-status --format=%h -2

### a graph of branches
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; c() { GIT_COMMITTER_DATE="2024-05-01T12:00:$1Z" git commit -q --allow-empty -m "$2"; }; c 01 base; git checkout -qb a; c 02 a1; c 03 a2; git checkout -q main; c 04 m1; git checkout -qb b; c 05 b1; git checkout -q main; GIT_COMMITTER_DATE=2024-05-01T12:00:06Z git merge -q --no-edit a; GIT_COMMITTER_DATE=2024-05-01T12:00:07Z git merge -q --no-edit b; git log --graph --oneline --all --decorate; git log --graph --format=%s%d --first-parent; git log --merges --format=%s; git log --no-merges --topo-order --format=%s; git log main --not a --format=%s; git log --oneline a...b --left-right; git show --format=%p:%s HEAD; git rev-list --count --left-right a...b; git rev-list --parents HEAD | head -n 2; git merge-base a b; git merge-base --is-ancestor a main; echo $?; git show-branch a b; git branch --contains a; git branch --merged; git branch --no-merged a; git log --oneline --ancestry-path a..main; git log --simplify-by-decoration --format=%d

### show
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; printf 'a\nb\n' > f; mkdir d; echo x > d/g; git add .; git commit -qm one; echo c >> f; git commit -qam two; git tag -am tagged t; git show; git show HEAD~1:f; git show HEAD:d; git show HEAD^{tree}; git show t --stat; git show --name-only --format=; git show :/one --format=%s -s; git show HEAD:nosuch; echo $?; git show nosuch; echo $?; git cat-file -t HEAD; git cat-file -s HEAD:f; git cat-file -p t; git cat-file blob HEAD:f; echo HEAD:f | git cat-file --batch; echo HEAD:no | git cat-file --batch-check; git ls-tree -r -l HEAD; git ls-tree --name-only HEAD d/

### blame
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; printf 'a\nb\nc\n' > f; git add .; git commit -qm one; sed -i 's/b/B/' f; GIT_AUTHOR_NAME=Bob GIT_AUTHOR_DATE=2024-05-02T12:00:00Z git commit -qam two; echo d >> f; git blame f | sed 's/(Not.*/.../'; git blame -s -L2,3 HEAD -- f; git blame -e -L1,2 HEAD f; git blame --line-porcelain HEAD -L2,2 f; git blame -l -t HEAD f; git mv f g; git commit -qam moved; git blame -f HEAD g; git blame -w -C HEAD~1 f; git annotate HEAD~1 f | head -n 1; git blame nosuch; echo $?; git blame -L9,9 g; echo $?

### grep
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; mkdir d; printf 'int main(void)\n{\n\treturn FOO;\n}\n' > d/a.c; printf 'foo bar\nFoo\nx.y\nüber\n' > t; git add .; git commit -qm 1; echo 'foo untracked' > u; git grep foo; git grep -n -i foo; git grep -c o; git grep -l return; git grep -w Foo; git grep -F . ; git grep -E 'fo+|ret'; git grep -P '(?<=f)oo|\bü\w+'; git grep --untracked foo; git grep foo HEAD; git grep -n -e foo --and -e bar; git grep -A1 -p return; git grep --no-index foo u; git grep nosuch; echo $?; git grep -h -o 'o[ox]*' t; git grep -v o -- t; git grep --heading --break -n o; git grep -L foo; git grep -q Foo; echo $?; git grep '['; echo $?; git grep -n ^.ber; git grep -I --max-depth 0 foo; git grep 'a.*(' -- '*.c' ':!t'

### names of commits
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; for i in 1 2 3 4; do git commit -q --allow-empty -m "c $i"; git tag t$i; done; git checkout -qb side HEAD~2; git commit -q --allow-empty -m s; git checkout -q main; git merge -q --no-edit side; git rev-parse HEAD^ HEAD^2 HEAD~2 t2^{commit} main@{0} :/c\ 2 'HEAD^{/c 3}' t1..t2 'HEAD^@'; git rev-parse --short HEAD; git rev-parse --abbrev-ref HEAD; git rev-parse --symbolic-full-name t1 @; git rev-parse --verify -q nosuch; echo $?; git rev-parse nosuch; echo $?; git rev-parse @{-1}; git name-rev HEAD~1 HEAD^2; git rev-list --all --count; git rev-list HEAD --max-count=2 --abbrev-commit; git rev-parse 'HEAD~99'; echo $?; git rev-list -n 1 --before=2024-06-01 HEAD; git symbolic-ref HEAD; git show-ref; git show-ref --verify -q refs/heads/main; echo $?; git for-each-ref --sort=-refname --format='%(refname) %(objectname:short)' refs/tags; git check-ref-format --branch 'a..b'; echo $?; git hash-object --stdin </dev/null; echo x | git hash-object -w --stdin; git cat-file -e $(echo x | git hash-object --stdin); echo $?

### shortlog, count, who
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; for n in Ada Bob Ada Cem; do GIT_AUTHOR_NAME=$n GIT_AUTHOR_EMAIL=$n@x git commit -q --allow-empty -m "by $n"; done; git shortlog HEAD; git shortlog -sn HEAD; git shortlog -se HEAD; git log --format=%an | sort | uniq -c; printf 'Grace <g@x> <Ada@x>\n' > .mailmap; git shortlog -sne HEAD; git check-mailmap '<Ada@x>'; git log --format='%aN %aE' -1 HEAD~1; git rev-list --count HEAD; git log --oneline | wc -l

### reflog
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; for i in 1 2 3; do git commit -q --allow-empty -m $i; done; git checkout -qb x; git reset -q --hard HEAD~2; git checkout -q -; git commit -q --allow-empty --amend -m three; git reflog; git reflog show x; git log -g --format='%gd %gs' -3; git rev-parse HEAD@{1} x@{1}; git reflog exists refs/heads/x; echo $?; git reflog expire --expire=all --all; git reflog; git log -1 HEAD@{5}; echo $?

### notes and replace
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; git commit -q --allow-empty -m 1; git notes add -m 'a note'; git log; git notes append -m more; git notes show; git notes list; git log --no-notes --oneline; git notes remove; git commit -q --allow-empty -m 2; git replace --graft HEAD; git log --format=%s; git replace -l; git --no-replace-objects log --format=%s; git replace -d $(git rev-parse HEAD)

### range-diff and cherry
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; seq 9 > f; git add f; git commit -qm base; git checkout -qb a; echo A >> f; git commit -qam A; echo B >> f; git commit -qam B; git checkout -qb b main; echo A >> f; git commit -qam A; echo BB >> f; git commit -qam 'B better'; git range-diff main a b; git cherry -v a b; git diff a...b --stat; git diff a..b
