import { type ModuleOutline, reread, SectionId } from "../../fuel/module.js";
import type { WasmReader } from "../../fuel/wasm-reader.js";

/** What WASI's functions are imported from. */
export const WASI_MODULE = "wasi_snapshot_preview1";

const I32 = 0x7f;
const I64 = 0x7e;
const FUNCTION = 0;

/** The parameters of WASI's functions: `i` is an i32, `I` an i64. All but proc_exit return an i32. */
const PARAMETERS: Readonly<Record<string, string>> = {
  args_get: "ii",
  args_sizes_get: "ii",
  clock_res_get: "ii",
  clock_time_get: "iIi",
  environ_get: "ii",
  environ_sizes_get: "ii",
  fd_advise: "iIIi",
  fd_allocate: "iII",
  fd_close: "i",
  fd_datasync: "i",
  fd_fdstat_get: "ii",
  fd_fdstat_set_flags: "ii",
  fd_fdstat_set_rights: "iII",
  fd_filestat_get: "ii",
  fd_filestat_set_size: "iI",
  fd_filestat_set_times: "iIIi",
  fd_pread: "iiiIi",
  fd_prestat_dir_name: "iii",
  fd_prestat_get: "ii",
  fd_pwrite: "iiiIi",
  fd_read: "iiii",
  fd_readdir: "iiiIi",
  fd_renumber: "ii",
  fd_seek: "iIii",
  fd_sync: "i",
  fd_tell: "ii",
  fd_write: "iiii",
  path_create_directory: "iii",
  path_filestat_get: "iiiii",
  path_filestat_set_times: "iiiiIIi",
  path_link: "iiiiiii",
  path_open: "iiiiiIIii",
  path_readlink: "iiiiii",
  path_remove_directory: "iii",
  path_rename: "iiiiii",
  path_symlink: "iiiii",
  path_unlink_file: "iii",
  poll_oneoff: "iiii",
  proc_exit: "i",
  proc_raise: "i",
  random_get: "ii",
  sched_yield: "",
  sock_accept: "iii",
  sock_recv: "iiiiii",
  sock_send: "iiiii",
  sock_shutdown: "ii",
};

/**
 * Whether a module is a command that imports nothing but functions of WASI, of the types that these have. A function that WASI
 * does not have may be imported, and fails when it is called: some tool chains import more than a program uses.
 */
export function isWasiProgram(module: WebAssembly.Module, outline: ModuleOutline): boolean {
  const exports = new Map(WebAssembly.Module.exports(module).map(({ name, kind }) => [name, kind]));
  return (
    exports.get("_start") === "function" && exports.get("memory") === "memory" && importsOnlyWasi(outline)
  );
}

function importsOnlyWasi({ sections }: ModuleOutline): boolean {
  const section = sections.get(SectionId.import);
  if (section === undefined) return true;
  const types = functionTypes(sections.get(SectionId.type));
  const reader = reread(section);
  for (let count = reader.u32(); count > 0; count--) {
    if (reader.name() !== WASI_MODULE) return false;
    const name = reader.name();
    if (reader.byte() !== FUNCTION) return false;
    const parameters = PARAMETERS[name];
    const results = name === "proc_exit" ? "" : "i";
    const type = types[reader.u32()];
    if (parameters !== undefined && type !== `${parameters}:${results}`) return false;
  }
  return true;
}

/** Every type of a module as `parameters:results`. */
function functionTypes(section: WasmReader | undefined): string[] {
  const reader = section && reread(section);
  if (reader === undefined) return [];
  const values = () => Array.from({ length: reader.u32() }, () => valueType(reader)).join("");
  return Array.from({ length: reader.u32() }, () => {
    reader.byte(); // what kind of type it is: readOutline accepts functions only
    const parameters = values();
    return `${parameters}:${values()}`;
  });
}

function valueType(reader: WasmReader): string {
  const type = reader.bytes[reader.offset];
  reader.skipValueType();
  return type === I32 ? "i" : type === I64 ? "I" : "?";
}
