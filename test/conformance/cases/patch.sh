patch, with what diff and others have written.

### a unified diff
seq 10 > a; sed 's/^5$/five/' a > b; diff -u a b > p; patch a < p; cmp a b && echo same; patch -R a < p; head -n 5 a | tail -n 1; patch -i p; patch --dry-run -R < p; cmp a b && echo kept

### a tree and -p
mkdir -p a/src b/src; seq 5 > a/src/f; sed 3d a/src/f > b/src/f; echo new > b/src/n; echo gone > a/src/g; diff -ruN a b > p; cp -r a w; cd w; patch -p1 < ../p; cd ..; diff -r b w && echo same; (cd w; patch -p1 -R -s < ../p); diff -r a w && echo back; (cd w; patch -p0 < ../p < /dev/null; echo $?)

### offset and fuzz
seq 30 > a; sed 's/^20$/twenty/' a > b; diff -u a b > p; sed -i '1,3d' a; patch a < p; grep -n twenty a; seq 30 > c; sed -i 's/^18$/x/' c; patch c < p; grep -n twenty c; patch -F0 -f c < p; echo $?; ls

### rejected hunks
seq 10 > a; sed 's/^5$/five/' a > b; diff -u a b | sed 's/\t.*//' > p; seq 50 60 > a; patch -f a < p; echo $?; cat a.rej; ls; patch -f -r - a < p; echo $?; patch -s -f a < p; echo $?

### already applied
seq 10 > a; sed 's/^5$/five/' a > b; diff -u a b > p; patch -s a < p; patch -N a < p; echo $?; patch -f a < p; echo $?; patch a < p < /dev/null; patch -t a < p; echo $?; head -n 5 a | tail -n 1; patch --forward -r /dev/null a < p; echo $?; ls

### git's diffs
mkdir w; cd w; printf 'one\ntwo\n' > f; cat > ../p <<'END'
diff --git a/f b/f
index 814f4a4..f719efd 100644
--- a/f
+++ b/f
@@ -1,2 +1,2 @@
 one
-two
+TWO
diff --git a/new.sh b/new.sh
new file mode 100755
index 0000000..ce01362
--- /dev/null
+++ b/new.sh
@@ -0,0 +1 @@
+echo hello
diff --git a/f b/g
similarity index 50%
copy from f
copy to g
END
patch -p1 < ../p; cat f; ls; stat -c %a new.sh; sh new.sh; cat g

### ed scripts
# skip(v86): ed is not there
seq 10 > a; sed -e 's/^5$/five/' -e 8d a > b; diff -e a b > p; cp a w; patch -e w < p; cmp w b && echo same; patch w2 < p; echo $?; ls; printf '1i\nx\n.\n!touch hacked\n' > evil; patch -e w < evil; echo $?; ls

### context and normal diffs
seq 10 > a; sed -e 's/^5$/five/' -e 8d a > b; for o in -c -n ''; do diff $o a b > p; cp a w; patch $o w < p 2>&1; cmp -s w b && echo "same $o"; done; diff a b | patch -o out a; cmp out b && echo out

### backups and other options
echo 1 > a; echo 2 > b; diff -u a b > p; patch -b a < p; cat a a.orig; patch -R -b -z .bak a < p; ls; patch -b -V numbered a < p; ls; patch --verbose -R a < p | grep -v '^.[-+]'; patch -d . -p0 -i p a; patch -E a < p < /dev/null; echo $?; patch --quiet -R a < p; cat a; patch --version | head -n 1

### files that are not there
diff -u /dev/null - <<< 'text' | sed 's/\t.*//;s/^+++ -/+++ n/' > p; patch < p; cat n; patch -R < p; ls; echo $?; printf '%s\n' '--- a/x' '+++ b/x' '@@ -1 +1 @@' -a +b > q; patch -f < q; echo $?; patch nosuch -f < q; echo $?; echo garbage | patch; echo $?; printf '%s\n' '--- x' '+++ x' '@@ -1,2 +1 @@' -a | patch -f; echo $?

### line ends and missing newlines
printf 'a\nb' > x; printf 'a\nc' > y; diff -u x y > p; patch x < p; cmp x y && echo same; printf 'a\r\nb\r\n' > d; printf '%s\n' '--- d' '+++ d' '@@ -1,2 +1,2 @@' ' a' '-b' '+c' > q; patch d < q; od -c d; patch --binary -f d < q; echo $?

### merge and reading from here-documents
seq 5 > f; patch f <<'END'
--- f
+++ f
@@ -2,3 +2,3 @@
 2
-3
+three
 4
END
cat f; seq 5 | sed 's/3/drei/' > g; patch --merge g <<'END'
--- g
+++ g
@@ -2,3 +2,3 @@
 2
-3
+three
 4
END
echo $?; cat g

### a fix is made, reviewed, undone
mkdir -p proj; printf 'def add(a, b):\n    return a - b\n' > proj/m.py; cp -r proj proj.orig; sed -i 's/a - b/a + b/' proj/m.py; diff -ru proj.orig proj | sed 's/\t.*//' | tee fix.patch; rm -r proj; cp -r proj.orig proj; patch -d proj -p1 < fix.patch && grep return proj/m.py; patch -d proj -p1 -R --dry-run < fix.patch; patch -d proj -p1 -R < fix.patch; diff -r proj proj.orig && echo clean
