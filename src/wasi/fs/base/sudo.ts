import type { BaseImage } from "./image.js";

/** sudo for a machine without passwords: root may become anybody, and nobody else may become anything. */
export function sudoCommand(): BaseImage {
  return { files: { "/usr/bin/sudo": { content: SUDO, mode: 0o755 } } };
}

const SUDO = `#!/bin/bash
# sudo [-EHnS] [-u USER] [NAME=VALUE ...] [--] COMMAND [ARGUMENT ...], sudo -i, sudo -s, sudo -v

shopt -s extglob

fail() {
  printf 'sudo: %s\\n' "$1" >&2
  exit 1
}

user=root clean= keep= shell= check= variables=()
while [ $# -gt 0 ]; do
  case $1 in
    --) shift; break ;;
    -u | --user) [ $# -gt 1 ] || fail "option requires an argument -- 'u'"; user=$2; shift ;;
    -u*) user=\${1#-u} ;;
    --user=*) user=\${1#--user=} ;;
    --preserve-env) keep=yes ;;
    -i | --login | -s | --shell) shell=yes ;;
    -v | --validate | -k | --reset-timestamp) check=yes ;;
    -h | --help) sed -n 's/^# //p' "$0"; exit 0 ;;
    -[EHnS]*([EHnS]) | --set-home | --non-interactive | --stdin) [[ $1 != *E* ]] || keep=yes ;;
    -*) fail "the option $1 is not here: this is a small script, for a sandbox without passwords" ;;
    [A-Za-z_]*=*) variables+=("$1") ;;
    *) break ;;
  esac
  shift
done

if [ "$(id -u)" != 0 ]; then
  fail "there are no passwords in this sandbox, so only root may use it: open a session with the user root instead"
fi
IFS=: read -r name _ uid gid _ home login < <(awk -F: -v user="\${user#\\#}" '$1 == user || $3 == user' /etc/passwd)
[ -n "$name" ] || fail "unknown user $user"
[ $# -gt 0 ] || [ -n "$check$shell" ] || fail "what is to be run? (sudo COMMAND [ARGUMENT ...])"
[ $# -gt 0 ] || [ -z "$check" ] || exit 0
[ $# -gt 0 ] || set -- "$login"
type -P -- "$1" >/dev/null || fail "$1: command not found"

command=$(type -P -- "$1")
variables=(
  HOME="$home" USER="$name" LOGNAME="$name" SHELL="$login" SUDO_USER=root SUDO_UID=0 SUDO_GID=0
  SUDO_COMMAND="$command\${2:+ \${*:2}}" "\${variables[@]}"
)
if [ -z "$keep" ]; then
  clean=-i
  for kept in PATH TERM LANG LC_ALL TZ; do
    [ -z "\${!kept+set}" ] || variables=("$kept=\${!kept}" "\${variables[@]}")
  done
fi
[ "$uid" = 0 ] || set -- chroot --userspec="$uid:$gid" --groups= --skip-chdir / "$@"
exec env $clean "\${variables[@]}" "$@"
`;
