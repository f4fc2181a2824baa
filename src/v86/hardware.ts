/** What the PC consists of beside its processor, memory and disk. A saved state is of a machine with exactly these. */
export const HARDWARE = {
  vga_memory_size: 1 << 20,
  /** The channel to the agent. */
  virtio_console: true,
  /** Takes what the guest has more than the session's limit. */
  virtio_balloon: true,
  /** Leads nowhere until somebody connects it. */
  net_device: { type: "virtio" },
  /** Directories of the host. */
  filesystem: { handle9p: () => {} },
  /** The APICs come with it. */
  acpi: true,
  disable_keyboard: true,
  disable_mouse: true,
  disable_speaker: true,
} as const;
