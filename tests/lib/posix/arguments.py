# What calls say about arguments that they cannot take, and about files that are not there.
import posix


class Path:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path


for text in """
stat([]); stat(None); stat('a\\0b'); stat(999); stat(10**20); stat(-10**20); stat(1.5); lstat(1); lstat('nope'); listdir([])
listdir('a\\0'); open([], 0); open('nope', 0); mkdir('/nope/a', 'x'); stat('x', dir_fd='a'); stat('x', dir_fd=10**20)
stat(1, dir_fd=3); stat(1, follow_symlinks=False); chown('x', 'a', 1); chown('x', -2, 1); chown('x', 2**70, 1)
rename('nope', 'nada'); rename(1, 'nada'); link('nope', 'nada'); symlink('a', '/nope/b'); utime('x', 5); utime('x', (1,))
utime('x', ns=(1,)); utime('x', (1, 2), ns=(1, 2)); utime(1, dir_fd=3); utime(1, follow_symlinks=False); read('a', 1)
read(0, -1); read(999, 1); write(999, b'a'); write(1, 'a'); fsync('a'); fsync(-1); fchdir(object()); execv('x', [])
execv('x', 5); execv('x', ['']); execv('x', ['a', 5]); execve('nope', ['a'], {}); execve('x', ['a'], 5)
execve('x', ['a'], {'a=': 'b'}); posix_spawn('nope', ['a'], {}); posix_spawn('x', [], {}); posix_spawn('x', 5, {})
posix_spawn('/bin/true', ['a'], {}, file_actions=[5]); posix_spawn('/bin/true', ['a'], {}, file_actions=[(9,)])
posix_spawn('/bin/true', ['a'], {}, file_actions=5); posix_spawn('/bin/true', ['a'], {}, file_actions=[(0, 1)])
sysconf('x'); sysconf(1.5); sysconf(99999); confstr('x'); putenv('a=', 'b'); putenv('', 'b'); putenv('a\\0', 'b')
putenv(1, 'b'); unsetenv(''); strerror(2); scandir([]); scandir('nope'); scandir('/etc/passwd'); get_terminal_size('a')
sched_setaffinity(0, []); sched_setaffinity(0, [-1]); sched_setaffinity(0, 5); sched_setaffinity(0, ['a']); setgroups(5)
setgroups(['a']); urandom(-1); getrandom(-1); waitstatus_to_exitcode(256); waitstatus_to_exitcode(9)
waitstatus_to_exitcode(0x7f); kill(10**20, 1); kill(999999, 0); lockf(1, 99, 0); dup2(-1, 5); dup(-1); pipe2(-1)
fpathconf(0, 'x'); pathconf('/', 'PC_NAME_MAX'); makedev(1, 2); major(258); minor(258); major(-1); readv(0, 5)
writev(1, 5); writev(1, ['a']); readv(0, [b'a']); getxattr('nope', 'user.a'); setxattr('nope', 'user.a', b'a')
listxattr('nope'); DirEntry(); copy_file_range(0, 1, -1); splice(0, 1, -1); memfd_create('a\\0'); access('x', 0, dir_fd=9)
access(5, 0); unlink(5); unlink('nope'); rmdir('nope'); readlink('/etc/passwd'); readlink(b'nope'); truncate('nope', 1)
truncate('nope', 'a'); mkfifo('/nope/a'); mknod('/nope/a'); chdir('nope'); chdir(None); statvfs('nope'); fspath(5)
fspath(Path('a')); fspath(Path(5)); stat(Path(5)); _path_normpath('a//b/../c'); _path_normpath(b'a//b/../c')
_path_normpath(5); _path_normpath('a\\0b'); _path_normpath(Path('/..//a')); _path_normpath('//..//..'); _path_normpath('')
_path_splitroot_ex('//a/b'); _path_splitroot_ex(b'///a/b'); _path_splitroot_ex(5); _path_splitroot_ex('a/b'); nice('a')
umask('a'); getpgid(99999999); register_at_fork(); register_at_fork(before=5); setpriority(9, 9, 9); system('a\\0')
waitpid(999999, 0); wait(); waitid(0, 0, 4); wait3(0); WIFEXITED(0); WEXITSTATUS('a'); lseek(0, 0, 9); lseek(0, 'a', 0)
fstat(99); fstatvfs(99); eventfd(-1); eventfd_write(99, 1); eventfd_read(99); timerfd_create(99); pidfd_open(-1)
sched_param(); sched_setparam(0, 5); posix_fadvise(99, 0, 0, 0); posix_fallocate(99, 0, 0); setns(99)
replace('nope', 'b'); link('nope', 'b', src_dir_fd=99); symlink('nope', 'b', dir_fd=99); remove('nope', dir_fd=99)
listdir(99); scandir(99); setpgid(-1, 0); ftruncate(99, 0); pread(99, 1, 0); pwrite(99, b'', 0); login_tty(99)
confstr('CS_PATH'); sysconf('SC_PAGESIZE'); ctermid(); device_encoding(99); WIFSTOPPED(0x137f); WSTOPSIG(0x137f)
WTERMSIG(9); WCOREDUMP(0x8b); isatty(99); get_inheritable(99); set_blocking(99, True); fchmod(99, 0); open('x', 'a')
""".replace("\n", ";").split(";"):
    text = text.strip()
    if not text:
        continue
    try:
        result = eval(text, vars(posix) | {"Path": Path})
        print(text, "->", repr(result))
    except Exception as error:
        print(text, "->", type(error).__name__, error)
