/** epoll_ctl(2), eventfd(2) and signalfd(2) of the Linux ABI. The lower bits of the events are those of poll(2). */
export const EPOLL_CTL_ADD = 1;
export const EPOLL_CTL_DEL = 2;
export const EPOLL_CTL_MOD = 3;

export const EPOLL_CLOEXEC = 0o2000000;

export const EPOLLONESHOT = 1 << 30;
export const EPOLLET = 1 << 31;

export const EFD_SEMAPHORE = 1;
export const EFD_NONBLOCK = 0o4000;
export const EFD_CLOEXEC = 0o2000000;

export const SFD_NONBLOCK = 0o4000;
export const SFD_CLOEXEC = 0o2000000;
