git: several repositories.

### clone from a path
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main a; cd a; echo 1 > f; git add f; git commit -qm 1; git branch dev; git tag v1; cd ..; git clone a b; cd b; git branch -avv; git remote -v; git log --oneline --decorate; cat .git/config; git status; cd ..; git clone -q --bare a c.git; cat c.git/packed-refs; git clone -q file:///tmp/case/a d; git clone -q --no-local --depth 1 file:///tmp/case/a e; git -C e rev-parse --is-shallow-repository; git clone -q -b dev --single-branch a g; git -C g branch -a; git clone a b; echo $?; git clone -q --mirror a m; git -C m config remote.origin.mirror; git clone -n -q a n; ls n; git clone a/nosuch; echo $?; git clone -q -b nosuch a z; echo $?; git init -q -b main empty; git clone empty empty2; git clone -o up -q a o; git -C o remote; git clone --recurse-submodules --shared -q a s; cat s/.git/objects/info/alternates

### push and fetch
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q --bare -b main hub; git clone -q hub a; git clone -q hub b; cd a; git switch -qc main 2>/dev/null; echo 1 > f; git add f; git commit -qm 1; git push; echo $?; git push -u origin main; git push; cd ../b; git fetch; git checkout -q main; echo 2 > f; git commit -qam 2; git push; git push origin HEAD:topic; cd ../a; git fetch -v; git status; git log --oneline ..@{u}; git pull --ff-only; git branch -r; echo 3 > f; git commit -qam 3; git push -q; cd ../b; echo b > g; git add g; git commit -qm b; git push; echo $?; git pull --no-rebase --no-edit; git push --porcelain; git push origin :topic; git push --tags; git tag t; git push origin t; git push --delete origin t; git ls-remote; git push --force-with-lease --dry-run origin main; cd ../a; git fetch --prune; git remote prune origin; git branch -vv; git pull --rebase -q; git log --oneline --graph; git rev-list --count @{u}

### remote
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main a; git init -q -b main b; git -C b commit -q --allow-empty -m 1; cd a; git remote add origin ../b; git remote -v; git fetch origin; git remote show origin; git remote rename origin up; git branch -r; git remote set-url up ../nosuch; git remote get-url up; git fetch up; echo $?; git remote add up x; echo $?; git remote remove up; git remote; git remote remove up; echo $?; git remote add -f -t main o ../b; git config --get-all remote.o.fetch; git fetch nosuch; echo $?; git pull; echo $?; git checkout -q -b t o/main; git rev-parse --abbrev-ref t@{u}; git branch --unset-upstream; git push; echo $?; git remote update; git remote set-head o main; git remote set-head o -a

### pull that diverges
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main a; cd a; echo 1 > f; git add f; git commit -qm 1; git clone -q . ../b; echo 2 > f; git commit -qam 2; cd ../b; echo x > g; git add g; git commit -qm g; git pull; echo $?; git pull --rebase; git log --oneline --graph; echo 4 > f; git commit -qam 4; cd ../a; echo 5 > f; git commit -qam 5; cd ../b; git pull --no-rebase; echo $?; git status -s; git merge --abort; git -c pull.rebase=true pull; echo $?; git rebase --abort; git -c pull.ff=only pull; echo $?; git pull -q -s ours --no-rebase --no-edit; git log -1 --format=%s

### submodules
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=protocol.file.allow GIT_CONFIG_VALUE_0=always
git init -q -b main lib; echo l > lib/l; git -C lib add l; git -C lib commit -qm lib; git init -q -b main app; cd app; git submodule add ../lib vendor/lib; git status -s; cat .gitmodules; git commit -qm sub; git submodule status; git ls-tree HEAD vendor/; cd ..; git clone -q app app2; cd app2; git submodule status; git submodule update --init; cat vendor/lib/l; cd ../lib; echo l2 > l; git commit -qam l2; cd ../app2; git submodule update --remote; git status -s; git diff --submodule; git submodule foreach 'echo $name $sm_path; git log --oneline -1'; git submodule summary; git commit -qam bump; git submodule deinit -f vendor/lib; git submodule status; git rm -q vendor/lib; git status -s; cd ..; git clone -q --recurse-submodules app app3; cat app3/vendor/lib/l; git -C app3 submodule; git -C app3 submodule sync; git -C app3 submodule nosuch; echo $?

### submodules over a path are not allowed by themselves
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main lib; git -C lib commit -q --allow-empty -m 1; git init -q -b main app; cd app; git submodule add ../lib; echo $?; git submodule update --init; echo $?; git submodule add; echo $?; git submodule foreach true; cd /; git submodule; echo $?

### hooks
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; h() { cat > .git/hooks/$1; chmod +x .git/hooks/$1; }
h pre-commit <<'H'
#!/bin/sh
echo pre-commit
! git diff --cached | grep -q '^+.*TODO' || { echo 'no TODO please' >&2; exit 1; }
H
h commit-msg <<'H'
#!/bin/bash
[[ $(head -n 1 "$1") =~ ^[A-Z]+-[0-9]+: ]] || { echo "bad subject: $(cat "$1")"; exit 1; }
H
printf '#!/bin/sh\nsed -i "s/^/T-1: /" "$1"\n' | h prepare-commit-msg; printf '#!/bin/sh\necho post $(git log -1 --format=%%s)\n' | h post-commit; printf '#!/bin/sh\necho checkout $3\n' | h post-checkout
echo TODO > f; git add f; git commit -m one; echo $?; echo done > f; git add f; git commit -m one; echo $?; git commit -q --allow-empty --no-verify -m x; git log --format=%s; git checkout -qb new; rm .git/hooks/*; printf '#!/nosuch\n' | h pre-commit; git commit --allow-empty -m y; echo $?; chmod -x .git/hooks/pre-commit; git commit -q --allow-empty -m y; echo $?; mkdir hooks; printf 'echo no interpreter line\n' > hooks/pre-commit; chmod +x hooks/pre-commit; git -c core.hooksPath=hooks commit -q --allow-empty -m z; echo $?; cp .git/hooks/pre-commit.sample .git/hooks/pre-commit 2>/dev/null || cp /usr/share/git-core/templates/hooks/pre-commit.sample .git/hooks/pre-commit; printf 'a  \n' > w; git add w; git commit -m w; echo $?

### hooks on the receiving side
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q --bare -b main hub; printf '#!/bin/sh\nwhile read old new ref; do echo "$ref ${new%%??????????????????????????????????}"; done\n' > hub/hooks/post-receive; printf '#!/bin/sh\n[ "$1" = refs/heads/locked ] && { echo "$1 is locked"; exit 1; }\nexit 0\n' > hub/hooks/update; chmod +x hub/hooks/*e*; git clone -q hub a 2>/dev/null; cd a; git switch -qc main; git commit -q --allow-empty -m 1; printf '#!/bin/sh\necho pushing to $1\ncat\n' > .git/hooks/pre-push; chmod +x .git/hooks/pre-push; git push origin main 2>&1 | sed 's/ *$//'; git push -q origin main:locked 2>&1 | sed 's/ *$//'; echo ${PIPESTATUS[0]}; git ls-remote -q; git push -q --no-verify origin main:x 2>&1 | sed 's/ *$//'; git init -q -b main nb; git -C nb commit -q --allow-empty -m 0; git push nb main 2>&1 | head -n 3

### sparse checkout and partial trees
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main a; cd a; mkdir -p x/y z; for f in top x/f x/y/g z/h; do echo $f > $f; done; git add .; git commit -qm 1; git sparse-checkout set x; find . -path ./.git -prune -o -type f -print | sort; git sparse-checkout list; git status; git sparse-checkout add z; ls; git sparse-checkout disable; ls; git read-tree -m HEAD; git checkout-index -a --prefix=../out/; find ../out -type f | sort; git update-index --assume-unchanged top; echo new > top; git status -s; git ls-files -v | head -n 2; git update-index --no-assume-unchanged --chmod=+x top; git status -s; git update-index --skip-worktree x/f; git ls-files -t

### plumbing
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; b=$(echo content | git hash-object -w --stdin); git update-index --add --cacheinfo 100644,$b,dir/file; t=$(git write-tree); c=$(echo msg | git commit-tree $t); git update-ref refs/heads/main $c; git log --oneline --stat; git reset -q --hard; cat dir/file; printf '100644 blob %s\tname\n' $b | git mktree; git ls-files --stage; git diff-tree -r --root HEAD; git diff-index HEAD; git diff-files; git read-tree --prefix=copy/ $t; git status -s; git rev-parse $t:dir; git count-objects -v | grep -v size; printf 'object %s\ntype commit\ntag v\ntagger A <a@b> 1 +0000\n\nx\n' $c | git mktag; git var GIT_AUTHOR_IDENT; git update-ref -d refs/heads/main; git log; echo $?; printf 'create refs/heads/a %s\nverify refs/heads/b\n' $c | git update-ref --stdin; git pack-refs --all; cat .git/packed-refs; git stripspace -s <<< $'# c\n\n\nx  \n'; git patch-id < <(git show a); git check-ref-format refs/heads/x; echo $?; git column --mode=column --width=20 <<< $'a\nb\nc'

### gc, pack, fsck
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; for i in $(seq 12); do seq $i 500 > f; git add f; git commit -qm $i; done; git count-objects -v | grep -v size; git gc -q; git count-objects -v | grep -v size; ls .git/objects/pack | sed 's/.*\././' | sort; git fsck --full; git verify-pack -v .git/objects/pack/*.idx | grep -c ' [0-9]* [0-9a-f]\{40\}$'; git log --oneline | wc -l; git repack -adq --depth=5; git commit -q --amend -m lost; git reflog expire --expire=now --all; git fsck --unreachable --no-reflogs | sort | head -n 1; git prune -n | head -n 1; git prune; git fsck --dangling; git unpack-objects < $(ls .git/objects/pack/*.pack) ; git prune-packed; git commit-graph write; git fsck; git multi-pack-index write --no-progress; git multi-pack-index verify --no-progress; o=$(git rev-parse HEAD); p=.git/objects/${o:0:2}/${o:2}; chmod u+w $p; echo broken > $p; git fsck; echo $?; git log; echo $?; git gc --auto; git maintenance run --task=pack-refs; echo $?

### paths that are out of reach
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; mkdir sub; git -C sub init -q -b main; git -C sub commit -q --allow-empty -m inner; git add sub; git status -s; git add ../x; echo $?; git add nosuch; echo $?; ln -s /etc out; git add out/passwd; echo $?; touch .git/x; git add .git/x; echo $?; echo 1 > .git/index.lock; git add out; echo $?; rm .git/index.lock; touch f; chmod 0 f; git add f; echo $?; git add -- -f 2>&1; echo $?; git log -- nosuch; echo $?; git checkout -- nosuch; echo $?; git diff nosuch; echo $?; git diff HEAD -- nosuch; echo $?

### environment and options before the command
export HOME=/nonexistent GIT_DISCOVERY_ACROSS_FILESYSTEM=1 GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main r; git --git-dir=r/.git --work-tree=r commit -q --allow-empty -m 1; GIT_DIR=r/.git git log --oneline; git -C r -c user.name=Zed commit -q --allow-empty -m 2; git -C r log -1 --format=%an; GIT_INDEX_FILE=/tmp/case/idx git -C r add -A; ls idx; git --no-pager -C r log --oneline; GIT_PAGER=cat git -p -C r log --oneline; GIT_TRACE=1 git -C r status 2>&1 | grep -c trace; git -C r --literal-pathspecs ls-files '*'; git -c core.abbrev=12 -C r log --oneline; GIT_CONFIG_PARAMETERS="'user.name=P'" git -C r config user.name; git -C r -c alias.x='!f() { echo "$#:$1"; }; f' x a b; git --git-path 2>&1 | head -n 1; git -C r rev-parse --git-path hooks; GIT_OBJECT_DIRECTORY=/nosuch git -C r log; echo $?; git --bare init; git --help | head -n 1; GIT_TERMINAL_PROMPT=0 git -C r ls-remote; echo $?

### rerere
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; git config rerere.enabled true; echo base > f; git add f; git commit -qm base; git checkout -qb a; echo a > f; git commit -qam a; git checkout -q main; echo m > f; git commit -qam m; git merge a; git rerere status; git rerere diff; echo both > f; git add f; git commit -qm merged; git reset -q --hard HEAD~1; git merge a; cat f; git rerere status; git rerere remaining; git checkout -q f 2>&1; git reset -q --hard; git rerere forget f; git rerere clear; echo $?
