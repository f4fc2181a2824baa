/** ioctl(2) requests of the generic Linux ABI that programs make on any kind of file (asm-generic/ioctls.h). */

/** Bytes that can be read without blocking. */
export const FIONREAD = 0x541b;
/** O_NONBLOCK off or on. */
export const FIONBIO = 0x5421;
/** Close-on-exec off and on. */
export const FIONCLEX = 0x5450;
export const FIOCLEX = 0x5451;
