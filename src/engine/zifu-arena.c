/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-arena.h"

#include <string.h>

/**
 * zifu_arena_init:
 * @self: an arena
 * @size: bytes of its first block
 */
void
zifu_arena_init (ZifuArena *self, gsize size)
{
  *self = (ZifuArena){ .block = g_malloc (size), .size = size };
}

static void
drop_full (ZifuArena *self)
{
  g_clear_pointer (&self->full, g_ptr_array_unref);
  self->total = 0;
}

/**
 * zifu_arena_clear:
 * @self: an arena
 *
 * Frees it with everything that was given out.
 */
void
zifu_arena_clear (ZifuArena *self)
{
  drop_full (self);
  g_clear_pointer (&self->block, g_free);
  self->size = self->used = 0;
}

/**
 * zifu_arena_join:
 * @self: an arena that took more than one block
 *
 * Takes everything back, and makes one block of all.
 */
void
zifu_arena_join (ZifuArena *self)
{
  gsize size = self->total + self->size;

  drop_full (self);
  g_free (self->block);
  self->block = g_malloc (size);
  self->size = size;
  self->used = 0;
}

/**
 * zifu_arena_grow:
 * @self: an arena whose block has no room left
 * @size: bytes that are wanted, a multiple of 16
 *
 * Returns: (transfer none): room for @size bytes in a new block
 */
void *
zifu_arena_grow (ZifuArena *self, gsize size)
{
  if (self->full == NULL)
    self->full = g_ptr_array_new_with_free_func (g_free);
  if (self->block != NULL)
    g_ptr_array_add (self->full, self->block);
  self->total += self->size;
  self->size = MAX (self->size * 2, size * 2);
  self->block = g_malloc (self->size);
  self->used = size;
  return self->block;
}

/**
 * zifu_arena_text:
 * @self: an arena
 * @text: (nullable): a text
 *
 * Returns: (transfer none) (nullable): a copy
 */
char *
zifu_arena_text (ZifuArena *self, const char *text)
{
  gsize size;

  if (text == NULL)
    return NULL;
  size = strlen (text) + 1;
  return memcpy (zifu_arena_take (self, size), text, size);
}
