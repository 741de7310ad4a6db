// Counts what the process allocates: the executable's malloc goes before that of glibc.
#ifndef ALLOCATIONS_H
#define ALLOCATIONS_H

// How often memory was asked for since the process began.
unsigned long allocation_count(void);

#endif
