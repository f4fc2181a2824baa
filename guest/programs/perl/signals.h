/* Perl handles signals between operations, but an operation may compute for long without a system call, and only there does
   the kernel hand a signal over. So perl asks for it where it looks for signals. */

extern volatile int __k_pending;
void __k_poll(void);

#define PERL_ASYNC_CHECK() \
  do { \
    if (UNLIKELY(__k_pending)) __k_poll(); \
    if (UNLIKELY(PL_sig_pending)) PL_signalhook(aTHX); \
  } while (0)
