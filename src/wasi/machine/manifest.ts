import { commandSectionSize, withCommandSection } from "../abi/linux/command-section.js";
import type { BaseFileSpec, BaseImage } from "../fs/base/image.js";

/** images/wasi/manifest.json, as far as the kernel needs it. Written by scripts/build-images. */
export interface Manifest {
  readonly programs: readonly ManifestProgram[];
}

interface ManifestProgram {
  readonly images: readonly {
    /** `NAME.wasm`, in images/wasi. */
    readonly file: string;
    readonly sha256: string;
    /** Bytes. */
    readonly size: number;
    /** WebAssembly pages of 64 KiB that the program's memory has at least. */
    readonly minPages: number;
    /** Absolute paths of the commands it is. */
    readonly commands: readonly string[];
  }[];
  readonly symlinks: readonly { readonly path: string; readonly target: string }[];
  readonly scripts: readonly { readonly path: string; readonly file: string; readonly size: number }[];
}

/** The programs of the manifest as files of the base tree. `read` gets the bytes of a file in images/wasi. */
export function programImage(manifest: Manifest, read: (file: string) => Uint8Array): BaseImage {
  const files: Record<string, BaseFileSpec> = {};
  const symlinks: Record<string, string> = {};
  for (const program of manifest.programs) {
    for (const { file, size, minPages, commands } of program.images) {
      const program = { name: file.replace(/\.wasm$/, ""), minPages };
      for (const path of commands) {
        const content =
          commands.length === 1
            ? { size, load: () => read(file) }
            : {
                size: size + commandSectionSize(path),
                load: () => withCommandSection(read(file), path),
              };
        files[path] = { content, program };
      }
    }
    for (const { path, file, size } of program.scripts) {
      files[path] = { content: { size, load: () => read(file) }, mode: 0o755 };
    }
    for (const { path, target } of program.symlinks) symlinks[path] = target;
  }
  return { files, symlinks };
}

/** The image that is the session's shell. */
export function shellImage(manifest: Manifest): { readonly sha256: string; readonly minPages: number } {
  for (const program of manifest.programs) {
    for (const image of program.images) if (image.file === "bash.wasm") return image;
  }
  throw new Error("the manifest has no bash");
}
