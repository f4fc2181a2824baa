/** ioctl(2) requests of the generic Linux ABI that programs make on any kind of file (asm-generic/ioctls.h). */
export const TCGETS = 0x5401;
export const TIOCGPGRP = 0x540f;
export const TIOCSPGRP = 0x5410;
export const TIOCGWINSZ = 0x5413;
/** Bytes that can be read without blocking. */
export const FIONREAD = 0x541b;
export const FIONBIO = 0x5421;
/** Set and clear close-on-exec. */
export const FIOCLEX = 0x5451;
export const FIONCLEX = 0x5450;
