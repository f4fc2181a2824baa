# Sourced by build-images: what a recipe may say, and how it is built.
#
# A recipe sets
#   source, version   a Debian source package, exactly
#   dsc               sha256 of the source package's .dsc file, if it is of another release than this machine's
#   licence           SPDX expression
#   stack             bytes of C stack (K and M understood; default 1M)
#   fpcast            "yes" if the program calls functions through pointers of another type
#   libraries         recipes in guest/libraries to build first
#   configure         further arguments of ./configure
#   make              further arguments of make
#   ldflags           further linker flags
# may define build() to replace autotools(), and says what to install with
#   image NAME FILE   FILE, in the build directory, becomes images/wasi/NAME.wasm
#   provides PATH...  the commands that are the last named image
#   symlink PATH TO   a symbolic link
#   script PATH FILE  a text file of the build directory

host=wasm32-unknown-linux-musl

# source_directory SOURCE VERSION [DSC]
source_directory() {
  local directory=$LIMPET_BUILD_DIR/src/$1-${2//[:\/]/_}
  "$toolchain/fetch-source" "$1" "$2" "$directory" "${@:3}" >&2
  echo "$directory"
}

image() {
  images_of_recipe+=("$1=$2")
}

provides() {
  local path
  for path in "$@"; do
    installed+=("command ${images_of_recipe[-1]%%=*} $path")
  done
}

symlink() {
  installed+=("symlink $2 $1")
}

script() {
  installed+=("script $2 $1")
}

# read_recipe FILE
read_recipe() {
  source='' version='' dsc='' licence='' stack=1M fpcast=no libraries=() configure=() make=() ldflags=''
  images_of_recipe=() installed=()
  build() {
    autotools
  }
  recipe_dir=$(dirname "$1")
  source "$1"
}

# autotools [ARGUMENT...] : configure && make, with further arguments for configure.
autotools() {
  "$source_dir/configure" --build="$(gcc -dumpmachine)" --host=$host --prefix=/usr --sysconfdir=/etc \
    --localstatedir=/var --disable-nls --disable-dependency-tracking "${configure[@]}" "$@"
  make -j2 MAKEINFO=true "${make[@]}"
}

# compile NAME : makes obj/NAME from what read_recipe has read.
compile() {
  local name=$1 library
  object_dir=$LIMPET_BUILD_DIR/obj/$name
  source_dir=$(source_directory "$source" "$version" $dsc)
  : >"$LIMPET_BUILD_DIR/$name.log"
  rm -rf "$object_dir"
  mkdir -p "$object_dir"
  # Where a library installs itself.
  prefix=$LIMPET_BUILD_DIR/libraries/$name
  # In the background, because errexit does not work inside a condition.
  (
    set -e
    cd "$object_dir"
    export CC=$toolchain/wasm32-linux-musl-cc AR=llvm-ar-19 RANLIB=llvm-ranlib-19 NM=llvm-nm-19 STRIP=true
    export CFLAGS="-O2 -w" LDFLAGS=$ldflags STACK_SIZE
    export CONFIG_SITE=$toolchain/config.site PKG_CONFIG=false FORCE_UNSAFE_CONFIGURE=1
    # What scripts that a package installs begin with.
    export SHELL=/bin/sh CONFIG_SHELL=/bin/sh
    STACK_SIZE=$(numfmt --from=iec "$stack")
    for library in "${libraries[@]}"; do
      CFLAGS+=" -I$LIMPET_BUILD_DIR/libraries/$library/include"
      LDFLAGS+=" -L$LIMPET_BUILD_DIR/libraries/$library/lib"
    done
    build
  ) >"$LIMPET_BUILD_DIR/$name.log" 2>&1 &
  if ! wait $!; then
    tail -n 30 "$LIMPET_BUILD_DIR/$name.log" >&2
    say "failed: $name (all of it in $LIMPET_BUILD_DIR/$name.log)"
    return 1
  fi
}
