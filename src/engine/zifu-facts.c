/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-facts.h"

#include <string.h>

static void
fact_clear (gpointer data)
{
  ZifuFact *fact = data;

  g_free (fact->name);
  zifu_value_free (fact->value);
}

static ZifuFact *
lookup (const ZifuFacts *facts, const char *name)
{
  for (guint i = 0; i < facts->facts->len; i++)
    {
      ZifuFact *fact = &g_array_index (facts->facts, ZifuFact, i);

      if (g_str_equal (fact->name, name))
        return fact;
    }
  return NULL;
}

static void
print_bytes (ZifuPrint *self, const void *bytes, gsize n)
{
  gsize size = self->size;

  /* Beyond the last byte there are zeros up to the end of its word. */
  while (size < self->n + n + sizeof *self->words)
    size = MAX (2 * size, 64);
  if (size != self->size)
    {
      self->words = g_realloc (self->words, size);
      memset ((char *) self->words + self->size, 0, size - self->size);
      self->size = size;
    }
  memcpy ((char *) self->words + self->n, bytes, n);
  self->n += n;
}

static void
print_number (ZifuPrint *self, ZifuRational number)
{
  gint64 whole = (gint64) number.num;

  if (number.den == 1 && number.num == whole)
    {
      print_bytes (self, "i", 1);
      print_bytes (self, &whole, sizeof whole);
    }
  else
    {
      print_bytes (self, "n", 1);
      print_bytes (self, &number, sizeof number);
    }
}

/* Name, kind and content, each as long as the one before says or up to its 0: no two facts look the same. */
static void
print_fact (ZifuPrint *self, const ZifuFact *fact)
{
  const ZifuValue *value = fact->value;
  guint64 key = value->kind;

  print_bytes (self, fact->name, strlen (fact->name) + 1);
  switch (value->kind)
    {
    case ZIFU_VALUE_STRING:
      print_bytes (self, "s", 1);
      print_bytes (self, value->string, strlen (value->string) + 1);
      key += value->key;
      break;
    case ZIFU_VALUE_BOOLEAN:
      print_bytes (self, value->boolean ? "t" : "f", 1);
      key += value->boolean ? 1000 : 0;
      break;
    case ZIFU_VALUE_NUMBER:
      print_number (self, value->number);
      key += (guint64) value->number.num;
      break;
    case ZIFU_VALUE_NULL:
      print_bytes (self, "0", 1);
      break;
    case ZIFU_VALUE_LIST:
    default:
      self->has_list = TRUE;
      break;
    }
  self->hash = (self->hash ^ fact->key) * 0x9e3779b97f4a7c15u;
  self->hash = ((self->hash ^ self->hash >> 32) + key) * 0xbf58476d1ce4e5b9u;
}

static void
print_anew (ZifuFacts *facts)
{
  ZifuPrint *print = &facts->print;

  if (print->size > 0)
    memset (print->words, 0, print->size);
  print->n = 0;
  print->hash = 0;
  print->has_list = FALSE;
  for (guint i = 0; i < facts->facts->len; i++)
    print_fact (print, &g_array_index (facts->facts, ZifuFact, i));
}

/**
 * zifu_facts_new:
 *
 * Returns: (transfer full): no facts yet
 */
ZifuFacts *
zifu_facts_new (void)
{
  ZifuFacts *facts = g_new0 (ZifuFacts, 1);

  facts->facts = g_array_new (FALSE, FALSE, sizeof (ZifuFact));
  g_array_set_clear_func (facts->facts, fact_clear);
  return facts;
}

/**
 * zifu_facts_copy:
 * @facts: facts
 *
 * Returns: (transfer full): a copy
 */
ZifuFacts *
zifu_facts_copy (const ZifuFacts *facts)
{
  ZifuFacts *copy = zifu_facts_new ();

  for (guint i = 0; i < facts->facts->len; i++)
    zifu_facts_take (copy, zifu_facts_get_name (facts, i), zifu_value_copy (zifu_facts_get_value (facts, i)));
  return copy;
}

/**
 * zifu_facts_free:
 * @facts: (nullable) (transfer full): facts
 *
 * Frees facts and their values.
 */
void
zifu_facts_free (ZifuFacts *facts)
{
  if (facts == NULL)
    return;
  g_array_unref (facts->facts);
  g_free (facts->print.words);
  g_free (facts);
}

/**
 * zifu_facts_take:
 * @facts: facts
 * @name: name of the axis
 * @value: (transfer full): what it holds
 *
 * States a fact; an earlier one of this name is replaced.
 */
void
zifu_facts_take (ZifuFacts *facts, const char *name, ZifuValue *value)
{
  ZifuFact *fact;

  g_return_if_fail (facts != NULL && name != NULL && value != NULL);

  fact = lookup (facts, name);
  if (fact != NULL)
    {
      zifu_value_free (fact->value);
      fact->value = value;
      print_anew (facts);
    }
  else
    {
      ZifuFact added = { g_strdup (name), zifu_text_key (name), value };

      g_array_append_val (facts->facts, added);
      print_fact (&facts->print, &added);
    }
}

/**
 * zifu_facts_set_string:
 * @facts: facts
 * @name: name of the axis
 * @text: (nullable): what it holds; %NULL takes the fact away
 *
 * States a fact that is a text.
 */
void
zifu_facts_set_string (ZifuFacts *facts, const char *name, const char *text)
{
  if (text != NULL)
    zifu_facts_take (facts, name, zifu_value_new_string (text));
  else
    zifu_facts_unset (facts, name);
}

/**
 * zifu_facts_set_boolean:
 * @facts: facts
 * @name: name of the axis
 * @truth: what it holds
 *
 * States a fact that is true or false.
 */
void
zifu_facts_set_boolean (ZifuFacts *facts, const char *name, gboolean truth)
{
  zifu_facts_take (facts, name, zifu_value_new_boolean (truth));
}

/**
 * zifu_facts_set_int:
 * @facts: facts
 * @name: name of the axis
 * @number: what it holds
 *
 * States a fact that is a whole number.
 */
void
zifu_facts_set_int (ZifuFacts *facts, const char *name, gint64 number)
{
  zifu_facts_take (facts, name, zifu_value_new_number (zifu_rational_from_int (number)));
}

/**
 * zifu_facts_unset:
 * @facts: facts
 * @name: name of the axis
 *
 * Takes a fact away.
 */
void
zifu_facts_unset (ZifuFacts *facts, const char *name)
{
  ZifuFact *fact;

  g_return_if_fail (facts != NULL && name != NULL);

  fact = lookup (facts, name);
  if (fact == NULL)
    return;
  g_array_remove_index (facts->facts, (guint) (fact - &g_array_index (facts->facts, ZifuFact, 0)));
  print_anew (facts);
}

/**
 * zifu_facts_get:
 * @facts: facts
 * @name: name of the axis
 *
 * Returns: (nullable) (transfer none): what it holds
 */
const ZifuValue *
zifu_facts_get (const ZifuFacts *facts, const char *name)
{
  ZifuFact *fact = lookup (facts, name);

  return fact != NULL ? fact->value : NULL;
}

/**
 * zifu_facts_find:
 * @facts: (nullable): facts
 * @name: name of the axis
 * @key: zifu_text_key() of @name
 *
 * Returns: (nullable) (transfer none): what it holds
 */
const ZifuValue *
zifu_facts_find (const ZifuFacts *facts, const char *name, guint64 key)
{
  for (guint i = 0; facts != NULL && i < facts->facts->len; i++)
    {
      const ZifuFact *fact = &g_array_index (facts->facts, ZifuFact, i);

      if (fact->key == key && zifu_text_same (key, fact->name, name))
        return fact->value;
    }
  return NULL;
}

/**
 * zifu_facts_get_string:
 * @facts: facts
 * @name: name of the axis
 *
 * Returns: (nullable) (transfer none): what it holds, if that is a text
 */
const char *
zifu_facts_get_string (const ZifuFacts *facts, const char *name)
{
  const ZifuValue *value = zifu_facts_get (facts, name);

  return value != NULL && value->kind == ZIFU_VALUE_STRING ? value->string : NULL;
}

/**
 * zifu_facts_get_size:
 * @facts: facts
 *
 * Returns: how many there are
 */
guint
zifu_facts_get_size (const ZifuFacts *facts)
{
  return facts->facts->len;
}

/**
 * zifu_facts_get_name:
 * @facts: facts
 * @i: which one
 *
 * Returns: (transfer none): its name
 */
const char *
zifu_facts_get_name (const ZifuFacts *facts, guint i)
{
  g_return_val_if_fail (i < facts->facts->len, NULL);

  return g_array_index (facts->facts, ZifuFact, i).name;
}

/**
 * zifu_facts_get_all:
 * @facts: (nullable): facts
 * @n: (out): how many there are
 *
 * Returns: (transfer none) (nullable) (array length=n): all of them
 */
const ZifuFact *
zifu_facts_get_all (const ZifuFacts *facts, guint *n)
{
  *n = facts != NULL ? facts->facts->len : 0;
  return facts != NULL ? (const ZifuFact *) facts->facts->data : NULL;
}

/**
 * zifu_facts_get_value:
 * @facts: facts
 * @i: which one
 *
 * Returns: (transfer none): what it holds
 */
const ZifuValue *
zifu_facts_get_value (const ZifuFacts *facts, guint i)
{
  g_return_val_if_fail (i < facts->facts->len, NULL);

  return g_array_index (facts->facts, ZifuFact, i).value;
}
