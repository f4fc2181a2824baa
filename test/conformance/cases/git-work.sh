git: what an agent does with it, from end to end.

### a fix on a branch, reviewed and merged
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
set -e
git init -q -b main calc; cd calc
cat > add.sh <<'S'
#!/bin/bash
echo $(( $1 - $2 ))
S
cat > test.sh <<'S'
#!/bin/bash
[[ $(bash add.sh 2 3) == 5 ]] && echo PASS || { echo FAIL; exit 1; }
S
chmod +x *.sh; git add -A; git commit -qm 'Add calculator'; ./test.sh || echo "exit $?"
git checkout -q -b fix/subtraction; sed -i 's/ - / + /' add.sh; ./test.sh; git diff --stat; git commit -qam 'Add instead of subtracting'
git checkout -q main; echo '# calc' > README.md; git add README.md; git commit -qm 'Add a README'
git merge --no-ff -m "Merge branch 'fix/subtraction'" fix/subtraction; git branch -d fix/subtraction; git tag -a v1.0.1 -m 'Fix'
git log --graph --oneline --decorate; ./test.sh; git status --short | wc -l; git diff v1.0.1^ v1.0.1 --stat

### the commit that broke the tests
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; for i in $(seq 20); do
  if ((i < 13)); then echo 'value=42'; else echo 'value=41'; fi > config; echo "# $i" >> config
  echo "entry $i" >> CHANGES; git add .; GIT_COMMITTER_DATE="2024-05-01T12:00:$((i + 10))Z" git commit -qm "Change $i"
done
cat > /tmp/case/check.sh <<'S'
#!/bin/sh
. ./config
[ "$value" -eq 42 ]
S
chmod +x check.sh; git bisect start HEAD HEAD~19 >out; git bisect run ./check.sh | tail -n 12; bad=$(git rev-parse refs/bisect/bad); git bisect reset; git show --stat --format='%h %s' "$bad"; git revert --no-edit HEAD 2>&1 | head -n 2; git log -S'value=41' --oneline -- config

### changelog from history
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; n=0
for m in 'feat: login' 'fix: crash on empty input' 'docs: usage' 'feat(api): list users' 'chore: bump' 'fix(ui): colour'; do
  n=$((n + 1)); echo "$m" >> log; git add log; GIT_AUTHOR_DATE="2024-05-0${n}T12:00:00Z" GIT_COMMITTER_DATE="2024-05-0${n}T12:00:00Z" git commit -qm "$m"
  ((n == 2)) && git tag v0.1
done
for type in feat fix docs; do
  printf '## %s\n' "$type"; git log v0.1..HEAD --format='%s|%h|%ad' --date=short | grep "^$type" | while IFS='|' read -r subject hash date; do printf -- '- %s (%s, %s)\n' "${subject#*: }" "$hash" "$date"; done
done
git log --format=%s | sed -n 's/^\([a-z]*\).*/\1/p' | sort | uniq -c | sort -rn; git describe; git diff --stat v0.1; git log --format='%ad' --date=format:%A | sort | uniq -c

### undoing things
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; echo 1 > a; git add a; git commit -qm a; echo 2 > a; git restore a; cat a; echo secret > key; git add .; git commit -qm 'oops'; git reset -q --soft HEAD~1; git restore --staged key; echo key > .gitignore; git add .gitignore; git commit -qm 'Ignore key'; git status -s; git rm -q a; git commit -qm 'Delete a'; git checkout -q HEAD~1 -- a; git commit -qm 'Bring a back'; git log --oneline --stat; lost=$(git rev-parse HEAD); git reset -q --hard HEAD~2; git log --oneline; git reset -q --hard "$lost"; ls -A | grep -v '^.git$'; git fsck --lost-found | wc -l; git branch rescue HEAD@{1}; git log --oneline -1 rescue; git commit --amend -q -m 'Bring it back'; git push . HEAD:refs/heads/backup -q; git branch -v

### two people, one repository
export HOME=/tmp/case GIT_{AUTHOR,COMMITTER}_DATE=2024-05-01T12:00:00Z
git config --global init.defaultBranch main; git config --global advice.detachedHead false; git init -q --bare hub.git
for who in ada bob; do git clone -q hub.git $who 2>/dev/null; git -C $who config user.name $who; git -C $who config user.email $who@example.com; done
cd ada; printf 'one\ntwo\nthree\n' > list; git add list; git commit -qm list; git push -qu origin main; cd ../bob; git pull -q; sed -i 's/two/TWO/' list; git commit -qam upper; git push -q
cd ../ada; sed -i 's/two/2/' list; git commit -qam digits; git push -q 2>&1 | grep -c rejected; git pull -q --rebase 2>&1 | grep CONFLICT; git diff --name-only --diff-filter=U; git checkout -q --theirs list; git add list; GIT_EDITOR=true git rebase --continue 2>&1 | tail -n 1 | tr '\r' '\n' | tail -n 1; git push -q; git log --format='%an %s %h'; cat list; cd ../bob; git pull -q; git blame list | cut -c1-60; git shortlog -sn HEAD

### statistics and a report
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; for i in $(seq 9); do mkdir -p src/m$((i % 3)); seq $((i * 10)) > src/m$((i % 3))/f$i.txt; git add .; GIT_AUTHOR_NAME=dev$((i % 2)) git commit -qm "work $i"; done
git log --numstat --format=%an | awk 'NF == 1 {who = $1} NF == 3 {add[who] += $1; files[who]++} END {for (w in add) print w, add[w], files[w]}' | sort
git log --name-only --format= | cut -d/ -f2 | sort | uniq -c; git ls-files | xargs -n1 dirname | sort | uniq -c; git ls-files -z | xargs -0 wc -l | tail -n 1; git rev-list --objects --all | wc -l; git log --format='%h' --reverse | head -n 1 | xargs git show -s --format='%an %s'; git diff --stat $(git rev-list --max-parents=0 HEAD) HEAD | tail -n 1; git ls-tree -r -l HEAD | awk '{s += $4} END {print s}'

### as a user who is not root
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
chown 1000:1000 .; cat > go.sh <<'S'
git init -q -b main /tmp/case/mine; cd /tmp/case/mine; echo 1 > f; git add f; git commit -qm 1; git log --oneline; git gc -q; git status; stat -c '%u %a' f .git .git/HEAD; ls -l .git/objects/pack | awk 'NR > 1 {print $1}'
S
chroot --userspec=1000:1000 / bash /tmp/case/go.sh; cd mine; git log --oneline; echo $?
