/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Memory that is given out piece by piece and taken back all at once.  What was once enough is kept: the same work done again
 * allocates nothing.
 */
typedef struct {
  char      *block; /* nullable */
  gsize      size, used;
  GPtrArray *full;  /* nullable: blocks that were too small, until the next reset */
  gsize      total; /* bytes in @full */
} ZifuArena;

void  zifu_arena_init (ZifuArena *self, gsize size);
void  zifu_arena_clear (ZifuArena *self);
void  zifu_arena_join (ZifuArena *self);
void *zifu_arena_grow (ZifuArena *self, gsize size);
char *zifu_arena_text (ZifuArena *self, const char *text);

/**
 * zifu_arena_take:
 * @self: an arena
 * @size: bytes that are wanted
 *
 * Returns: (transfer none): room for @size bytes until the next reset, on a boundary that suits every type
 */
static inline void *
zifu_arena_take (ZifuArena *self, gsize size)
{
  gsize from = self->used;

  size = (size + 15) & ~(gsize) 15;
  if (G_UNLIKELY (self->size - from < size))
    return zifu_arena_grow (self, size);
  self->used = from + size;
  return self->block + from;
}

/**
 * zifu_arena_reset:
 * @self: an arena
 *
 * Takes everything back.  If one block was not enough, the next time it will be.
 */
static inline void
zifu_arena_reset (ZifuArena *self)
{
  self->used = 0;
  if (G_UNLIKELY (self->full != NULL))
    zifu_arena_join (self);
}

#define ZIFU_ARENA_NEW(arena, type, n) ((type *) zifu_arena_take ((arena), sizeof (type) * (gsize) (n)))

G_END_DECLS
