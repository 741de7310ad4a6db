// Runs a program to its end, its answers thrown away, and prints what it took:
//
//   launch <program> <argument>...
//
// one line of its exit status, the seconds, and the kilobytes it had at most at once. The system
// counts a program's peak from what its parent had, so the parent has to be as small as this one.
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int count, char **words) {
  (void)count;
  double start = now();
  pid_t child = fork();
  if (child == 0) {
    int nowhere = open("/dev/null", O_RDWR);
    for (int stream = 0; stream < 3; stream++) dup2(nowhere, stream);
    execv(words[1], words + 1);
    _exit(127);
  }
  int status;
  struct rusage usage;
  if (child < 0 || wait4(child, &status, 0, &usage) != child) return 1;
  printf("%d %.6f %ld\n", status, now() - start, usage.ru_maxrss);
  return 0;
}
