git: changes as text and as files.

### format-patch and am
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main a; cd a; seq 10 > f; git add f; git commit -qm base; git clone -q . ../b; sed -i 5d f; git commit -qam 'Delete five' -m 'With a body.'; printf 'ü\n' > g; git add g; git commit -qm 'Add ü'; git format-patch -2 -o ../p; cat ../p/0002*; git format-patch -1 --stdout HEAD~1; git format-patch --cover-letter -n -v2 --subject-prefix='PATCH x' -o ../q -2; sed -n 1,12p ../q/v2-0000*; cd ../b; git am ../p/*; git log --format='%h %an %ad %s' --date=iso; git diff --stat origin/main; cat g

### am with trouble
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; seq 10 > f; git add f; git commit -qm base; git checkout -qb t; sed -i '5s/$/ t/' f; git commit -qam t; git format-patch -1 --stdout > p; git checkout -q main; sed -i '5s/$/ m/' f; git commit -qam m; git am p; echo $?; git status; git am --show-current-patch=diff; git am --abort; git status -s; git am -3 p; echo $?; git diff; sed -i -e '/^[<=>]/d' -e '/ m$/d' f; git add f; git am --continue; git log --format=%s; echo garbage > x; git am x; echo $?; git am --abort; echo $?; git am nosuch; echo $?

### apply
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; printf 'a\nb\nc\nd\ne\n' > f; echo gone > g; git add .; git commit -qm 1; sed -i 's/c/C/' f; git rm -q g; echo n > new; git add -A; git diff --cached > p; git reset -q --hard; git apply --stat p; git apply --numstat p; git apply --summary p; git apply --check p; git apply p; git status -s; git apply p; echo $?; git apply -R p; git status -s; git apply --index p; git status -s; git reset -q --hard; git apply --cached p; git status -s; git reset -q --hard; sed -i '1i zero' f; git apply -v p; cat f; git checkout -q .; rm -f new; sed -i 's/b/x/' f; git apply p; echo $?; git apply --reject p; echo $?; cat f.rej; git checkout -q .; git apply -C1 p; cat f; git apply -p0 p; echo $?; echo x | git apply; echo $?

### apply with whitespace, fuzz, directories
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; printf 'a\nb\nc\n' > f; git add .; git commit -qm 1; printf 'a\nb  \nc\n\td \n' > f; git diff > p; git checkout -q f; git apply --whitespace=warn p; git checkout -q f; git apply --whitespace=error p; echo $?; git apply --whitespace=fix p; cat -A f; git checkout -q f; mkdir sub; cp f sub; git add sub; git apply --directory=sub p; git status -s; git checkout -q .; printf -- '--- f\n+++ f\n@@ -1,2 +1,2 @@\n-a\n+A\n b\n' | git apply -p0; cat f; printf -- '--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n-q\n+A\n b\n' | git apply; echo $?; printf -- '--- a/nosuch\n+++ b/nosuch\n@@ -1 +1 @@\n-q\n+A\n' | git apply; echo $?

### patches made by diff, and git's for patch
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; seq 10 > f; git add .; git commit -qm 1; cp f f.orig; sed -i 4d f; diff -u --label a/f --label b/f f.orig f > p; git checkout -q f; git apply p; git diff --stat; git diff | grep '^[-+]'; git stash -q; git stash show -p stash@{0} | git apply --check; echo $?; git diff HEAD stash@{0} --output=out; wc -l < out

### bundle
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main a; cd a; for i in 1 2 3; do echo $i > f; git add f; git commit -qm $i; done; git tag v1 HEAD~1; git bundle create -q ../all.bundle --all; git bundle verify ../all.bundle; git bundle list-heads ../all.bundle; git bundle create -q ../part.bundle v1..main; cd ..; git clone -q -b main all.bundle b; git -C b log --oneline; git init -q c; git -C c pull -q ../part.bundle main; echo $?; git -C c fetch -q ../all.bundle main v1 && git -C c log --oneline FETCH_HEAD; git bundle verify nosuch; echo $?; head -n 1 part.bundle; git -C a ls-remote ../all.bundle

### archive
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; mkdir d; echo 1 > d/f; echo '#!/bin/sh' > x; chmod +x x; echo 'no export-ignore' > .gitattributes; echo n > no; git add .; git commit -qm 1; git archive HEAD | wc -c; git archive --format=tar --prefix=p/ HEAD | sha256sum; git archive HEAD d | git get-tar-commit-id; git archive --list; git archive -o o.zip HEAD; od -c o.zip | sed -n 1p; git archive nosuch; echo $?; git archive --format=tar.gz HEAD | od -An -tx1 -N2; git archive HEAD nosuch; echo $?; git archive --add-file=x --format=tar HEAD:d | wc -c

### fast-export and fast-import
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main a; cd a; echo 1 > f; git add f; git commit -qm 1; git mv f g; git commit -qm 2; git tag -am t t; git fast-export --all -M; git init -q -b main ../b; git fast-export --all | git -C ../b fast-import --quiet; git -C ../b log --format='%h %s' main; git rev-parse main; cd ../b; printf 'blob\nmark :1\ndata 3\nhi\ncommit refs/heads/x\ncommitter A <a@b> 1700000000 +0000\ndata 1\nm\nM 100644 :1 file\n\n' | git fast-import --quiet; git show x --format='%an %s'

### filter-branch
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; for i in 1 2 3; do echo $i > f; echo secret > s; git add .; git commit -qm "c$i"; done; export FILTER_BRANCH_SQUELCH_WARNING=1; git filter-branch --index-filter 'git rm -q --cached --ignore-unmatch s' HEAD 2>&1 | tr '\r' '\n' | tail -n 1; git log --format='%h %s' --name-only; git filter-branch -f --msg-filter 'sed s/c/C/' --env-filter 'GIT_AUTHOR_NAME=New' main >/dev/null 2>&1; git log --format='%an %s'; git filter-branch main; echo $?

### attributes
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; printf '*.txt text eol=crlf\n*.bin binary\n*.c diff=cpp\nd/** -diff\n*.up filter=up\n*.m merge=union\n' > .gitattributes; git config core.safecrlf false; git config filter.up.clean 'tr a-z A-Z'; git config filter.up.smudge 'tr A-Z a-z'; printf 'a\nb\n' > x.txt; printf 'x\r\ny\n' > y.txt; echo hello > f.up; mkdir d; echo 1 > d/f; echo bin > z.bin; git add . ; git show :x.txt | od -c | head -n 2; git show :f.up; git commit -qm 1; rm x.txt f.up; git checkout -q .; od -c x.txt | head -n 1; cat f.up; git check-attr -a z.bin x.txt; git check-attr text eol -- y.txt; echo 2 > d/f; echo b2 > z.bin; git diff; git ls-files --eol; echo base > l.m; git add l.m; git commit -qm m; git checkout -qb s; echo s >> l.m; git commit -qam s; git checkout -q main; echo t >> l.m; git commit -qam t; git merge -q --no-edit s; cat l.m; git config diff.up.textconv 'sed s/^/converted:/'; echo '*.up diff=up' >> .gitattributes; echo more >> f.up; git diff -- f.up

### encodings
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; printf 'caf\351\n' > l1; printf '\377\376h\000i\000\n\000' > u16.txt; echo 'u16.txt working-tree-encoding=UTF-16LE-BOM' > .gitattributes; git add .; git show :u16.txt; git -c i18n.commitEncoding=ISO-8859-1 commit -qm $'caf\351'; git log -1 --format=%s; git cat-file commit HEAD | od -c | sed -n '/e   n   c/,$p' | head -n 3; rm u16.txt; git checkout -q u16.txt; od -An -tx1 u16.txt; git commit -q --allow-empty -m $'bad \377'; git log -1 --format=%s | od -c; printf 'From: =?UTF-8?Q?=C3=9Cmit?= <u@x>\nSubject: =?ISO-8859-1?Q?caf=E9?=\nContent-Type: text/plain; charset=ISO-8859-1\n\nna\357ve\n---\n' | git mailinfo m p; cat m; git config i18n.logOutputEncoding latin1; git log -2 --format=%s | od -c
