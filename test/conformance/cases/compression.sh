gzip, bzip2, xz, zstd: files, pipes, and the scripts that come with them.

### gzip and back
seq 1000 > n; cp n m; gzip m; ls; gunzip m.gz; cmp n m && echo same; gzip -k m; ls; gzip -d -c m.gz | tail -n 1; zcat m.gz | head -n 1; gzip -f m; ls

### gzip through a pipe
seq 1000 | gzip -c | gunzip | md5sum; seq 1000 | gzip -9n | wc -c; seq 1000 | gzip -1n | md5sum; echo hello | gzip -n | od -An -tx1; echo hello | gzip | zcat; cat /dev/null | gzip -n | wc -c

### gzip lists and tests
seq 1000 > n; touch -d '2020-01-02 03:04:05' n; gzip n; gzip -l n.gz; gzip -lv n.gz; gzip -t n.gz; echo $?; gzip -tv n.gz; printf 'x' >> n.gz; gzip -t n.gz; echo $?; head -c 100 n.gz > t.gz; gzip -t t.gz; echo $?

### gzip: messages and exit status
gzip nosuch; echo $?; echo x > f.gz; gzip f.gz; echo $?; gunzip f.gz; echo $?; echo y > g; gzip g; echo z > g; gzip g < /dev/null; echo $?; gunzip g; echo $?; mkdir d; gzip d; echo $?; gzip -v g -f; gzip --nosuch; echo $?

### gzip: suffix, recursion, concatenation
mkdir -p d/e; echo 1 > d/a; echo 2 > d/e/b; gzip -r d; find d -type f | sort; gunzip -r d; cat d/a d/e/b; gzip -S .z d/a; ls d; (echo one | gzip; echo two | gzip) | zcat; gzip -N -c d/e/b | file -b - | cut -d, -f1

### zgrep, zcmp, zdiff and friends
printf 'apple\nbanana\n' > f; gzip -k f; zgrep an f.gz; zgrep -c a f.gz; zgrep -n xyz f.gz; echo $?; zgrep -l banana f.gz f; zcmp f f.gz && echo same; echo cherry >> f; zdiff f f.gz; echo $?; zegrep 'a(p|n)' f.gz; zfgrep . f.gz; zcat -f f

### uncompress, gzexe and znew are there
echo x > f; gzip f; uncompress f.gz; cat f; gzip f; zforce f.gz; mv f.gz g; zforce g; ls; gzip --version | head -n 1; zcat --version | head -n 1; for c in gzexe znew zless zegrep; do command -v $c; done

### bzip2 and back
seq 1000 > n; bzip2 -k n; ls; bzip2 -dc n.bz2 | cmp - n && echo same; bunzip2 -f n.bz2; ls; bzip2 < n | bzcat | tail -n 1; bzip2 -c n | md5sum; bzip2 -1 -c n | wc -c; bzip2 -v n; bzip2 -tv n.bz2

### bzip2: messages and exit status
bzip2 nosuch; echo $?; echo bad > b.bz2; bunzip2 b.bz2; echo $?; echo 1 > x; bzip2 x; echo 2 > x; bzip2 x; echo $?; bunzip2 x.bz2; echo $?; seq 100 | bzip2 | head -c 50 | bzcat; echo $?; bzip2 -t b.bz2; echo $?

### bzgrep and bzdiff
seq 20 > n; bzip2 -k n; bzgrep 1 n.bz2 | wc -l; bzgrep -c 2 n.bz2; bzdiff n n.bz2 && echo same; bzcmp n n.bz2 && echo same; bzegrep '^(3|4)$' n.bz2

### bzip2recover saves the blocks that are whole
seq 100000 | bzip2 -1 > n.bz2; dd if=/dev/zero of=n.bz2 bs=1 seek=60000 count=10 conv=notrunc status=none; bzip2 -t n.bz2 2> /dev/null; echo $?; bzip2recover n.bz2 2>&1 | tail -n 3; ls | head -n 3; for f in rec*; do bzip2 -t $f 2> /dev/null && echo $f; done; bzcat rec00001n.bz2 | head -n 1; bzip2recover; echo $?

### xz and back
seq 1000 > n; xz -k n; ls; xz -dc n.xz | cmp - n && echo same; unxz -f n.xz; ls; seq 1000 | xz | xzcat | tail -n 1; seq 1000 | xz -9 | md5sum; seq 1000 | xz --check=crc32 -0 | wc -c; xz -T2 -c n | xz -dc | md5sum; xz -k n; xz -t n.xz && echo ok; xz --list n.xz; xz --robot --list n.xz

### lzma and raw
seq 1000 > n; lzma -k n; ls; unlzma -c n.lzma | cmp - n && echo same; lzcat n.lzma | head -n 1; xz --format=raw --lzma2=preset=1 -c n | xz -dc --format=raw --lzma2=preset=1 | md5sum; xz -F lzma -c n | md5sum

### xz: messages and exit status
xz nosuch; echo $?; echo bad > b.xz; xz -d b.xz; echo $?; seq 1000 | xz | head -c 200 | xz -dc | tail -n 1; echo ${PIPESTATUS[@]}; echo 1 > x; xz x; echo 2 > x; xz x; echo $?; xz -d x.xz; echo $?; xz --nosuch; echo $?; xz -q b.xz; echo $?; xzcat -f n nosuch; xz -l b.xz; echo $?

### xzgrep, xzdiff
seq 20 > n; xz -k n; xzgrep 1 n.xz | wc -l; xzgrep -c 2 n.xz; xzdiff n n.xz && echo same; xzcmp n n.xz && echo same; xzegrep '^(3|4)$' n.xz; xz --version | head -n 1

### zstd and back
# skip(v86): zstd is not there
seq 1000 > n; zstd -q n; ls; zstd -dc n.zst | cmp - n && echo same; unzstd -q -f n.zst; seq 1000 | zstd | zstdcat | tail -n 1; zstd -19 -q -c n | zstd -d | md5sum; zstd -q --rm n -o m.zst; ls; zstd -t m.zst; echo $?; zstdgrep 99 m.zst | head -n 2; zstd -T0 -q -d m.zst -c | wc -l

### zstd: messages and exit status
# skip(v86): zstd is not there
zstd nosuch; echo $?; echo bad > b.zst; zstd -d b.zst; echo $?; seq 10 > n; zstd -q n; zstd n < /dev/null; echo $?; zstd -f n; zstd --nosuch n; echo $?; zstd -q -f --format=gzip n -o n.gz; zcat n.gz | tail -n 1; zstd -q -f --format=xz n -o n.xz; xzcat n.xz | tail -n 1; gzip -c n | zstd -dc | tail -n 1

### all agree on binary data
head -c 200000 /bin/sh > b 2> /dev/null; for c in gzip bzip2 xz; do $c -q -c b > b.$c; $c -dc b.$c | cmp - b && echo $c; done; for i in $(seq 2000); do echo "$i $((i*i%977))"; done > t; for c in gzip bzip2 xz; do $c -n -c t 2>/dev/null | wc -c; done; gzip -n -c t | md5sum; bzip2 -c t | md5sum; xz -c t | md5sum

### logs that were rotated
for i in 1 2 3; do printf '2024-01-0%d error %d\n2024-01-0%d ok\n' $i $i $i > log.$i; done; gzip log.2 log.3; for f in log.1 log.*.gz; do case $f in *.gz) zcat $f ;; *) cat $f ;; esac; done | grep -c error; zgrep -h error log.* | sort; zcat -f log.* | awk '{n[$2]++} END {for (k in n) print k, n[k]}' | sort
