/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdlib.h>

#include <glib.h>

/*
 * What the C library gives out is counted here: not by reading, by counting.  For one source file of a program.  Sanitizers bring an
 * allocator of their own, and under valgrind nothing comes by here: then nothing can be counted.
 */
#if !defined(__SANITIZE_ADDRESS__)
#define COUNTS_ALLOCATIONS 1

static guint64 n_allocations;

extern void *__libc_malloc (size_t size);
extern void *__libc_calloc (size_t n, size_t size);
extern void *__libc_realloc (void *block, size_t size);

void *
malloc (size_t size)
{
  n_allocations++;
  return __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  n_allocations++;
  return __libc_calloc (n, size);
}

void *
realloc (void *block, size_t size)
{
  n_allocations++;
  return __libc_realloc (block, size);
}
#else
static const guint64 n_allocations = 0;
#endif
