perl as a better sed and awk, and as a language.

### one line
perl -e 'print "hello\n"'; printf 'a b\nc d\n' | perl -ne 'print if /c/'; printf 'a b\nc d\n' | perl -pe 's/(\w) (\w)/$2 $1/'; printf 'x:1\ny:2\n' | perl -F: -lane 'print "$F[1]=$F[0]"'; seq 5 | perl -lne '$s += $_; END { print $s }'; perl -le 'print for reverse 1..3'; perl -E 'say "hi"; say join ",", map { $_ ** 2 } grep { $_ % 2 } 1..9'; echo abc | perl -lpe '$_ = ucfirst reverse'; perl -0777 -ne 'print length' <<< $'a\nb'; perl -l -0040 -ne 'print' <<< 'a b c'

### editing in place
printf 'port=80\nhost=a\n' > conf; perl -pi -e 's/port=\d+/port=8080/' conf; cat conf; perl -pi.bak -e 's/a/b/' conf; cat conf conf.bak; perl -ni -e 'print unless /host/' conf; cat conf; perl -i -pe 's/^/$.: /' conf conf.bak; cat conf conf.bak; perl -pi -e 1 nosuch; echo $?

### scalars, strings, numbers
perl -e 'my ($a, $b) = (10, 3); printf "%d %s %.3f %05d %x %o %e %b %s\n", $a / $b, $a % $b, $a / $b, 42, 255, 8, 12345.678, 5, 1e21; print 0.1 + 0.2, " ", 1/3, " ", 2**53, " ", 2**64, " ", 9223372036854775807, " ", 18446744073709551615 + 0, " ", -7 / 2, " ", int(-3.7), " ", 10 ** -5, "\n"; print "abc" x 3, " ", "a" . 1 + 2, "\n"; print lc("ABC"), uc "def", length "hello", " ", index("hello", "l"), substr("hello", 1, 3), " ", join("|", split //, "abc"), sprintf("%-5s|%5s|", "ab", "cd"), "\n"; print "10" == 10.0 ? "eq" : "ne", " ", "abc" lt "abd", " ", 1 <=> 2, "\n"; my $s = "z9"; $s++; print "$s\n"; print 1_000_000 * 3, " ", 0x1f, " ", 0b101, " ", 017, " ", 7 <=> "7.0", "\n"; print ~0, " ", 1 << 40, " ", -1 >> 1, " ", 5 ^ 3, "\n"; print "inf: ", 9**9**9, " nan: ", -sin(9**9**9), "\n"; print 1e15 + 0.3, " ", 1e16, " ", 123456789012345678, " ", 0.1 + 0.7, " ", 1.0, " ", 1.10, "\n"'

### arrays and hashes
perl -e 'use strict; use warnings; my @a = (3, 1, 2); push @a, 9; unshift @a, 0; print "@a[1..2] $#a ", scalar(@a), "\n"; print join(",", sort { $a <=> $b } @a), "\n"; my %h = (one => 1, two => 2, three => 3); for (sort keys %h) { print "$_=$h{$_} " } print "\n"; delete $h{one}; print exists $h{one} ? "yes" : "no", " ", join(",", map { "$_->[0]" } sort { $a->[1] <=> $b->[1] } map { [$_, $h{$_}] } keys %h), "\n"; my @s = splice(@a, 1, 2, "x", "y", "z"); print "@s | @a\n"; my $d = { list => [1, [2, 3]], map => { k => [4] } }; print $d->{list}[1][0], $d->{map}{k}[0], scalar @{ $d->{list} }, "\n"; my %c; $c{$_}++ for qw(a b a c a); print map { "$_:$c{$_} " } sort { $c{$b} <=> $c{$a} || $a cmp $b } keys %c; print "\n"; my ($x, @rest) = (1, 2, 3); print "$x @rest @a[-2,-1] @h{qw(two three)}\n"; while (my ($i, $v) = each @rest) { print "$i=$v;" } print wantarray() // "undef", "\n"; print "last: $a[-1] $a[$#a]\n"; my @sorted = reverse sort { lc $a cmp lc $b } qw(b A c); print "@sorted\n"; print join(",", (1) x 3), "\n"'

### regular expressions
perl -e '$_ = "The year 1999 and 2024-05-06"; print "$1\n" if /(\d{4})/; my @y = /\b(\d{4})\b/g; print "@y\n"; if (/(?<y>\d+)-(?<m>\d+)-(?<d>\d+)/) { print "$+{d}.$+{m}.$+{y} [$&] [$`]\n" } (my $t = $_) =~ s/(\d+)/<$1>/g; print "$t\n"; print join("|", split /\s*,\s*/, "a , b,c ,d"), "\n"; my $n = () = "banana" =~ /a/g; print "$n\n"; $_ = "aaa"; print tr/a/b/, $_, "\n"; my $r = "x.y" =~ s/\./-/r; print "$r\n"; print "match\n" if "foobar" =~ /^foo(?=bar)/ and "foobaz" !~ /foo(?!baz)/; my $re = qr/(\w+)@(\w+)/i; print "$2 at $1\n" while "a\@b c\@D" =~ /$re/g; $_ = "1 22 333"; s/(\d+)/$1 * 2/ge; print "$_\n"; print join(",", "k1=v1;k2=v2" =~ /(\w+)=(\w+)/g), "\n"; my $x = "a\nb\nc"; my @l = $x =~ /^(.)$/mg; print "@l\n"; print "dot\n" if "a\nb" =~ /a.b/s; my $bal = qr/\((?:[^()]++|(??{ $bal }))*\)/; our $b2; $b2 = qr/\((?:[^()]|(?R))*\)/; print "$&\n" if "x(a(b)c)y" =~ $b2; $_ = "x" x 5; print pos() // "u", "\n" while /x/g && pos() < 3; print "abc" =~ /b/ ? "pre:$`" : "", "\n"; print "yes\n" if "Straße" =~ /stra/i; my @f = ("2024-01-02" =~ /^(\d+)-(\d+)-(\d+)$/); print scalar(@f), "\n"'

### unicode
perl -CSD -e 'use utf8; my $s = "Grüße, 世界"; print length $s, " ", uc $s, " ", scalar reverse($s), "\n"; print join(" ", map { sprintf "U+%04X", ord } split //, "é世"), "\n"; print "\x{263a} \N{U+1F600}\n"; print "ok\n" if $s =~ /^\w+, \p{Han}+$/; print lc "ÄÖÜ", ucfirst "éa", fc("ẞ") eq fc("ss") ? " same" : " other", "\n"' -M5.016; perl -e 'my $s = "é"; print length $s, "\n"; utf8::decode($s); print length $s, "\n"; binmode STDOUT, ":utf8"; print "$s\n"; print "Wide\n"' ; perl -e 'print "\x{263a}\n"' 2>&1; printf 'caf\303\251\n' | perl -Mopen=:std,:utf8 -ne 'chomp; print length, "\n"'

### subroutines, closures, references
perl -e 'use strict; use warnings; sub fact { my $n = shift; $n < 2 ? 1 : $n * fact($n - 1) } print fact(20), "\n"; my @c = map { my $n = $_; sub { $n += shift } } 1..2; print $c[0]->(10), " ", $c[0]->(1), " ", $c[1]->(5), "\n"; sub ctx { wantarray ? "list" : defined(wantarray) ? "scalar" : "void" } my @l = ctx(); my $s = ctx(); print "$l[0] $s\n"; my %dispatch = (add => sub { $_[0] + $_[1] }, mul => sub { $_[0] * $_[1] }); print $dispatch{$_}->(3, 4), "\n" for sort keys %dispatch; sub mod { $_[0] = "changed" } my $v = "x"; mod($v); print "$v\n"; my $ref = \my @arr; push @$ref, 1, 2; print "@arr ", ref $ref, " ", ref \$ref, " ", ref sub {}, "\n"; { local $_ = "loc"; print "$_\n" } use feature "say", "state", "signatures"; no warnings; sub counter { state $n = 0; ++$n } counter() for 1..3; say counter(); sub sig($x, $y = 2) { $x + $y } say sig(1), sig(1, 1); my $str = join ",", map { sprintf "%s", $_ // "undef" } (1, undef); say $str; goto END if 1; say "skipped"; END: say "end"'

### objects
perl -e 'package Animal; use strict; sub new { my ($class, %a) = @_; return bless { name => "x", %a }, $class } sub name { $_[0]{name} } sub speak { my $self = shift; sprintf "%s says %s", $self->name, $self->sound } sub DESTROY { print "gone ", $_[0]->name, "\n" } package Dog; our @ISA = ("Animal"); sub sound { "Woof" } package main; { my $d = Dog->new(name => "Rex"); print $d->speak, "\n"; print Dog->can("sound") ? "can" : "cannot", " ", $d->isa("Animal"), " ", ref $d, "\n"; } eval { Animal->new->speak }; print $@; package Num; use overload "+" => sub { Num->new($_[0]{v} + (ref $_[1] ? $_[1]{v} : $_[1])) }, q("") => sub { "<$_[0]{v}>" }, "==" => sub { $_[0]{v} == $_[1]{v} }; sub new { bless { v => $_[1] } } package main; my $n = Num->new(3) + 4 + Num->new(1); print "$n\n"; our $AUTOLOAD; sub AUTOLOAD { print "auto $AUTOLOAD @_\n" } undefined_thing(1, 2); print "done\n"'

### files and directories
perl -e 'open my $f, ">", "t" or die; print $f "line $_\n" for 1..3; close $f; open $f, "<", "t"; my @l = <$f>; print scalar @l, $l[-1]; open $f, ">>", "t"; print {$f} "more\n"; close $f; open $f, "t"; while (<$f>) { chomp; print "$.:$_ " } print "\n"; print -s "t", " ", -e "t" ? "e" : "", -d "." ? "d" : "", -x "t" ? "x" : "-", "\n"; mkdir "d"; rename "t", "d/t"; print join(",", glob("d/*")), "\n"; opendir my $d, "." or die; print join(",", sort grep { !/^\./ } readdir $d), "\n"; unlink "d/t"; rmdir "d"; print -e "d" ? "still" : "gone", "\n"; open my $x, "<", "nosuch" or print "error: $!\n"; my @st = stat "."; printf "%o\n", $st[2] & 07777; chmod 0600, "x"; open my $m, "<", \"in\nmemory\n"; print scalar(<$m>); seek $m, 0, 0; local $/; print length <$m>, "\n"; symlink "a", "ln"; print readlink "ln", "\n"; utime 0, 86400, "ln" or print "utime: $!\n"; truncate "ln", 0 or print "truncate: $!\n";' 2>&1; perl -e 'print sprintf("%s\n", join "", <DATA>);
__DATA__
data section'

### processes and pipes
perl -e 'print `echo out`; my @l = `seq 3`; print scalar @l, "\n"; system("exit 3;"); print $? >> 8, "\n"; system "echo", "a b", "*"; open my $p, "-|", "sort -r" , () or die; close $p; open my $w, "|-", "tr a-z A-Z"; print $w "piped\n"; close $w; my $pid = fork // die; if (!$pid) { print "child\n"; exit 7 } waitpid $pid, 0; print "status ", $? >> 8, "\n"; pipe my $r, my $wr; if (!fork) { close $r; print $wr "through a pipe\n"; exit } close $wr; print <$r>; wait; $SIG{ALRM} = sub { die "alarm\n" }; eval { alarm 1; sleep 5; }; print $@; $SIG{USR1} = sub { print "usr1\n" }; kill USR1 => $$; local $ENV{X} = "env"; print `echo \$X`; print qx(false), $?, "\n"; $| = 1; print "exec\n"; exec "echo", "bye"' < /dev/null

### errors and exit codes
perl -e 'die "oops\n"'; echo $?; perl -e 'die { code => 1 }' 2>&1 | sed 's/0x[0-9a-f]*/0x/'; perl -e 'die "at line"'; echo $?; perl -e 'exit 3'; echo $?; perl -e 'warn "careful"; print "x\n"'; perl -e 'my $x = ; '; echo $?; perl -we 'my $x; print $x + 1, "\n"; print undef . "a\n"; my @a = (1); print "$a[3]\n"'; perl -Mstrict -e '$x = 1'; echo $?; perl -e 'use NoSuch::Module' 2>&1 | sed 's/(@INC.*)/(...)/'; echo ${PIPESTATUS[0]}; perl nosuch.pl; echo $?; perl -e 'eval { die "inner\n" }; print "caught $@"; eval { my $z = 1 / 0 }; print $@; eval "1 +* 2"; print $@ ? "syntax\n" : ""; $SIG{__DIE__} = sub { print "handler: $_[0]" }; $SIG{__WARN__} = sub { print "warned: $_[0]" }; warn "w\n"; eval { die "d\n" }; print "$!\n" unless open F, "nosuch"; $! = 2; print "$!\n"; undef_function()'; echo $?; perl -c -e 'print 1'

### a script with arguments and its own line
cat > s.pl <<'P'
#!/usr/bin/perl
use strict;
use warnings;
use Getopt::Long;
use File::Basename;
GetOptions('verbose|v+' => \my $verbose, 'name=s' => \my $name, 'n=i' => \(my $n = 1), 'tag=s@' => \my @tags, 'flag!' => \my $flag) or die "usage\n";
print basename($0), " v=", $verbose // 0, " name=", $name // '-', " n=$n tags=@tags flag=", $flag // '-', " rest=@ARGV\n";
print dirname("/a/b/c.txt"), " ", join("|", fileparse("/a/b/c.tar.gz", qr/\.[^.]*/)), "\n";
while (my $line = <STDIN>) { print "in: $line" }
P
chmod +x s.pl; printf '1\n2\n' | ./s.pl -v -v --name x --tag a --tag b --no-flag rest 'two words'; ./s.pl --bad < /dev/null; echo $?; ./s.pl --n=abc </dev/null; echo $?

### sorting, counting and a report
printf '%s\n' 'ada 30 paris' 'bob 25 rome' 'cem 35 paris' 'dan 25 oslo' > people; perl -lane '$c{$F[2]}++; $s{$F[2]} += $F[1]; END { printf "%-6s %2d %5.1f\n", $_, $c{$_}, $s{$_} / $c{$_} for sort { $c{$b} <=> $c{$a} || $a cmp $b } keys %c }' people; perl -e 'print sort { (split " ", $a)[1] <=> (split " ", $b)[1] || $a cmp $b } <>' people; perl -ne 'print "$ARGV:$.:$_" if eof || /bob/' people people; perl -e 'our ($name, $n); format STDOUT_TOP =
Name   Count
------ -----
.
format STDOUT =
@<<<<< @>>>>
$name, $n
.
for (["ada", 3], ["bob", 12]) { ($name, $n) = @$_; write }'; perl -ne '$l{length()} //= $_; END { print map { $l{$_} } sort { $a <=> $b } keys %l }' people; perl -ne 'print if 2..3' people; perl -ne 'print if /bob/../cem/' people; perl -lne 'print scalar reverse' people

### the modules of every day
perl -MList::Util=sum,max,min,first,reduce,shuffle,uniq,any,all,pairs -e 'print sum(1..10), max(3, 9, 2), min(4, 2), (first { $_ > 3 } 1..9), reduce { $a * $b } 1..5; print " ", join(",", uniq(1, 1, 2)), " ", (grep { $_ == 2 } 1, 2) ? "any" : "", "\n"; print scalar(my @s = shuffle 1..5), "\n"'; perl -MScalar::Util=blessed,reftype,looks_like_number,weaken -e 'print blessed(bless [], "X"), reftype(bless {}, "Y"), looks_like_number("1e5") ? 1 : 0, looks_like_number("x") ? 1 : 0, "\n"'; perl -MData::Dumper -e '$Data::Dumper::Sortkeys = 1; $Data::Dumper::Indent = 1; print Dumper({ a => [1, "two", undef], b => { c => \"s" } }); local $Data::Dumper::Terse = 1; print Dumper("x")'; perl -MPOSIX -e 'print floor(-1.5), ceil(1.2), fmod(7, 3), " ", strftime("%Y-%m-%d %H:%M:%S", gmtime 86400 * 365), " ", POSIX::strtol("ff", 16), " ", INT_MAX, " ", DBL_MAX, " ", ENOENT, " ", isatty(0) ? "tty" : "no tty", "\n"; print mktime(0, 0, 0, 1, 0, 70), " ", (uname())[0], " ", setlocale(LC_ALL, "C"), "\n"'; perl -MTime::Local -MTime::HiRes=time,sleep -e 'print timegm(0, 0, 0, 1, 0, 2000), " ", time > 1e9 ? "now" : "", "\n"; sleep 0.01'; perl -MStorable=dclone,freeze,thaw -e 'my $x = { a => [1, 2] }; my $y = dclone $x; push @{ $y->{a} }, 3; print "@{$x->{a}} @{$y->{a}} @{thaw(freeze $x)->{a}}\n"'; perl -MDigest::MD5=md5_hex -MDigest::SHA=sha1_hex,sha256_hex -MMIME::Base64 -e 'print md5_hex("abc"), " ", sha1_hex("abc"), " ", sha256_hex("abc"), " ", encode_base64("hello"), decode_base64("aGk="), "\n"'

### modules for files and text
perl -MCwd -MFile::Spec -MFile::Path=make_path,remove_tree -MFile::Temp=tempfile -MFile::Copy -MFile::Find -e 'print getcwd, " ", File::Spec->catfile("a", "b"), " ", File::Spec->rel2abs("x"), "\n"; make_path("p/q/r"); my ($fh, $fn) = tempfile(DIR => "p"); print $fh "x"; close $fh; copy $fn, "p/q/copy"; find(sub { print "$File::Find::name\n" if -d }, "p"); remove_tree "p"; print -e "p" ? "there" : "gone", "\n"'; perl -MText::Wrap -MText::ParseWords -MText::Abbrev -e '$Text::Wrap::columns = 20; print wrap("", "  ", "the quick brown fox jumps over"), "\n"; print join("|", shellwords(q(a "b c" d\ e))), "\n"'

### modules for data
perl -MJSON::PP -e 'my $j = JSON::PP->new->canonical->pretty; my $d = decode_json(q({"b":[1,2.5,"x",null,true],"a":{"k":"\u0065"}})); print $d->{b}[2], "\n", $j->encode($d)'; perl -MMath::BigInt -e 'print Math::BigInt->new("123456789012345678901234567890")->bmul(2), " ", Math::BigInt->new(2)->bpow(100), "\n"'; perl -MTerm::ANSIColor -e 'print colored("x", "red"), "\n"' | cat -v; perl -Mconstant=PI,3.14 -e 'print PI, "\n"'; perl -MEncode -e 'print length decode("UTF-8", "\xc3\xa9"), " ", encode("ISO-8859-1", "\x{e9}") eq "\xe9" ? "ok" : "no", "\n"'; perl -MTie::File -e 'open F, ">", "tf"; print F "a\nb\nc\n"; close F; tie my @l, "Tie::File", "tf"; $l[1] = "B"; push @l, "d"; untie @l; open F, "tf"; print <F>'; perl -MIPC::Open3 -MIO::Handle -MIO::File -e 'my $pid = open3(my $in, my $out, undef, "cat"); print $in "to cat\n"; close $in; print <$out>; waitpid $pid, 0; my $f = IO::File->new("io", "w"); $f->print("x\n"); $f->close; print IO::File->new("io")->getline'

### time
TZ=UTC perl -e 'my @t = gmtime 1714564800; print "@t\n"; print scalar(gmtime 0), "\n"; print scalar localtime(1e9), "\n"; printf "%04d-%02d-%02d\n", (gmtime 4102444800)[5] + 1900, (gmtime 4102444800)[4] + 1, (gmtime 4102444800)[3]; print time - $^T < 5 ? "ok\n" : "late\n"; print scalar gmtime(-1), " ", scalar gmtime(2**40), "\n"'; TZ=EST5EDT4,M3.2.0,M11.1.0 perl -MPOSIX -e 'print strftime("%H:%M %Z", localtime 1714564800), "\n"'; perl -MTime::Piece -e 'my $t = gmtime(1714564800); print $t->ymd, " ", $t->strftime("%A %j"), " ", Time::Piece->strptime("2024-02-29", "%Y-%m-%d")->epoch, "\n"'

### sprintf, pack and vec
perl -e 'printf "%s|%10.3s|%-8s|%+d|% d|%#x|%#o|%#b|%e|%g|%g|%G|%c|%%|%v d|%*d|%2$s\n", "a", "bcdef", "left", 5, 5, 255, 8, 5, 1234.5, 0.00001234, 1e100, 1e-10, 65, "1.22.333", 5, 42; print unpack("H*", pack("A3 n N v C a2", "ab", 1, 2, 3, 4, "z")), " ", join(",", unpack("n N v", pack("n N v", 1, 2, 3))), " ", unpack("%32C*", "abc"), " ", join(" ", map { sprintf "%08b", $_ } unpack "C*", "AB"), " ", unpack("b8", "A"), "\n"; my $v = ""; vec($v, 3, 4) = 15; print unpack("H*", $v), " ", pack("w", 300) eq "\x82\x2c" ? "ber" : "", " ", unpack("H*", pack "d>", 1.5), " ", unpack("H*", pack "q<", -2), " ", length pack("j", 1), "\n"; printf "%vd %s\n", "1.2.3", sprintf "%03b-%X", 5, 3735928559; printf "%.0f %.0f %.2f %.15g %s\n", 0.5, 1.5, 2.675, 0.1, 1e-7; printf "%s %s\n", 1e5, 1.0e-5'

### local files as modules
mkdir -p lib/My; cat > lib/My/Util.pm <<'P'
package My::Util;
use strict; use warnings;
use Exporter 'import';
our @EXPORT_OK = qw(double $name);
our $VERSION = '1.02';
our $name = 'util';
sub double { return 2 * shift }
1;
P
perl -Ilib -MMy::Util=double,\$name -e 'print double(21), " $name $My::Util::VERSION\n"'; PERL5LIB=lib perl -e 'use My::Util 1.01; print My::Util::double(1), "\n"; use My::Util 2' 2>&1; perl -e 'use lib "lib"; require My::Util; print $INC{"My/Util.pm"}, "\n"'; echo 'sub helper { "help" } 1;' > h.pl; perl -e 'require "./h.pl"; print helper(), "\n"; do "./nosuch.pl" or print "no: $!\n"'; echo 0 > f.pl; perl -e 'require "./f.pl"' ; echo $?

### here documents, heredocs with interpolation, ranges, loops
perl -e 'my $n = "x"; print <<"A", <<~B;
a $n @{[1 + 1]}
A
    indented $n
      more
    B
OUTER: for my $i (1..3) { for my $j (1..3) { next OUTER if $j == 2; last OUTER if $i == 3; print "$i$j " } } print "\n"; my $i = 0; do { print $i++ } while ($i < 3); until ($i <= 0) { $i-- } print "$i\n"; print "unless\n" unless 0; for (my $k = 0; $k < 2; $k++) { print $k } print "\n"; print join(",", "a".."e", "aa".."ad"), "\n"; my @m = ([1, 2], [3, 4]); print join(";", map { join ",", @$_ } @m), "\n"; print "chained\n" if 1 < 2 and not 0; my ($x, $y) = (1, 2); ($x, $y) = ($y, $x); print "$x$y\n"; my $r = $x > 1 ? "big" : "small"; print "$r\n"; $x ||= 5; $y //= 6; $x **= 3; print "$x $y\n"; { redo_test: my $t = 0; $t++; print "block\n"; last; print "never" }'

### reading input
# stdin: "alpha\nbeta\ngamma\n"
perl -e 'my $first = <STDIN>; chomp $first; print "[$first]\n"; local $/ = undef; my $rest = <STDIN>; print length $rest, "\n"; print eof(STDIN) ? "eof\n" : "more\n"'; printf 'a\tb\n' | perl -ne 'chomp; my ($x, $y) = split /\t/; print "$y$x\n"'; printf 'p1\nl2\n\np2\n' | perl -00 -ne 'print "para: ", tr/\n//, "\n"'; printf 'x\0y\0' | perl -0ne 'chomp; print "$_;"'; echo; printf 'abcdef' | perl -e 'read STDIN, my $b, 3; print "$b\n"; sysread STDIN, $b, 9; print "[$b]\n"; print getc(STDIN) // "none", "\n"'; printf '1\n2\n' | perl -e 'while (<>) { print "$ARGV $_" }'; printf 'x\n' | perl -pe 'BEGIN { print "head\n" } END { print "tail\n" }'; printf 'a b  c\n' | perl -anE 'say scalar @F'

### fast enough
perl -e 'my %h; $h{$_ % 1000} += $_ for 1..200000; my $s = 0; $s += $_ for values %h; print "$s\n"; my $str = ""; $str .= chr(65 + $_ % 26) for 1..100000; my $n = () = $str =~ /ABC/g; print "$n\n"; print scalar(grep { $_ % 7 == 0 } sort { $b <=> $a } map { $_ * 3 % 10007 } 1..20000), "\n"'; seq 50000 | perl -ne '$t += $1 if /(\d)$/; END { print "$t\n" }'

### a pipe to a child that is a copy
perl -e 'my $pid = open(my $from, "-|") // die; if (!$pid) { print "from the child\n"; print STDERR "aside\n"; exit 5 } print "got: ", <$from>; close $from; print $? >> 8, "\n"; $pid = open(my $to, "|-") // die; if (!$pid) { while (<STDIN>) { print "child read $_" } exit } print $to "a\nb\n"; close $to; print "closed $?\n"; open(my $list, "-|", "printf", "%s|", "a b", "c") or die; print <$list>, "\n"; close $list; print "$?\n"'; perl -we 'open my $p, "-|", "nosuchcommand", "x" or print "no: $!\n"; open my $q, "nosuchcommand |" or print "no: $!\n"; my $out = `nosuchcommand 2>&1`; print $? == -1 ? "minus one: $!" : $? >> 8, "\n"; my $e = system("nosuchcommand"); print "$e $!\n"'

### children and their ends
perl -MPOSIX=:sys_wait_h -e '$| = 1; my %want; for my $n (1..4) { my $pid = fork; if (!$pid) { exit $n } $want{$pid} = $n } while ((my $pid = wait) > 0) { $sum += $? >> 8; delete $want{$pid} } print "$sum ", scalar(keys %want), " $!\n"; my $pid = fork; if (!$pid) { sleep 10; exit } kill TERM => $pid; waitpid $pid, 0; print WIFSIGNALED($?) ? "signal " . WTERMSIG($?) : "no", "\n"; print waitpid(-1, WNOHANG), "\n"; system "kill -9 \$\$"; printf "%d %d\n", $? & 127, $? >> 8; $SIG{CHLD} = sub { while ((my $p = waitpid -1, WNOHANG) > 0) { $reaped++ } }; if (!fork) { exit } select undef, undef, undef, 0.05 until $reaped; print "reaped $reaped\n"; $SIG{CHLD} = "IGNORE"; if (!fork) { exit } print wait, "\n"; exit 300'; echo $?; perl -e 'END { print "end $?\n"; $? = 9 } exit 2'; echo $?

### signals while it computes
perl -e '$SIG{ALRM} = sub { die "time is up\n" }; alarm 1; eval { 1 while 1 }; print $@; $SIG{ALRM} = sub { $n++ }; alarm 1; my $x = 0; $x++ until $n; print "counted\n"; local $SIG{INT} = sub { print "int $_[0]\n" }; kill INT => $$; local $SIG{TERM} = "IGNORE"; kill TERM => $$; print "alive\n"; local $SIG{HUP} = \&hup; sub hup { print "hup\n" } kill HUP => $$; print exists $SIG{USR1} ? "key" : "none", " ", defined $SIG{USR1} ? 1 : 0, "\n"; $SIG{PIPE} = sub { print STDERR "pipe\n" }; open my $p, "|-", "exit 0"; sleep 1; print $p "x" x 100000; close $p; print "on\n"'; timeout 1 perl -e '1 while 1'; echo $?; perl -MTime::HiRes=ualarm,setitimer,ITIMER_REAL -e '$SIG{ALRM} = sub { $n++ }; setitimer ITIMER_REAL, 0.01, 0.01; $i++ while $n < 3; setitimer ITIMER_REAL, 0; print "three\n"; ualarm 1000; sleep 5; print "awake\n"'

### testing with Test::More and prove
mkdir t; cat > t/good.t <<'P'
use strict; use warnings;
use Test::More tests => 8;
ok 1, 'true';
is 1 + 1, 2, 'sum';
like 'hello', qr/ell/, 'like';
is_deeply { a => [1, { b => 2 }] }, { a => [1, { b => 2 }] }, 'deep';
isa_ok [], 'ARRAY';
can_ok 'Test::More', 'ok';
cmp_ok 3, '>', 2, 'greater';
subtest inner => sub { plan tests => 2; ok 1; ok 2, 'two' };
P
cat > t/bad.t <<'P'
use Test::More;
is 'a', 'b', 'letters';
is_deeply [1, 2], [1, 3], 'lists';
SKIP: { skip 'not here', 1; ok 0 }
TODO: { local $TODO = 'later'; ok 0, 'todo' }
note 'a note'; diag 'a diagnostic';
done_testing;
P
perl t/good.t; echo $?; perl t/bad.t; echo $?; prove t/good.t | sed 's/[0-9]* *wallclock.*//'; echo ${PIPESTATUS[0]}; prove -v t 2>/dev/null | sed 's/[0-9]* *wallclock.*//'; echo ${PIPESTATUS[0]}

### dumping and storing data
perl -MData::Dumper -e '$Data::Dumper::Sortkeys = $Data::Dumper::Indent = 1; my $r = { n => -1.5, s => "it'"'"'s\n", u => undef, e => [], h => {}, c => sub { 1 }, re => qr/a.b/i, big => 12345678901234567890, z => "007", o => bless([1], "Some::Class"), uni => "\x{263a}" }; $r->{self} = $r; print Dumper($r); local ($Data::Dumper::Useqq, $Data::Dumper::Terse, $Data::Dumper::Indent) = (1, 1, 0); print Dumper("tab\t\$x\0", [1, "1", 1.0]), "\n"; print Data::Dumper->Dump([[1, 2], { a => 1 }], [qw(list *hash)]), "\n"; local $Data::Dumper::Deepcopy = 1; my $v = eval Dumper({ k => [1, 2] }); print $v->{k}[1], "\n"'; perl -MStorable -e 'store { a => [1, 2, { b => "c" }] }, "s"; my $r = retrieve "s"; print $r->{a}[2]{b}, "\n"; Storable::nstore [1, "x"], "n"; print "@{ Storable::retrieve(q(n)) }\n"; eval { retrieve "nosuch" }; print $@ =~ /No such file/ ? "no file\n" : $@'

### JSON in and out
cat > in.json <<'J'
{"users":[{"name":"Ada","tags":["x","y"],"age":36,"ok":true},{"name":"Zoë","tags":[],"age":null,"ok":false}],"pi":3.14,"big":1e3,"esc":"a\"b\\c\/\u00e9\ud83d\ude00\n"}
J
perl -MJSON::PP -0777 -ne 'my $d = decode_json $_; binmode STDOUT, ":utf8"; print "$_->{name}:", scalar @{ $_->{tags} }, ":", $_->{age} // "none", ":", $_->{ok} ? "yes" : "no", "\n" for @{ $d->{users} }; print $d->{esc}; print $d->{pi} + 1, " $d->{big}\n"' in.json; perl -MJSON::PP -e 'my $j = JSON::PP->new->canonical->indent->space_after; print $j->encode({ n => 1, s => "1", f => 1.5, t => JSON::PP::true, l => [1, [2]], u => undef, o => {} }); print JSON::PP->new->ascii->encode(["\x{e9}\x{1f600}"]), "\n"; print JSON::PP->new->allow_nonref->encode("x"), "\n"; for my $bad ("{", "[1,]", q({"a" 1}), "nul", "") { eval { decode_json $bad }; print $@ }'; json_pp -json_opt canonical,pretty < in.json; echo '{"a":1' | json_pp; echo $?

### Unicode by name, property and form
perl -CS -Mutf8 -e 'print "\N{GREEK SMALL LETTER ALPHA}\N{U+2603}\N{SNOWMAN}\n"; use charnames (); print charnames::viacode(0xe9), " ", sprintf("%x", charnames::vianame("EURO SIGN")), "\n"; print join(",", "aßÉ1٣ \t漢" =~ /\p{L}/g), " ", join(",", "a1٣" =~ /\d/g), " ", join(",", "a1٣" =~ /\d/ag), "\n"; print "Αλφα" =~ /^\p{Greek}+$/ ? "greek" : "", " ", "x" =~ /\p{IsUpper}/ ? 1 : 0, " ", "日本" =~ /\p{Script=Han}{2}/ ? 1 : 0, " ", "é" =~ /^\X$/ ? 1 : 0, "\n"; print join("|", map { length } "e\x{301}a" =~ /\X/g), " ", "ÀÉ" =~ /àé/i ? "fold" : "no", " ", "\L\u\xc9COLE\E ", ucfirst("ǆ"), " ", lc("ΑΣ"), " ", "straße" =~ /STRASSE/i ? "ss" : "", "\n"; use Unicode::Normalize; print length(NFD("é")), length(NFC("e\x{301}")), " ", NFKC("ﬁ①"), "\n"; print "mañana" =~ tr/a-zñ//, " ", sprintf("%-6s|%3s|", "é", "ñ"), " ", join(" ", sort "é", "z", "a"), "\n"; my $b = "é"; utf8::encode($b); print length($b), utf8::is_utf8($b) ? 1 : 0, " ", ord("€"), chr(8364), " \x{e9}", "\n"'; perl -MEncode=encode,decode,from_to,is_utf8 -e 'my $s = decode("UTF-16LE", "a\0\xac\x20"); printf "%d %x ", length $s, ord substr $s, 1; print unpack("H*", encode("UTF-16", "a")), " ", unpack("H*", encode("UTF-8", "\x{20ac}")), " "; my $l = "\xe9"; from_to($l, "latin1", "utf8"); print unpack("H*", $l), " ", encode("ascii", "\x{e9}x"), " ", decode("UTF-8", "a\xffb") =~ /\x{fffd}/ ? "replaced" : "", " "; eval { decode("UTF-8", "\xff", Encode::FB_CROAK) }; print $@; print scalar(grep { /utf/i } Encode->encodings), " ", encode("cp1252", "\x{20ac}") eq "\x80" ? "cp" : "", "\n"'

### switches
cat > s.pl <<'P'
#!/usr/bin/perl -s
print "name=$name x=$x args=@ARGV\n";
P
perl -s s.pl -name=val -x rest; perl -se 'print "$v\n"' -- -v=7; perl -c s.pl; printf 'junk\n#!perl -l\nprint "from x";\n__END__\nmore\n' > x.txt; perl -x x.txt; perl -le 'print $0; print __FILE__, __LINE__' 2>&1; echo 'print "stdin script @ARGV\n"' | perl - a b; perl -Mstrict -Mwarnings=FATAL,all -e 'my $u; print "a" . $u; print "never"'; echo $?; perl -W -e '$x = "3 apples" + 2; print "$x\n"'; perl -X -e 'print undef + 1, "\n"'; perl -m-strict -e 'print "ok\n"'; perl -i -e 1; perl -l012 -0101 -ne 'print' <<< 'xAyAz'; perl -v | sed -n 2p | cut -d' ' -f1-9; perl -V:version -V:ivsize; perl -nE 'say $. if eof' s.pl x.txt; perl -pe 's/a/b/;' -e 'tr/x/X/' x.txt; perl -Z; echo $?; perl -E 'say $^V, " ", $], " $^O"'

### scopes and contexts
perl -e 'our $g = 1; sub show { print "$g " } sub test { local $g = 2; show } test; show; my $x = 10; { my $x = 20; print "$x " } print "$x\n"; my @a = (my $n = () = (5, 6, 7)); print "@a ", scalar(@{[1, 2]}), " ", (4, 5, 6)[1], " ", "@{[map { $_ * 2 } 1..3]}", "\n"; local $, = "-"; local $\ = "!\n"; print 1, 2; { local $" = ":"; my @l = (1, 2); print "@l" } print my $last = (7, 8, 9)[-1]; @h{"a", "b"} = (1, 2); my %s = (%h, c => 3); my %inv = reverse %s; print join ",", map { "$_$inv{$_}" } sort keys %inv; print join ",", map { "@$_" } sort { $a->[0] <=> $b->[0] } ([2, "b"], [1, "a"]); my ($f, @r) = split /,/, "1,2,3,,,"; print $f, scalar @r; print join "|", split(//, "ab"), split(" ", "  x  y "), split(/(-)/, "1-2"), split(/,/, "a,b,c", 2); print exists &show ? "sub" : "", defined &nosub ? 1 : 0; print "ok" if "abc" ~~ /b/; my %k = map { $_ => 1 } qw(x y); print join ",", sort keys %k; print "a" lt "b", 10 <=> 9, "a" x -1, "5" * "4"; print join ",", (1..3, "a".."c")[1, 3]; my @c = @h{qw(a b)}; my %sl = %h{"a"}; print "@c $sl{a}"; print delete local $h{a} // "none", $h{a}; print ucfirst lc "HELLO", lcfirst "ABC", sprintf("%s", 1 <=> 2), chop(my $t = "xy"), chomp(my $u = "z\n"); print "z" . "-" x 3, join("", reverse 1..3), wantarray ? 1 : 0, ref \1, ref qr/x/, ref \\1' 2>/dev/null

### ties, overloads, closures over time
perl -e 'package Up; sub TIESCALAR { my ($c, $v) = @_; bless \$v, $c } sub FETCH { uc ${ $_[0] } } sub STORE { ${ $_[0] } = $_[1] } package Ord; require Tie::Hash; our @ISA = "Tie::ExtraHash"; sub TIEHASH { bless [{}, []], shift } sub STORE { push @{ $_[0][1] }, $_[1] unless exists $_[0][0]{$_[1]}; $_[0][0]{$_[1]} = $_[2] } sub FIRSTKEY { $_[0][2] = 0; $_[0][1][0] } sub NEXTKEY { $_[0][1][++$_[0][2]] } package main; tie my $s, "Up", "abc"; print "$s "; $s = "xyz"; print "$s\n"; tie my %h, "Ord"; @h{qw(z a m)} = 1..3; print join(",", map { "$_=$h{$_}" } keys %h), "\n"; untie %h; package V { use overload "<=>" => sub { my ($a, $b, $sw) = @_; ($a->{n} <=> (ref $b ? $b->{n} : $b)) * ($sw ? -1 : 1) }, "-" => sub { my ($a, $b, $sw) = @_; my $r = $a->{n} - (ref $b ? $b->{n} : $b); V->new($sw ? -$r : $r) }, "bool" => sub { $_[0]{n} != 0 }, "@{}" => sub { [1, 2, $_[0]->n] }, "&{}" => sub { my $s = shift; sub { "called @_ " . $s->n } }, q("") => sub { "V" . $_[0]->n }; sub new { my $c = shift; bless { n => shift }, $c } sub n { $_[0]{n} } } my @v = map { V->new($_) } 3, 1, 2; print join(" ", sort { $a <=> $b } @v), " ", 10 - $v[0], " ", $v[0] > $v[1] ? "gt" : "", " ", "@{$v[2]}", " ", $v[0]->("x"), " ", V->new(0) ? "t" : "f", "\n"; use constant { A => 1, LIST => [1, 2] }; print A + 1, LIST->[1], __PACKAGE__->can("A") ? "c" : "", "\n"; my $m = "n"; print $v[0]->$m, " ", V->can("n")->($v[1]), " ", (ref $v[0])->new(9), "\n"; package Base1 { sub new { bless {}, shift } sub hi { "base" } } package Kid { use parent -norequire, "Base1"; sub hi { my $s = shift; "kid+" . $s->SUPER::hi() } } print Kid->new->hi, " ", Kid->isa("Base1"), " ", UNIVERSAL::can("Kid", "hi") ? 1 : 0, "\n"; sub gen { my $n = shift; return { inc => sub { ++$n }, get => sub { $n } } } my $c = gen(5); $c->{inc}->() for 1..3; print $c->{get}->(), "\n"; my $fact; $fact = sub { my $n = shift; $n <= 1 ? 1 : $n * $fact->($n - 1) }; print $fact->(10), " "; use feature "current_sub"; print sub { my $n = shift; $n < 2 ? $n : __SUB__->($n - 1) + __SUB__->($n - 2) }->(15), "\n"; eval { die { code => 42 } }; print $@->{code}, " "; eval { eval { die "in\n" }; print "got $@"; die "out: $@" }; print $@; print "sorted: @{[sort { $b <=> $a } 10, 9, 100]} @{[sort 10, 9, 100]}\n"; local $@ = "kept"; { local $@; eval { die "x" } } print "$@\n"; print "done\n"'

### traces and warnings with their lines
cat > w.pl <<'P'
use strict;
use warnings;
use Carp qw(carp croak confess cluck);
sub inner { croak "bad argument" if $_[0]; carp "odd" }
sub outer { inner(@_) }
outer(0);
eval { outer(1) };
print STDERR "E: $@";
my %h = (1);
my @a = (1, 2);
my $u;
print "x$u\n";
my $n = "abc" + 1;
print substr("abc", 5) // 'undef', "\n";
sub rec { $_[0] ? rec($_[0] - 1) : cluck "deep" } rec(2);
warn "no newline";
warn { a => 1 }->{a}, "\n";
open(my $f, '<', 'w.pl'); <$f>; warn "with a handle";
eval { my $r = "str"; no warnings; my @x = @$r; }; print STDERR $@;
eval { undef->method }; print STDERR $@;
eval { Nope->new }; print STDERR $@;
eval { my $c; $c->() }; print STDERR $@;
eval { local $SIG{__DIE__} = sub { print STDERR "hook: $_[0]" }; die "dying\n" };
# line 100 "other.pl"
die "at the end";
P
perl w.pl; echo $?; printf 'my $x = 1;\nif ($x {\n  print 1;\n}\n' > syn.pl; perl -c syn.pl; echo $?; perl -e 'use strict; my $a = $undeclared; foo bar; print "x"'; echo $?; printf 'print "unterminated;\n' | perl; echo $?; perl -we 'my $x = 1; my $x = 2; my @l = (1,2); my $y = @l[0]; print (1)+2; if ($x = 1) {}'; perl -e 'print 1/0'; echo $?; perl -e 'my @a = (1) x -1; $#{$a[0]} = 2; sqrt(-1)'; echo $?; perl -e '"a" =~ /(/'; echo $?

### a log analysed
cat > access.log <<'L'
10.0.0.1 - - [10/Oct/2024:13:55:36 +0000] "GET /index.html HTTP/1.1" 200 2326
10.0.0.2 - - [10/Oct/2024:13:55:40 +0000] "POST /login HTTP/1.1" 302 0
10.0.0.1 - - [10/Oct/2024:13:56:01 +0000] "GET /img/a.png HTTP/1.1" 404 512
10.0.0.3 - - [11/Oct/2024:00:00:01 +0000] "GET /index.html HTTP/1.1" 200 2326
10.0.0.1 - - [11/Oct/2024:00:10:00 +0000] "GET /api?q=a%20b HTTP/1.1" 500 77
L
cat > report.pl <<'P'
#!/usr/bin/env perl
use strict;
use warnings;
my (%by_ip, %status, %day, $bytes);
while (<>) {
    next unless m{^(?<ip>\S+) .*? \[(?<d>\d+)/(?<mon>\w+)/(?<y>\d+):[^\]]+\]\s"(?<verb>[A-Z]+)\s(?<path>\S+)[^"]*"\s(?<code>\d{3})\s(?<size>\d+)}x;
    my %r = %+;
    $r{path} =~ s/%([0-9A-F]{2})/chr hex $1/ge;
    push @{ $by_ip{ $r{ip} } }, "$r{verb} $r{path}";
    $status{ substr $r{code}, 0, 1 }++;
    $day{"$r{y}-$r{mon}-$r{d}"} += $r{size};
    $bytes += $r{size};
}
printf "%-10s %d\n", $_, scalar @{ $by_ip{$_} } for sort { @{ $by_ip{$b} } <=> @{ $by_ip{$a} } || $a cmp $b } keys %by_ip;
print "${_}xx=$status{$_} " for sort keys %status;
print "\n$_ $day{$_}\n" for sort keys %day;
(my $pretty = reverse $bytes) =~ s/(\d{3})(?=\d)/$1,/g;
print "total ", scalar reverse($pretty), "\n", join("; ", @{ $by_ip{'10.0.0.1'} }), "\n";
P
chmod +x report.pl; ./report.pl access.log; perl -ne '$h{$1}++ if /" (\d+) /; END { print map { "$_ $h{$_}\n" } sort keys %h }' access.log; perl -F'/\s/' -ane 'print "$F[0] $F[8]\n" if $F[8] >= 400' access.log; shasum report.pl | cut -c1-10; shasum -a 256 access.log | tee sums | cut -c1-10; shasum -c sums; perl -MTime::Local -MPOSIX=strftime -ne 'm{\[(\d+)/(\w+)/(\d+):(\d+):(\d+):(\d+)} and print strftime("%FT%TZ", gmtime timegm($6, $5, $4, $1, { Oct => 9 }->{$2}, $3)), "\n"' access.log | tail -1
