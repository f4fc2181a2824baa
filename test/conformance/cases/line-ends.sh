Line ends of other systems: dos2unix and unix2dos.

### to and from DOS
# skip(v86): dos2unix is not there
printf 'a\r\nb\r\n' > f; dos2unix f; od -c f; unix2dos f; od -c f; dos2unix < f | od -c; printf 'x\ny\n' | unix2dos | od -c; dos2unix -q f; unix2dos -n f g; cmp -s f g; echo $?; od -An -c g; ls

### what is left alone
# skip(v86): dos2unix is not there
printf 'a\0b\r\n' > bin; dos2unix bin; echo $?; od -An -c bin; dos2unix -f bin; od -An -c bin; printf 'only unix\n' > u; dos2unix -i u bin | sed 's/^ *//'; printf 'm\r\nn\n' > mixed; dos2unix -ic mixed u; dos2unix -idu mixed; mac2unix -n mixed m2; od -An -c m2; printf 'a\rb\r' | mac2unix; dos2unix nosuch; echo $?; dos2unix .; echo $?; ln -s u link; unix2dos link; unix2dos -F link; od -An -c u

### dates, modes and marks
# skip(v86): dos2unix is not there
printf '\357\273\277caf\303\251\r\n' > f; chmod 640 f; touch -d @86400 f; dos2unix -k -v f; stat -c '%a %Y' f; od -An -c f; unix2dos -m f; head -c 3 f | od -An -tx1; dos2unix -b f; head -c 3 f | od -An -tx1; printf 'a\r\n\r\nb' > e; dos2unix -l e; od -An -c e; dos2unix -e e; od -An -c e; find . -type f | sort | xargs dos2unix -q; echo $?; dos2unix -V | head -1 | cut -d' ' -f1,2; dos2unix --nonsense; echo $?
