git: branches, merges and what rewrites them.

### branch
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; git branch; git branch x; git commit -q --allow-empty -m 1; git branch x; git branch -v; git branch x; echo $?; git branch -m x y; git branch -c y z; git branch --list 'y*'; git branch -d y; git checkout -qb w; git commit -q --allow-empty -m w; git checkout -q main; git branch -d w; echo $?; git branch -D w; git branch -d nosuch; echo $?; git branch -d main; echo $?; git branch --show-current; git branch -a --format='%(refname:short) %(HEAD)'; git branch 'bad name'; echo $?; git branch -f z HEAD; git branch --sort=-refname; git branch --edit-description 2>&1 | head -n 1; git branch n nosuch; echo $?

### checkout and switch
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; echo 1 > f; git add f; git commit -qm 1; git checkout -b dev; echo 2 > f; git checkout main; git commit -qam 2; echo 3 > f; git commit -qam 3; git switch main; git switch -c topic; git switch -; git switch nosuch; echo $?; git checkout nosuch; echo $?; git checkout HEAD~0; git checkout -; git checkout dev; echo dirty > f; git checkout main; echo $?; git checkout -f main; git switch --detach dev~1; git switch -C topic; git checkout dev -- f; git status -s; git checkout --orphan empty; git status -s; git checkout -q -f main; git checkout -t nosuch; echo $?; git branch

### fast-forward and real merges
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; seq 20 > f; git add f; git commit -qm base; git checkout -qb a; sed -i '3s/$/ a/' f; git commit -qam a; git checkout -q main; git merge a; git merge a; git checkout -qb b; sed -i '18s/$/ b/' f; git commit -qam b; git checkout -q main; sed -i '10s/$/ m/' f; git commit -qam m; git merge --ff-only b; echo $?; git merge -m 'Merge it' b; git log --oneline --graph; git diff HEAD^1; git checkout -qb c HEAD~1; echo new > g; git add g; git commit -qm c; git checkout -q main; git merge --no-ff --no-commit c; git status; git commit -q --no-edit; git log -1 --format=%B; git checkout -qb d; echo d > d; git add d; git commit -qm d; git checkout -q main; git merge --squash d; git status -s; git commit -qm squashed; git log --oneline --first-parent; git merge nosuch; echo $?

### a merge with conflicts
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; seq 5 > f; echo k > k; git add .; git commit -qm base; git checkout -qb a; sed -i '3s/.*/ours/' f; git rm -q k; git commit -qam a; git checkout -q main; sed -i '3s/.*/theirs/' f; echo kk > k; git commit -qam m; git merge a; echo $?; cat f; git status; git diff; git ls-files -u; git ls-files -s; git commit -m x; echo $?; git checkout --ours f; cat f; git checkout --theirs f; cat f; git checkout -m f; git merge --abort; git status -s; git merge a; git rm -q k; printf '1\n2\nboth\n4\n5\n' > f; git add f; git status; git -c core.editor=: merge --continue; git log -1 --format='%s %p'; git show --format=; git show -m --stat --format=%s; git diff HEAD^2 --stat

### conflict styles, strategies, options
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; seq 5 > f; git add .; git commit -qm base; git checkout -qb a; sed -i '3s/.*/A/' f; git commit -qam a; git checkout -q main; sed -i '3s/.*/M/' f; git commit -qam m; git -c merge.conflictStyle=diff3 merge a; cat f; git reset -q --hard; git -c merge.conflictStyle=zdiff3 merge a; cat f; git reset -q --hard; git merge -q -X ours --no-edit a; cat f; git reset -q --hard HEAD~1; git merge -q -X theirs --no-edit a; cat f; git reset -q --hard HEAD~1; git merge -s ours --no-edit a; cat f; git reset -q --hard HEAD~1; git merge -s resolve --no-edit a; echo $?; git reset -q --hard; git merge-file -p f <(git show a~1:f) <(git show a:f); echo $?; git merge-tree --write-tree main a; echo $?; git merge-tree $(git merge-base main a) main a

### conflicts of renames, additions and directories
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; mkdir d; seq 30 > d/f; git add .; git commit -qm base; git checkout -qb a; git mv d e; git commit -qm 'moved'; git checkout -q main; sed -i 1d d/f; echo n > d/n; echo x > x; git add .; git commit -qm change; git merge --no-edit a; ls d e; head -n 2 e/f; git add -A; git commit -q --no-edit; git checkout -qb b HEAD~1; git mv d/f d/g; echo y > x; git add x; git commit -qm b; git checkout -q main; git merge b; echo $?; git status -s; cat x; ls d e 2>&1

### octopus
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; echo base > f; git add .; git commit -qm base; for b in x y z; do git checkout -qb $b main; echo $b > $b; git add $b; git commit -qm $b; done; git checkout -q main; git merge -q --no-edit x y z; git log -1 --format='%s %p'; ls; git log --graph --oneline

### rebase
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; seq 9 > f; git add f; git commit -qm base; git checkout -qb topic; for i in 1 2; do echo $i > t$i; git add .; git commit -qm "topic $i"; done; git checkout -q main; sed -i 1d f; git commit -qam main; git checkout -q topic; git rebase main; git log --oneline --graph --all; git rebase main; git checkout -qb other HEAD~1; echo o > o; git add o; git commit -qm o; git rebase --onto main topic~1 other; git log --oneline; git rebase -q --root --exec 'true'; git log --format=%s; git rebase nosuch; echo $?; git pull --rebase; echo $?

### rebase with conflicts
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; echo base > f; git add f; git commit -qm base; git checkout -qb t; echo t1 > f; git commit -qam t1; echo t2 > g; git add g; git commit -qm t2; git checkout -q main; echo m > f; git commit -qam m; git checkout -q t; git rebase main; echo $?; git status; cat f; git rebase --abort; git log --format=%s; git status -s; git rebase -q main; echo fixed > f; git add f; GIT_EDITOR=: git rebase --continue; echo $?; git log --format='%s %h'; cat f; git reset -q --hard ORIG_HEAD; git rebase -q main; git rebase --skip; git log --format=%s; git rebase --continue; echo $?

### an interactive rebase
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; for i in 1 2 3 4 5; do echo $i > f$i; git add .; git commit -qm "c$i"; done; GIT_SEQUENCE_EDITOR=cat git rebase -i HEAD~4 | head -n 6; GIT_SEQUENCE_EDITOR="sed -i -e 2s/pick/squash/ -e 4d" GIT_EDITOR="sed -i '1s/^/New: /'" git rebase -i HEAD~4; git log --format='%s|%b' --name-only; ls; GIT_SEQUENCE_EDITOR="sed -i '1s/pick/edit/'" git rebase -i HEAD~1; echo $?; git status; git commit -q --amend -m edited; git rebase --continue; git log --format=%s; GIT_SEQUENCE_EDITOR='sed -i "1{h;d};\$G"' git rebase -i HEAD~2; git log --format=%s; GIT_SEQUENCE_EDITOR=: git rebase -i HEAD~2 -x 'test -e nosuch'; echo $?; git rebase --abort; GIT_SEQUENCE_EDITOR='echo >' git rebase -i HEAD~2; echo $?; GIT_SEQUENCE_EDITOR='sed -n p' git rebase -i HEAD~1

### autosquash, autostash, merges
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; for i in 1 2 3; do echo $i > f$i; git add .; git commit -qm "c$i"; done; echo fix >> f2; git commit -qa --fixup=:/c2; GIT_SEQUENCE_EDITOR=: git rebase -q -i --autosquash --root; git log --format=%s; git show --stat --format=%s HEAD~1; git checkout -qb s HEAD~1; echo s > s; git add s; git commit -qm s; git checkout -q main; git merge -q --no-edit s; echo dirty >> f1; git rebase HEAD~1; echo $?; git rebase -q --autostash --rebase-merges HEAD~2; git log --graph --format=%s; git status -s; git stash list

### cherry-pick and revert
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; for i in 1 2 3; do echo $i >> f; git add f; git commit -qm "c$i"; done; git checkout -qb x HEAD~2; echo g > g; git add g; git commit -qm g; git checkout -q main; git cherry-pick x; git log --oneline; git revert --no-edit HEAD~1; echo $?; git status -s; git revert --abort; git revert --no-edit HEAD; git log -1 --format=%B; git checkout -q x; git cherry-pick main~2; echo $?; git status; git cherry-pick --abort; git cherry-pick -x -n main~1 2>&1; git status -s; git reset -q --hard; git cherry-pick -x main~3..main~1; echo $?; git cherry-pick --skip; git log --format=%B; git cherry-pick nosuch; echo $?; git revert -n HEAD; git status -s; git revert --quit; git cherry-pick --continue; echo $?

### stash
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; echo 1 > f; git add f; git commit -qm 1; git stash; echo $?; echo 2 > f; echo u > u; git stash; git stash list; git status -s; git stash pop; echo 3 > f; git stash push -u -m 'with untracked'; ls; git stash show -p; git stash show --include-untracked --name-only; git stash apply; git status -s; git checkout -q f; rm u; git stash branch fromstash; git status -s; git add f; git stash -k; git status -s; git stash drop; git stash pop; echo $?; git checkout -q f; echo 9 > f; git stash push -q -- f; echo other > f; git commit -qam other; git stash pop; echo $?; git status -s; cat f; git checkout -q --theirs f; git reset -q; git stash list; git stash clear; git stash list; git stash show; echo $?; git stash create; git stash nosuch; echo $?

### worktrees
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main r; cd r; echo 1 > f; git add f; git commit -qm 1; git worktree add ../w; git worktree list | sed 's/ \+/ /'; cd ../w; git status; echo 2 > f; git commit -qam 2; cat .git; git branch; cd ../r; git log --oneline --all; git checkout w; echo $?; git worktree add -b topic ../t HEAD; git worktree add --detach -q ../d; git worktree list --porcelain; git worktree remove ../t; echo x > ../d/x; git worktree remove ../d; echo $?; git worktree remove --force ../d; rm -r ../w; git worktree prune -v; git worktree list | wc -l; git branch -d w; echo $?

### bisect
export HOME=/nonexistent GIT_{AUTHOR,COMMITTER}_{NAME=Ada,EMAIL=ada@example.com,DATE=2024-05-01T12:00:00Z}
git init -q -b main .; for i in $(seq 16); do echo $i > n; git add n; git commit -qm "c$i"; git tag t$i; done; git bisect start HEAD t1; git bisect good; git bisect bad; git bisect log; git bisect visualize --oneline 2>&1 | cat; git bisect skip; git bisect reset; git bisect start HEAD t1; git bisect run sh -c 'test $(cat n) -lt 11'; echo $?; git bisect log | tail -n 3; git bisect reset; git bisect start --term-old=fast --term-new=slow; git bisect fast t3; git bisect slow t5; git bisect terms; git bisect slow; git bisect reset; git bisect bad; echo $?; git bisect run true; echo $?
