/** Numbers of system calls that host programs make: the generic table, as or1k has it. */
export const SYS_write = 64;
