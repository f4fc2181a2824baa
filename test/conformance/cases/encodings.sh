Checksums and encodings: md5sum, sha*sum, b2sum, cksum, sum, base64, base32, basenc.

### checksums of standard input
for c in md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum; do printf %s "$c: "; printf 'hello\n' | $c; done; md5sum < /dev/null; printf '' | sha256sum

### checksums of files
echo a > a; echo b > 'b c'; sha256sum a 'b c'; sha256sum --tag a; md5sum -b a; md5sum --zero a | tr '\0' '\n'; printf x > $'n\nl'; md5sum $'n\nl'; cksum a; sum -s a; cksum -a sha256 a; cksum -a md5 --untagged a; b2sum -l 128 a; md5sum nosuch; echo $?; cksum -a crc a; cksum -a bsd a

### verifying
echo a > a; echo b > b; sha256sum a b > sums; sha256sum -c sums; echo x > b; sha256sum -c sums; echo $?; sha256sum -c --quiet sums; sha256sum -c --status sums; echo $?; rm a; sha256sum -c sums 2>&1; echo $?; sha256sum -c --ignore-missing sums; echo garbage > bad; md5sum -c bad; echo $?; md5sum --tag b > t; md5sum -c t; md5sum -c --strict --warn <(echo junk; md5sum b) 2>&1 | sed 's,/dev/fd/[0-9]*,FD,'

### large inputs
head -c 5000000 /dev/zero | sha256sum; seq 200000 | md5sum; seq 200000 | cksum; head -c 3000000 /dev/zero | sha512sum | cut -c1-32; seq 100000 | b2sum | cut -c1-32

### base64
echo 'Hello, World' | base64; echo SGVsbG8= | base64 -d; echo; head -c 100 /dev/zero | base64; head -c 100 /dev/zero | base64 -w 0 | wc -c; head -c 30 /dev/zero | base64 -w 10; printf '\377\376' | base64; echo 'SGVs bG8=' | base64 -d; echo $?; echo 'SG*Vs' | base64 -di; echo; printf 'a' > f; base64 f; base64 nosuch; echo $?; base64 -w x; seq 20000 | base64 | base64 -d | md5sum; seq 20000 | md5sum

### base32 and basenc
echo hi | base32; echo NBUQU=== | base32 -d; printf '\373\377' | basenc --base64url; printf abc | basenc --base16; printf abc | basenc --base2msbf; printf abc | basenc --base2lsbf; printf 12345678 | basenc --z85; echo; basenc abc; echo $?; echo 616263 | basenc --base16 -d; echo; printf abc | basenc --base32hex

### hashing many files in a stable order
mkdir -p d/e; echo 1 > d/a; echo 2 > d/e/b; find d -type f -print0 | sort -z | xargs -0 sha1sum | sha1sum; (cd d && find . -type f | sort | xargs md5sum) | awk '{print substr($1,1,8), $2}'

### random data has the right size
head -c 100 /dev/urandom | wc -c; dd if=/dev/urandom bs=10 count=3 status=none | wc -c; [[ $(head -c 16 /dev/urandom | md5sum) != $(head -c 16 /dev/urandom | md5sum) ]] && echo differs; head -c 8 /dev/random | wc -c
