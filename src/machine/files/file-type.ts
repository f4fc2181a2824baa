/** What kind of file the mode is of, by the bits that stat(2) has for that (inode(7)). */
export type FileType =
  | "file"
  | "directory"
  | "symlink"
  | "fifo"
  | "socket"
  | "character_device"
  | "block_device";

export function fileType(mode: number): FileType {
  switch ((mode >> 12) & 0xf) {
    case 1:
      return "fifo";
    case 2:
      return "character_device";
    case 4:
      return "directory";
    case 6:
      return "block_device";
    case 10:
      return "symlink";
    case 12:
      return "socket";
    default:
      return "file";
  }
}
