/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-private.h"

#include <string.h>

/*
 * What of a file is in the household already.
 *
 * A line has a stable key: the number that its source gives it, or else a hash over whose it is, its day, amount, kind and texts, and
 * the how-many-th line of this content it is in the file: equal lines on one day stay apart, and a second import finds each of them.
 *
 * Three rounds, so that each entry answers for one line only: first the keys; then entries of the same day, amount and texts, such as one
 * that was typed in; then entries of the same day and amount with other texts, or with another number of a source, which somebody should
 * look at.
 */

#define PAGE 2000
#define STEP_LINES 20000

typedef struct {
  gint64      id, member_id;
  ZifuDate    date;
  ZifuMoney   amount;
  const char *institution, *note; /* of the plan: equal texts are the same pointer */
  const char *souc_rid;
  gboolean    own_key;
  gboolean    used;
  guint       next;               /* another one of the same day and amount, from 1; 0 = none */
} Known;

typedef struct {
  ZifuImportPlan *plan;
  GArray         *known;    /* of Known */
  GHashTable     *by_key;   /* souc_rid, interned -> number from 1 */
  GHashTable     *by_day;   /* Day -> number from 1 */
} Comparison;

/* Texts are told apart by their pointer: all of them are interned. */
typedef struct {
  gint64      member_id;
  ZifuMoney   amount;
  ZifuDate    date;
  ZifuEntryKind kind;
  const char *institution, *note;
} Content;

typedef struct {
  gint64    member_id;
  ZifuMoney amount;
  ZifuDate  date;
} Day;

static guint
hash_day (gconstpointer key)
{
  const Day *day = key;

  return (guint) day->date * 2654435761u ^ (guint) day->amount * 40503u ^ (guint) (day->amount >> 32) ^ (guint) day->member_id;
}

static gboolean
equal_days (gconstpointer a, gconstpointer b)
{
  const Day *x = a, *y = b;

  return x->date == y->date && x->amount == y->amount && x->member_id == y->member_id;
}

static guint
hash_content (gconstpointer key)
{
  const Content *content = key;
  const Day day = { content->member_id, content->amount, content->date };

  return hash_day (&day) ^ g_direct_hash (content->institution) ^ g_direct_hash (content->note) * 31 ^ content->kind;
}

static gboolean
equal_contents (gconstpointer a, gconstpointer b)
{
  const Content *x = a, *y = b;

  return x->date == y->date && x->amount == y->amount && x->member_id == y->member_id && x->kind == y->kind &&
         x->institution == y->institution && x->note == y->note;
}

static const char *
make_key (ZifuImportPlan *plan, GChecksum *checksum, const ZifuImportLine *line, guint ordinal)
{
  char head[128], key[sizeof ZIFU_IMPORT_HASH_MARK + 32];
  const char *texts[] = { line->institution, line->note };

  g_snprintf (head, sizeof head, "%" G_GINT64_FORMAT " %d %" G_GINT64_FORMAT " %d %u", line->member_id, line->date, line->amount,
              (int) line->kind, ordinal);
  g_checksum_reset (checksum);
  g_checksum_update (checksum, (const guchar *) head, -1);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_checksum_update (checksum, (const guchar *) (texts[i] != NULL ? texts[i] : ""),
                       texts[i] != NULL ? (gssize) strlen (texts[i]) + 1 : 1);
  g_snprintf (key, sizeof key, ZIFU_IMPORT_HASH_MARK "%.32s", g_checksum_get_string (checksum));
  return _zifu_import_intern (plan, key);
}

static void
make_keys (ZifuImportPlan *plan)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (hash_content, equal_contents, g_free, NULL);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < plan->lines->len; i++)
    {
      ZifuImportLine *line = &g_array_index (plan->lines, ZifuImportLine, i);
      const Content content = { line->member_id, line->amount, line->date, line->kind, line->institution, line->note };
      guint ordinal;

      if (line->state == ZIFU_LINE_WRONG || line->is_month || line->souc_rid != NULL)
        continue;
      ordinal = GPOINTER_TO_UINT (g_hash_table_lookup (counts, &content));
      line->souc_rid = make_key (plan, checksum, line, ordinal);
      g_hash_table_insert (counts, g_memdup2 (&content, sizeof content), GUINT_TO_POINTER (ordinal + 1));
    }
}

static gboolean
is_same (const ZifuImportLine *a, const ZifuImportLine *b)
{
  return a->member_id == b->member_id && a->date == b->date && a->amount == b->amount;
}

/* A number of the source that stands in the file twice. */
static void
check_keys_in_file (ZifuImportPlan *plan)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (guint i = 0; i < plan->lines->len; i++)
    {
      ZifuImportLine *line = &g_array_index (plan->lines, ZifuImportLine, i);
      const ZifuImportLine *first;
      guint n;

      if (line->state == ZIFU_LINE_WRONG || line->souc_rid == NULL || line->is_month)
        continue;
      n = GPOINTER_TO_UINT (g_hash_table_lookup (seen, line->souc_rid));
      if (n == 0)
        {
          g_hash_table_insert (seen, (gpointer) line->souc_rid, GUINT_TO_POINTER (i + 1));
          continue;
        }
      first = &g_array_index (plan->lines, ZifuImportLine, n - 1);
      /* Two people may have the same number; it is stable for one person. */
      if (first->member_id != line->member_id)
        continue;
      if (is_same (first, line))
        {
          line->state = ZIFU_LINE_DUPLICATE;
          line->reason = ZIFU_REASON_TWICE;
        }
      else
        _zifu_import_mark (line, ZIFU_LINE_WRONG, ZIFU_REASON_KEY_AGAIN, line->souc_rid);
    }
}

/* What refunds take back: by the number of the source, or in our own files by our own.  All texts are interned. */
static void
find_originals (ZifuImportPlan *plan)
{
  gboolean own = plan->mapping != NULL && plan->mapping->own;
  g_autoptr (GHashTable) lines = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (guint i = plan->lines->len; i > 0; i--)
    {
      const ZifuImportLine *line = &g_array_index (plan->lines, ZifuImportLine, i - 1);
      const char *number = own ? line->number : line->souc_rid;

      if (number != NULL && line->state != ZIFU_LINE_WRONG && !line->is_month)
        g_hash_table_insert (lines, (gpointer) number, GUINT_TO_POINTER (i));
    }
  for (guint i = 0; i < plan->lines->len; i++)
    {
      ZifuImportLine *line = &g_array_index (plan->lines, ZifuImportLine, i);
      guint n = line->original != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (lines, line->original)) : 0;
      const ZifuImportLine *original = n != 0 && n != i + 1 ? &g_array_index (plan->lines, ZifuImportLine, n - 1) : NULL;

      if (original != NULL && original->member_id == line->member_id)
        {
          line->original_line = n;
          line->original = original->souc_rid;
        }
      else if (own)
        line->original = NULL;
    }
}

static void
add_known (Comparison *comparison, const ZifuEntry *entry)
{
  ZifuImportPlan *plan = comparison->plan;
  Known known = { entry->id, entry->member_id, entry->date, entry->amount };
  const Day day = { entry->member_id, entry->amount, entry->date };
  guint number = comparison->known->len + 1;

  known.institution = _zifu_import_intern (plan, entry->institution);
  known.note = _zifu_import_intern (plan, entry->note);
  known.souc_rid = _zifu_import_intern (plan, entry->souc_rid);
  known.own_key = known.souc_rid != NULL && !g_str_has_prefix (known.souc_rid, ZIFU_IMPORT_HASH_MARK);
  known.next = GPOINTER_TO_UINT (g_hash_table_lookup (comparison->by_day, &day));
  g_array_append_val (comparison->known, known);
  g_hash_table_insert (comparison->by_day, g_memdup2 (&day, sizeof day), GUINT_TO_POINTER (number));
}

/* The entries of the days that the file is about. */
static gboolean
load_member (Comparison *comparison, ZifuLedger *ledger, gint64 member_id, ZifuDate first, ZifuDate last, const ZifuJob *job,
             GError **error)
{
  /* Not "before the day after": sources write 9999-12-31 where there is no day, and there is no day after that one. */
  ZifuEntryFilter filter = { .to = last };

  while (TRUE)
    {
      g_autoptr (GPtrArray) page = zifu_ledger_list_entries (ledger, member_id, &filter, PAGE, error);
      const ZifuEntry *entry = NULL;

      if (page == NULL || !zifu_job_step (job, 0, 0, error))
        return FALSE;
      for (guint i = 0; i < page->len; i++)
        {
          entry = g_ptr_array_index (page, i);
          if (entry->date < first)
            return TRUE;
          add_known (comparison, entry);
        }
      if (page->len < PAGE)
        return TRUE;
      filter.before_date = entry->date;
      filter.before_id = entry->id;
    }
}

static gboolean
load_known (Comparison *comparison, ZifuLedger *ledger, const ZifuJob *job, GError **error)
{
  ZifuImportPlan *plan = comparison->plan;

  for (guint m = 0; m < plan->members->len; m++)
    {
      gint64 id = ((const ZifuMember *) g_ptr_array_index (plan->members, m))->id;
      ZifuDate first = 0, last = 0;

      for (guint i = 0; i < plan->lines->len; i++)
        {
          const ZifuImportLine *line = &g_array_index (plan->lines, ZifuImportLine, i);

          if (line->state == ZIFU_LINE_WRONG || line->member_id != id || line->is_month)
            continue;
          first = first == 0 ? line->date : MIN (first, line->date);
          last = MAX (last, line->date);
        }
      if (last != 0 && !load_member (comparison, ledger, id, first, last, job, error))
        return FALSE;
    }
  for (guint i = comparison->known->len; i > 0; i--)
    {
      const Known *known = &g_array_index (comparison->known, Known, i - 1);

      if (known->souc_rid != NULL)
        g_hash_table_insert (comparison->by_key, (gpointer) known->souc_rid, GUINT_TO_POINTER (i));
    }
  return TRUE;
}

/* A number that is there on a day that the file is not about. */
static gboolean
find_elsewhere (ZifuLedger *ledger, ZifuImportLine *line, GError **error)
{
  gint64 id;

  if (!line->own_key)
    return TRUE;
  if (!zifu_ledger_find_source (ledger, line->member_id, line->souc_rid, &id, error))
    return FALSE;
  if (id != 0)
    _zifu_import_mark (line, ZIFU_LINE_WRONG, ZIFU_REASON_KEY_AGAIN, line->souc_rid);
  return TRUE;
}

static gboolean
compare_key (Comparison *comparison, ZifuLedger *ledger, ZifuImportLine *line, GError **error)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (comparison->by_key, line->souc_rid));
  Known *known = number != 0 ? &g_array_index (comparison->known, Known, number - 1) : NULL;

  if (known == NULL || known->member_id != line->member_id)
    return find_elsewhere (ledger, line, error);
  known->used = TRUE;
  if (known->date == line->date && known->amount == line->amount)
    {
      line->state = ZIFU_LINE_DUPLICATE;
      line->reason = ZIFU_REASON_KNOWN;
      line->entry_id = known->id;
    }
  else
    _zifu_import_mark (line, ZIFU_LINE_WRONG, ZIFU_REASON_KEY_AGAIN, line->souc_rid);
  return TRUE;
}

/* An entry of the same day and amount that no other line has taken. */
static Known *
find_known (Comparison *comparison, const ZifuImportLine *line, gboolean same_texts)
{
  const Day day = { line->member_id, line->amount, line->date };
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (comparison->by_day, &day));

  while (number != 0)
    {
      Known *known = &g_array_index (comparison->known, Known, number - 1);

      if (!known->used && (!same_texts || (known->institution == line->institution && known->note == line->note &&
                                           !(known->own_key && line->own_key))))
        return known;
      number = known->next;
    }
  return NULL;
}

static void
compare_content (Comparison *comparison, ZifuImportLine *line)
{
  Known *known = find_known (comparison, line, TRUE);

  if (known == NULL)
    return;
  known->used = TRUE;
  line->state = ZIFU_LINE_DUPLICATE;
  line->reason = ZIFU_REASON_KNOWN;
  line->entry_id = known->id;
}

static void
compare_similar (Comparison *comparison, ZifuImportLine *line)
{
  Known *known = line->amount != 0 ? find_known (comparison, line, FALSE) : NULL;

  if (known == NULL)
    return;
  known->used = TRUE;
  _zifu_import_mark (line, ZIFU_LINE_DOUBTFUL, ZIFU_REASON_SIMILAR, known->institution != NULL ? known->institution : known->note);
}

static gboolean
compare_lines (Comparison *comparison, ZifuLedger *ledger, const ZifuJob *job, GError **error)
{
  GArray *lines = comparison->plan->lines;

  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < lines->len; i++)
      {
        ZifuImportLine *line = &g_array_index (lines, ZifuImportLine, i);

        if (i % STEP_LINES == 0 && !zifu_job_step (job, (gint64) round * lines->len + i, 3 * (gint64) lines->len, error))
          return FALSE;
        if (line->is_month || (line->state != ZIFU_LINE_NEW && line->state != ZIFU_LINE_DOUBTFUL))
          continue;
        if (round == 0 && !compare_key (comparison, ledger, line, error))
          return FALSE;
        else if (round == 1)
          compare_content (comparison, line);
        else if (round == 2)
          compare_similar (comparison, line);
      }
  return TRUE;
}

/*
 * _zifu_import_compare:
 *
 * Gives each line its key, and finds what is in the household already.
 */
gboolean
_zifu_import_compare (ZifuImportPlan *self, ZifuLedger *ledger, const ZifuJob *job, GError **error)
{
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (Known));
  g_autoptr (GHashTable) by_key = g_hash_table_new (g_direct_hash, g_direct_equal);
  g_autoptr (GHashTable) by_day = g_hash_table_new_full (hash_day, equal_days, g_free, NULL);
  Comparison comparison = { self, known, by_key, by_day };

  make_keys (self);
  check_keys_in_file (self);
  find_originals (self);
  return load_known (&comparison, ledger, job, error) && compare_lines (&comparison, ledger, job, error);
}
