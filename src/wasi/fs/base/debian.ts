import type { BaseImage } from "./image.js";

export interface DebianOptions {
  /** Name of the machine, for /etc/hostname and /etc/hosts. */
  readonly hostname: string;
}

const USER = { uid: 1000, gid: 1000 } as const;

/** The directories and files of a small Debian 12, without programs: merged /usr, users root and user, the usual /etc. */
export function debianImage({ hostname }: DebianOptions): BaseImage {
  const text = (content: string, attributes = {}) => ({ content, ...attributes });
  return {
    directories: {
      "/boot": {},
      "/dev": {},
      "/etc": {},
      "/etc/alternatives": {},
      "/etc/default": {},
      "/etc/profile.d": {},
      "/home": {},
      "/home/user": { ...USER, mode: 0o755 },
      "/media": {},
      "/mnt": {},
      "/opt": {},
      "/proc": { mode: 0o555 },
      "/root": { mode: 0o700 },
      "/run": {},
      "/run/lock": { mode: 0o1777 },
      "/srv": {},
      "/sys": { mode: 0o555 },
      "/tmp": { mode: 0o1777 },
      "/usr/bin": {},
      "/usr/games": {},
      "/usr/include": {},
      "/usr/lib": {},
      "/usr/lib64": {},
      "/usr/libexec": {},
      "/usr/local/bin": {},
      "/usr/local/etc": {},
      "/usr/local/games": {},
      "/usr/local/include": {},
      "/usr/local/lib": {},
      "/usr/local/sbin": {},
      "/usr/local/share": {},
      "/usr/local/src": {},
      "/usr/sbin": {},
      "/usr/share/doc": {},
      "/usr/share/misc": {},
      "/usr/src": {},
      "/var/backups": {},
      "/var/cache": {},
      "/var/lib": {},
      "/var/local": { mode: 0o2775, gid: 50 },
      "/var/log": {},
      "/var/mail": { mode: 0o2775, gid: 8 },
      "/var/opt": {},
      "/var/spool": {},
      "/var/tmp": { mode: 0o1777 },
    },
    files: {
      "/etc/bash.bashrc": text(BASH_BASHRC),
      "/etc/debian_version": text("12.12\n"),
      "/etc/environment": text(""),
      "/etc/fstab": text("# UNCONFIGURED FSTAB FOR BASE SYSTEM\n"),
      "/etc/group": text(GROUP),
      "/etc/gshadow": text(GSHADOW, { mode: 0o640, gid: 42 }),
      "/etc/host.conf": text("multi on\n"),
      "/etc/hostname": text(`${hostname}\n`),
      "/etc/hosts": text(hosts(hostname)),
      "/etc/inputrc": text(INPUTRC),
      "/etc/issue": text("Debian GNU/Linux 12 \\n \\l\n\n"),
      "/etc/issue.net": text("Debian GNU/Linux 12\n"),
      "/etc/motd": text(""),
      "/etc/nsswitch.conf": text(NSSWITCH),
      "/etc/passwd": text(PASSWD),
      "/etc/profile": text(PROFILE),
      "/etc/shadow": text(SHADOW, { mode: 0o640, gid: 42 }),
      "/etc/shells": text(SHELLS),
      "/etc/skel/.bash_logout": text(BASH_LOGOUT),
      "/etc/skel/.bashrc": text(USER_BASHRC),
      "/etc/skel/.profile": text(USER_PROFILE),
      "/etc/timezone": text("Etc/UTC\n"),
      "/home/user/.bash_logout": text(BASH_LOGOUT, USER),
      "/home/user/.bashrc": text(USER_BASHRC, USER),
      "/home/user/.profile": text(USER_PROFILE, USER),
      "/root/.bashrc": text(ROOT_BASHRC),
      "/root/.profile": text(ROOT_PROFILE),
      "/usr/lib/os-release": text(OS_RELEASE),
      "/usr/share/zoneinfo/Etc/UTC": { content: UTC_ZONE },
    },
    symlinks: {
      "/bin": "usr/bin",
      "/etc/localtime": "/usr/share/zoneinfo/Etc/UTC",
      "/etc/mtab": "../proc/self/mounts",
      "/etc/os-release": "../usr/lib/os-release",
      "/lib": "usr/lib",
      "/lib64": "usr/lib64",
      "/sbin": "usr/sbin",
      "/usr/share/zoneinfo/UTC": "Etc/UTC",
      "/var/lock": "/run/lock",
      "/var/run": "/run",
      "/var/spool/mail": "../mail",
    },
  };
}

const PASSWD = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
sync:x:4:65534:sync:/bin:/bin/sync
games:x:5:60:games:/usr/games:/usr/sbin/nologin
man:x:6:12:man:/var/cache/man:/usr/sbin/nologin
lp:x:7:7:lp:/var/spool/lpd:/usr/sbin/nologin
mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
news:x:9:9:news:/var/spool/news:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
backup:x:34:34:backup:/var/backups:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
user:x:1000:1000:user:/home/user:/bin/bash
`;

const GROUP = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:
tty:x:5:
disk:x:6:
lp:x:7:
mail:x:8:
news:x:9:
man:x:12:
kmem:x:15:
sudo:x:27:
audio:x:29:
www-data:x:33:
backup:x:34:
shadow:x:42:
utmp:x:43:
video:x:44:
staff:x:50:
games:x:60:
users:x:100:
nogroup:x:65534:
user:x:1000:
`;

/** No account has a password that could be entered. */
const SHADOW = PASSWD.replace(/^([^:]*):.*$/gm, "$1:*:20089:0:99999:7:::");
const GSHADOW = GROUP.replace(/^([^:]*):.*$/gm, "$1:*::");

const OS_RELEASE = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"
`;

const SHELLS = `# /etc/shells: valid login shells
/bin/sh
/usr/bin/sh
/bin/bash
/usr/bin/bash
/bin/rbash
/usr/bin/rbash
`;

const NSSWITCH = `passwd:         files
group:          files
shadow:         files
gshadow:        files

hosts:          files
networks:       files

protocols:      files
services:       files
ethers:         files
rpc:            files
`;

const hosts = (hostname: string): string => `127.0.0.1\tlocalhost
::1\tlocalhost ip6-localhost ip6-loopback
ff02::1\tip6-allnodes
ff02::2\tip6-allrouters
127.0.1.1\t${hostname}
`;

/** UTC as a TZif file (RFC 8536): a header that counts one type and four characters, the type, "UTC"; twice; a footer. */
const UTC_ZONE = tzif();

function tzif(): Uint8Array {
  const code = (char: string): number => char.charCodeAt(0);
  const header = [..."TZif2"].map(code);
  const counts = [0, 0, 0, 0, 1, 4].flatMap((count) => [0, 0, 0, count]);
  const block = [
    ...header,
    ...new Array<number>(15).fill(0),
    ...counts,
    0,
    0,
    0,
    0,
    0,
    0,
    ...[..."UTC\0"].map(code),
  ];
  return Uint8Array.from([...block, ...block, ...[..."\nUTC0\n"].map(code)]);
}

const PROFILE = `# /etc/profile: what login shells read first.

if [ "$(id -u)" -eq 0 ]; then
  PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
else
  PATH="/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"
fi
export PATH

if [ -n "\${PS1-}" ]; then
  if [ -n "\${BASH-}" ] && [ "$BASH" != "/bin/sh" ]; then
    if [ -f /etc/bash.bashrc ]; then
      . /etc/bash.bashrc
    fi
  elif [ "$(id -u)" -eq 0 ]; then
    PS1='# '
  else
    PS1='$ '
  fi
fi

for file in /etc/profile.d/*.sh; do
  if [ -r "$file" ]; then
    . "$file"
  fi
done
unset file
`;

const BASH_BASHRC = `# /etc/bash.bashrc: what interactive shells read first.

[ -z "\${PS1-}" ] && return

shopt -s checkwinsize
PS1='\\u@\\h:\\w\\$ '
`;

const ROOT_BASHRC = `# ~/.bashrc: what interactive shells read.

# export LS_OPTIONS='--color=auto'
# alias ls='ls $LS_OPTIONS'
# alias ll='ls $LS_OPTIONS -l'
`;

const ROOT_PROFILE = `# ~/.profile: what login shells read.

if [ -n "\${BASH-}" ] && [ -f ~/.bashrc ]; then
  . ~/.bashrc
fi
`;

const USER_BASHRC = `# ~/.bashrc: what interactive shells read.

case $- in
  *i*) ;;
  *) return ;;
esac

HISTCONTROL=ignoreboth
HISTSIZE=1000
HISTFILESIZE=2000
shopt -s histappend checkwinsize
PS1='\\u@\\h:\\w\\$ '

if [ -f ~/.bash_aliases ]; then
  . ~/.bash_aliases
fi
`;

const USER_PROFILE = `# ~/.profile: what login shells read.

if [ -n "\${BASH_VERSION-}" ] && [ -f "$HOME/.bashrc" ]; then
  . "$HOME/.bashrc"
fi
for directory in "$HOME/bin" "$HOME/.local/bin"; do
  if [ -d "$directory" ]; then
    PATH="$directory:$PATH"
  fi
done
unset directory
`;

const BASH_LOGOUT = `# ~/.bash_logout: what a login shell runs when it ends.
`;

const INPUTRC = `# /etc/inputrc: key bindings for readline.

set input-meta on
set output-meta on

"\\e[1~": beginning-of-line
"\\e[4~": end-of-line
"\\e[3~": delete-char
"\\e[5C": forward-word
"\\e[5D": backward-word
"\\e[1;5C": forward-word
"\\e[1;5D": backward-word
`;
