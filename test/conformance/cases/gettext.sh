envsubst, and messages without translations.

### variables in a template
# skip(v86): gettext is not there
export NAME=World COUNT=3; unset NONE; printf 'Hello $NAME, ${COUNT} of $NONE. $1 $$ ${NAME:-x} $NAMEX \\$NAME\n' > t; envsubst < t; envsubst '$NAME' < t; envsubst '${COUNT} $NONE' < t; envsubst -v '$A ${B} c'; NAME='a b*' envsubst < t; echo 'no newline $NAME' | tr -d '\n' | envsubst; echo; envsubst < t > out && cmp -s t out; (set -a; . /dev/stdin; envsubst < t) <<< 'NAME=sourced'; env -i /usr/bin/envsubst <<< '[$NAME]'; envsubst --nonsense; echo $?; envsubst a b; echo $?; envsubst -V | head -1

### messages
# skip(v86): gettext is not there
gettext 'a message'; echo; gettext -e 'a\tb\n'; gettext -d app -s 'hello there'; ngettext '%d file' '%d files' 1; echo; ngettext '%d file' '%d files' 3; echo; . gettext.sh; N=5; eval_gettext 'have $N'; echo; eval_ngettext '$N one' '$N many' $N; echo; gettext; echo $?
