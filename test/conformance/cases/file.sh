file.

### text
echo hello > a; file a; printf 'h\303\251llo\n' > b; file b; printf 'a\r\nb\r\n' > c; file c; printf 'h\351llo\n' > d; file d; : > e; file e; printf '#!/bin/bash\necho\n' > s; file s; printf '#!/usr/bin/env python3\nprint(1)\n' > p; file p; printf '\xff\xfea\0b\0' > u; file u; printf 'no newline' > n; file n; head -c 600 /dev/zero | tr '\0' x > l; file l

### programming and data languages
printf '#include <stdio.h>\nint main(void) { return 0; }\n' > a.c; printf '<?xml version="1.0" encoding="UTF-8"?>\n<a/>\n' > x; printf '<!DOCTYPE html>\n<html><body></body></html>\n' > h; printf '{"a": [1, 2]}\n' > j; printf 'a,b,c\n1,2,3\n4,5,6\n' > v; printf '%%PDF-1.4\n' > pdf; printf 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n' > d; printf 'import os\ndef f():\n    pass\n' > py; printf '<?php echo 1; ?>\n' > php; printf 'From: a@b\nSubject: x\n\nhi\n' > m; printf -- '-----BEGIN CERTIFICATE-----\nAA\n' > pem; file a.c x h j v pdf d py php m pem

### archives and compressed files
seq 100 > n; touch -d '2020-01-02 03:04:05' n; gzip -k n; bzip2 -k n; xz -k n; tar --mtime=@0 --owner=0 --group=0 -cf n.tar n; tar -czf n.tgz n; zip -q n.zip n; file n.gz n.bz2 n.xz n.tar n.zip; file n.tgz | cut -d, -f1; file -z n.gz n.bz2 n.xz; file -Z n.gz; lzma -k n; file n.lzma

### images and sounds
printf '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\0\x80\x08\6\0\0\0' > png; printf 'GIF89a\x10\0\x20\0' > gif; printf '\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\1\0\x48\0\x48\0\0' > jpg; printf 'RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\2\0\x44\xac\0\0\x10\xb1\2\0\4\0\x10\0' > wav; printf 'BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\2\0\0\0\2\0\0\0\1\0\x18\0' > bmp; printf '<svg xmlns="http://www.w3.org/2000/svg"></svg>' > svg; printf 'ID3\3\0\0\0\0\0\0' > mp3; printf 'OggS\0\2\0\0\0\0\0\0\0\0' > ogg; printf 'RIFF\x1a\0\0\0WEBPVP8L' > webp; file png gif jpg wav bmp svg mp3 ogg webp

### programs and databases
printf '\0asm\1\0\0\0' > w; printf '\x7fELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\x3e\0\1\0\0\0' > e; printf 'MZ\x90\0' > m; printf 'SQLite format 3\0\x10\0\1\1\0\x40\x20\x20' > s; printf '\xca\xfe\xba\xbe\0\0\0\x34' > c; printf '\x80\4\x95' > pk; file w e m c; file s | cut -d, -f1; file pk

### mime types
echo x > t; printf '{}\n' > j; printf '<html>' > h; gzip -k t; tar -cf t.tar t; mkdir d; file -i t j h t.gz t.tar d; file --mime-type -b t j t.gz d; file --mime-encoding t t.gz; file -b --mime-type - < t; echo data | file -; file --extension t.gz t.tar

### things that are not regular files
mkdir d; chmod 1777 d; ln -s d l; ln -s nosuch x; mkfifo p; file d l x p /dev/null /dev/zero; file -L l x; file nosuch; echo $?; file -E nosuch; echo $?; touch u; chmod 0 u; file u; file -s /dev/null

### options
echo a > a; echo b > b; file -b a; file -F ' ->' a b; file -N a; printf '%s\n' a b > list; file -f list; file -0 a | od -c | head -n 2; file -k a; file; echo $?; file --nosuch a 2>&1 | head -n 1; find . -type f | sort | xargs file --mime-type; printf '0 string LIMPET limpet file\n>6 byte x version %%d\n' > my; printf 'LIMPET\7' > l; file -m my l; file --brief -e soft l
