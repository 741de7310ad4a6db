// Runs a program, notes every call with which it changes files, and kills it at one of them.
//
//   killer <notes> <text> <number> <whole|half> <program> <argument>...
//
// The notes have one line a call: its name and the file it is about, `fsync /tmp/x`; of two files
// both, with ` -> ` between. Of the calls whose line has the text in it, that of the number, counted
// from 1, is not carried out; with `half` it writes the first half of its bytes, where it is one
// that writes. Number 0 kills nothing.
// Threads of the program are followed, other programs that it starts are not.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/ptrace.h>

// What one argument of a call says of the file: a descriptor, a path, or nothing more.
enum subject { NOTHING, DESCRIPTOR, PATH };

struct call {
  long number;
  const char *name;
  enum subject kind;
  // Which arguments name the file, and the second one of a move.
  int first, second;
  // Which argument has the flags of an open that changes nothing without them; -1 for none.
  int flags;
};

static const struct call calls[] = {
#ifdef SYS_open
  {SYS_open, "open", PATH, 0, -1, 1},
  {SYS_creat, "creat", PATH, 0, -1, -1},
  {SYS_rename, "rename", PATH, 0, 1, -1},
  {SYS_link, "link", PATH, 0, 1, -1},
  {SYS_symlink, "symlink", PATH, 0, 1, -1},
  {SYS_unlink, "unlink", PATH, 0, -1, -1},
  {SYS_mkdir, "mkdir", PATH, 0, -1, -1},
  {SYS_rmdir, "rmdir", PATH, 0, -1, -1},
  {SYS_chmod, "chmod", PATH, 0, -1, -1},
#endif
#ifdef SYS_renameat
  {SYS_renameat, "renameat", PATH, 1, 3, -1},
#endif
  {SYS_openat, "openat", PATH, 1, -1, 2},
  {SYS_renameat2, "renameat2", PATH, 1, 3, -1},
  {SYS_linkat, "linkat", PATH, 1, 3, -1},
  {SYS_symlinkat, "symlinkat", PATH, 0, 2, -1},
  {SYS_unlinkat, "unlinkat", PATH, 1, -1, -1},
  {SYS_mkdirat, "mkdirat", PATH, 1, -1, -1},
  {SYS_fchmodat, "fchmodat", PATH, 1, -1, -1},
  {SYS_truncate, "truncate", PATH, 0, -1, -1},
  {SYS_utimensat, "utimensat", PATH, 1, -1, -1},
  {SYS_write, "write", DESCRIPTOR, 0, -1, -1},
  {SYS_writev, "writev", DESCRIPTOR, 0, -1, -1},
  {SYS_pwrite64, "pwrite64", DESCRIPTOR, 0, -1, -1},
  {SYS_ftruncate, "ftruncate", DESCRIPTOR, 0, -1, -1},
  {SYS_fallocate, "fallocate", DESCRIPTOR, 0, -1, -1},
  {SYS_fchmod, "fchmod", DESCRIPTOR, 0, -1, -1},
  {SYS_fsync, "fsync", DESCRIPTOR, 0, -1, -1},
  {SYS_fdatasync, "fdatasync", DESCRIPTOR, 0, -1, -1},
  {SYS_sync, "sync", NOTHING, 0, -1, -1},
  {SYS_syncfs, "syncfs", DESCRIPTOR, 0, -1, -1},
};

static void fail(const char *what) {
  perror(what);
  exit(99);
}

static void read_memory(pid_t pid, uint64_t from, void *to, size_t size) {
  struct iovec here = {to, size}, there = {(void *)(uintptr_t)from, size};
  if (process_vm_readv(pid, &here, 1, &there, 1, 0) != (ssize_t)size) fail("process_vm_readv");
}

// A path in the program's memory; read byte by byte, since what follows it may not be mapped.
static void read_path(pid_t pid, uint64_t from, char path[PATH_MAX]) {
  for (int size = 0; size < PATH_MAX; size++) {
    read_memory(pid, from + size, path + size, 1);
    if (path[size] == 0) return;
  }
  path[PATH_MAX - 1] = 0;
}

static void read_descriptor(pid_t pid, uint64_t descriptor, char path[PATH_MAX]) {
  char link[64];
  snprintf(link, sizeof link, "/proc/%d/fd/%d", pid, (int)descriptor);
  ssize_t size = readlink(link, path, PATH_MAX - 1);
  path[size < 0 ? 0 : size] = 0;
}

static const struct call *changing(const struct ptrace_syscall_info *info) {
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
    const struct call *call = &calls[i];
    if (call->number != (long)info->entry.nr) continue;
    if (call->flags >= 0 && !(info->entry.args[call->flags] & (O_CREAT | O_TRUNC))) return NULL;
    return call;
  }
  return NULL;
}

// Writes the line of a call; returns whether the text is in it.
static int note(
  FILE *notes, pid_t pid, const struct call *call, const struct ptrace_syscall_info *info,
  const char *text
) {
  const uint64_t *arguments = (const uint64_t *)info->entry.args;
  char first[PATH_MAX] = "", second[PATH_MAX] = "", line[2 * PATH_MAX + 64];
  if (call->kind == PATH) read_path(pid, arguments[call->first], first);
  if (call->kind == DESCRIPTOR) read_descriptor(pid, arguments[call->first], first);
  if (call->second >= 0) read_path(pid, arguments[call->second], second);
  snprintf(
    line, sizeof line, "%s %s%s%s", call->name, first, call->second >= 0 ? " -> " : "", second);
  fprintf(notes, "%s\n", line);
  return strstr(line, text) != NULL;
}

// Does the first half of a write in the program's stead, through the same open file.
static void write_half(pid_t pid, const struct ptrace_syscall_info *info) {
  const uint64_t *arguments = (const uint64_t *)info->entry.args;
  if (info->entry.nr != SYS_write && info->entry.nr != SYS_pwrite64) return;
  size_t size = arguments[2] / 2;
  char *bytes = malloc(size + 1);
  if (!bytes) fail("malloc");
  read_memory(pid, arguments[1], bytes, size);
  int process = syscall(SYS_pidfd_open, pid, 0);
  if (process < 0) fail("pidfd_open");
  int file = syscall(SYS_pidfd_getfd, process, (int)arguments[0], 0);
  if (file < 0) fail("pidfd_getfd");
  ssize_t written = info->entry.nr == SYS_write
    ? write(file, bytes, size) : pwrite(file, bytes, size, (off_t)arguments[3]);
  if (written < 0) fail("write");
  free(bytes);
}

static pid_t start(char **words) {
  pid_t pid = fork();
  if (pid < 0) fail("fork");
  if (pid == 0) {
    if (ptrace(PTRACE_TRACEME, 0, 0, 0) < 0) fail("PTRACE_TRACEME");
    raise(SIGSTOP);
    execvp(words[0], words);
    fail(words[0]);
  }
  int status;
  if (waitpid(pid, &status, 0) < 0 || !WIFSTOPPED(status)) fail("waitpid");
  long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC | PTRACE_O_TRACECLONE
    | PTRACE_O_EXITKILL;
  if (ptrace(PTRACE_SETOPTIONS, pid, 0, options) < 0) fail("PTRACE_SETOPTIONS");
  return pid;
}

int main(int count, char **words) {
  if (count < 6) {
    fputs("usage: killer <notes> <text> <number> <whole|half> <program> <argument>...\n", stderr);
    return 99;
  }
  FILE *notes = fopen(words[1], "w");
  if (!notes) fail(words[1]);
  const char *text = words[2];
  long deadly = atol(words[3]), seen = 0;
  int isHalf = strcmp(words[4], "half") == 0;
  pid_t program = start(words + 5), next = program;
  int signalToPass = 0, status = 0;
  while (1) {
    if (ptrace(PTRACE_SYSCALL, next, 0, signalToPass) < 0 && errno != ESRCH) {
      fail("PTRACE_SYSCALL");
    }
    signalToPass = 0;
    if ((next = waitpid(-1, &status, __WALL)) < 0) fail("waitpid");
    if (!WIFSTOPPED(status)) {
      if (next == program) break;
      // A thread that ended; what is still running stops by itself.
      while ((next = waitpid(-1, &status, __WALL)) > 0 && !WIFSTOPPED(status) && next != program) {
      }
      if (next < 0) fail("waitpid");
      if (!WIFSTOPPED(status)) break;
    }
    int signal = WSTOPSIG(status);
    if (status >> 16 || signal == SIGSTOP) continue;
    if (signal != (SIGTRAP | 0x80)) {
      signalToPass = signal;
      continue;
    }
    struct ptrace_syscall_info info;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, next, sizeof info, &info) < 0) {
      fail("PTRACE_GET_SYSCALL_INFO");
    }
    const struct call *call = info.op == PTRACE_SYSCALL_INFO_ENTRY ? changing(&info) : NULL;
    if (!call) continue;
    if (!note(notes, next, call, &info, text) || ++seen != deadly) continue;
    if (isHalf) write_half(next, &info);
    kill(program, SIGKILL);
    // Its threads end first.
    while ((next = waitpid(-1, &status, __WALL)) != program || WIFSTOPPED(status)) {
      if (next < 0) fail("waitpid");
    }
    break;
  }
  fclose(notes);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
