import type { WasiHost } from "../../machine/wasi-host.js";
import { commandSectionSize, withCommandSection } from "../abi/linux/command-section.js";
import { archiveImage } from "../fs/base/archive.js";
import type { BaseFileSpec, BaseImage, LazyDirectory } from "../fs/base/image.js";

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
  readonly scripts: readonly {
    readonly path: string;
    readonly file: string;
    readonly size: number;
    /** 0755 if it is not there. */
    readonly mode?: number;
  }[];
  /** Directories as archives (fs/base/archive.ts). */
  readonly trees?: readonly {
    readonly path: string;
    readonly file: string;
    /** Files and directories below `path`. */
    readonly inodes: number;
  }[];
}

/** The programs of the manifest as files of the base tree. */
export function programImage(
  manifest: Manifest,
  host: Pick<WasiHost, "readImage" | "readImagePart" | "expand">,
): BaseImage {
  const files: Record<string, BaseFileSpec> = {};
  const symlinks: Record<string, string> = {};
  const lazyDirectories: Record<string, LazyDirectory> = {};
  const read = (file: string): Uint8Array => host.readImage(file);
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
    for (const { path, file, size, mode = 0o755 } of program.scripts) {
      files[path] = { content: { size, load: () => read(file) }, mode };
    }
    for (const { path, target } of program.symlinks) symlinks[path] = target;
    for (const { path, file, inodes } of program.trees ?? []) {
      const source = {
        read: (offset: number, length: number) => host.readImagePart(file, offset, length),
        expand: host.expand,
      };
      lazyDirectories[path] = { inodes, load: () => archiveImage(source) };
    }
  }
  return { files, symlinks, lazyDirectories };
}

/** The image that is the session's shell. */
export function shellImage(manifest: Manifest): { readonly sha256: string; readonly minPages: number } {
  for (const program of manifest.programs) {
    for (const image of program.images) if (image.file === "bash.wasm") return image;
  }
  throw new Error("the manifest has no bash");
}
