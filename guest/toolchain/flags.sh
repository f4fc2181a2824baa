# Sourced. What all C code of libc and of the programs is compiled with.
llvm=19
resource_dir=/usr/lib/llvm-$llvm/lib/clang/$llvm

target_flags=(
  --target=wasm32-unknown-unknown
  -msign-ext -mmutable-globals -mnontrapping-fptoint
  # setjmp and longjmp become wasm exceptions.
  -mexception-handling -mllvm -wasm-enable-sjlj
  # The same object files wherever the build directory is.
  "-ffile-prefix-map=$LIMPET_BUILD_DIR=/build"
)
