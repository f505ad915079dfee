/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-entries-private.h"

#include <glib/gi18n-lib.h>

#include "zifu-ledger-private.h"

/* Entries that are in memory at a time. */
#define PAGE 1000

/*
 * A place in the history of one account, as the keyset of the ledger names it.
 */
typedef struct {
  ZifuDate date;
  gint64   id;
} Place;

/*
 * A walk through one account.
 */
typedef struct {
  ZifuLedger                *ledger;
  const ZifuMember          *member;
  const ZifuExportSelection *selection;
  GArray                    *places; /* of Place: where each page begins, the newest one first */
  gint64                     count;
} Walk;

/*
 * _zifu_reading_begin:
 *
 * Everything that is read until _zifu_reading_end() is of one moment, whatever other programs write.  They are not held up.
 */
gboolean
_zifu_reading_begin (ZifuLedger *ledger, GError **error)
{
  g_assert (ledger->depth == 0);

  return _zifu_ledger_exec (ledger, "BEGIN", error);
}

/* Ends what _zifu_reading_begin() began. */
void
_zifu_reading_end (ZifuLedger *ledger)
{
  g_autoptr (GError) error = NULL;

  if (!sqlite3_get_autocommit (ledger->db) && !_zifu_ledger_exec (ledger, "ROLLBACK", &error))
    g_debug ("%s", error->message);
}

static GPtrArray *
list_page (const Walk *walk, const Place *place, GError **error)
{
  ZifuEntryFilter filter = walk->selection->filter != NULL ? *walk->selection->filter : (ZifuEntryFilter){ 0 };

  filter.from = MAX (filter.from, walk->selection->first);
  if (walk->selection->last != 0 && (filter.to == 0 || walk->selection->last < filter.to))
    filter.to = walk->selection->last;
  if (place->date != 0)
    {
      filter.before_date = place->date;
      filter.before_id = place->id;
    }
  return zifu_ledger_list_entries (walk->ledger, walk->member->id, &filter, PAGE, error);
}

/* Without a filter the index alone tells where pages begin. */
static gboolean
find_places_in_index (Walk *walk, const ZifuJob *job, GError **error)
{
  const ZifuExportSelection *selection = walk->selection;
  ZifuDate last = selection->last != 0 ? selection->last : zifu_date_new (9999, 12, 31);
  g_autoptr (sqlite3_stmt) statement = _zifu_ledger_prepare (
    walk->ledger, error,
    "SELECT acct_modi_date, rid FROM acct_incexpd_d WHERE psn_no = ? AND acct_modi_date >= IFNULL (?, '') AND acct_modi_date <= ?"
    " ORDER BY acct_modi_date DESC, rid DESC",
    "idd", walk->member->id, selection->first, last);
  Place place = { 0 };
  gboolean row;

  if (statement == NULL)
    return FALSE;
  while (_zifu_ledger_step (walk->ledger, statement, &row, error))
    {
      if (!row)
        return TRUE;
      if (walk->count % PAGE == 0)
        {
          g_array_append_val (walk->places, place);
          if (!zifu_job_step (job, 0, 0, error))
            return FALSE;
        }
      if (++walk->count % PAGE == 0)
        place = (Place){ _zifu_column_date (statement, 0), sqlite3_column_int64 (statement, 1) };
    }
  return FALSE;
}

/* The ledger's pages go back in time; what is written goes forward.  So the beginnings of the pages are found first. */
static gboolean
find_places (Walk *walk, const ZifuJob *job, GError **error)
{
  const ZifuEntryFilter *filter = walk->selection->filter;
  Place place = { 0 };

  if (filter == NULL)
    return find_places_in_index (walk, job, error);

  place = (Place){ filter->before_date, filter->before_id };
  while (TRUE)
    {
      g_autoptr (GPtrArray) page = list_page (walk, &place, error);
      const ZifuEntry *last;

      if (page == NULL || !zifu_job_step (job, 0, 0, error))
        return FALSE;
      if (page->len == 0)
        return TRUE;
      g_array_append_val (walk->places, place);
      walk->count += page->len;
      if (page->len < PAGE)
        return TRUE;
      last = g_ptr_array_index (page, page->len - 1);
      place = (Place){ last->date, last->id };
    }
}

static gboolean
walk_pages (Walk *walk, ZifuEntryFunc func, gpointer user_data, const ZifuJob *job, gint64 *done, gint64 total, GError **error)
{
  for (guint i = walk->places->len; i > 0; i--)
    {
      g_autoptr (GPtrArray) page = list_page (walk, &g_array_index (walk->places, Place, i - 1), error);

      if (page == NULL)
        return FALSE;
      for (guint n = page->len; n > 0; n--)
        if (!func (walk->member, g_ptr_array_index (page, n - 1), user_data, error))
          return FALSE;
      *done += page->len;
      if (!zifu_job_step (job, *done, total, error))
        return FALSE;
    }
  return TRUE;
}

static void
clear_walk (gpointer data)
{
  g_array_unref (((Walk *) data)->places);
}

static gboolean
walk_members (ZifuLedger *ledger, const ZifuExportSelection *selection, GPtrArray *members, ZifuEntryFunc func, gpointer user_data,
              const ZifuJob *job, GError **error)
{
  g_autoptr (GArray) walks = g_array_new (FALSE, FALSE, sizeof (Walk));
  gint64 done = 0, total = 0;

  g_array_set_clear_func (walks, clear_walk);
  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);
      Walk walk = { ledger, member, selection, NULL, 0 };

      if (selection->member_id != 0 && member->id != selection->member_id)
        continue;
      walk.places = g_array_new (FALSE, FALSE, sizeof (Place));
      g_array_append_val (walks, walk);
      if (!find_places (&g_array_index (walks, Walk, walks->len - 1), job, error))
        return FALSE;
      total += g_array_index (walks, Walk, walks->len - 1).count;
    }
  for (guint i = 0; i < walks->len; i++)
    if (!walk_pages (&g_array_index (walks, Walk, i), func, user_data, job, &done, total, error))
      return FALSE;
  return TRUE;
}

/*
 * _zifu_entries_walk:
 * @selection: which entries
 *
 * Calls @func with every entry, the oldest one of an account first.  A page of them is in memory at a time.
 */
gboolean
_zifu_entries_walk (ZifuLedger *ledger, const ZifuExportSelection *selection, ZifuEntryFunc func, gpointer user_data, const ZifuJob *job,
                    GError **error)
{
  g_autoptr (GPtrArray) members = NULL;
  g_autoptr (ZifuMember) member = NULL;
  gboolean success = FALSE;

  if (!_zifu_reading_begin (ledger, error))
    return FALSE;

  members = zifu_ledger_list_members (ledger, error);
  if (selection->member_id != 0 && members != NULL)
    member = zifu_ledger_get_member (ledger, selection->member_id, error);
  if (members != NULL && (selection->member_id == 0 || member != NULL))
    success = walk_members (ledger, selection, members, func, user_data, job, error);
  _zifu_reading_end (ledger);
  return success;
}

/**
 * zifu_export_kind_name:
 * @kind: a kind of entry
 *
 * Returns: what one entry of that kind is called, as in the window
 */
const char *
zifu_export_kind_name (ZifuEntryKind kind)
{
  static const char *const words[ZIFU_N_ENTRY_KINDS] = {
    [ZIFU_ENTRY_CREDIT] = NC_("entry", "Credit"),
    [ZIFU_ENTRY_OUTPATIENT] = NC_("entry", "Outpatient"),
    [ZIFU_ENTRY_PHARMACY] = NC_("entry", "Pharmacy"),
    [ZIFU_ENTRY_INPATIENT] = NC_("entry", "Inpatient"),
    [ZIFU_ENTRY_FAMILY] = NC_("entry", "Family mutual aid"),
    [ZIFU_ENTRY_TRANSFER] = NC_("entry", "Transfer"),
    [ZIFU_ENTRY_REFUND] = NC_("entry", "Refund"),
    [ZIFU_ENTRY_INTEREST] = NC_("entry", "Interest"),
    [ZIFU_ENTRY_PREMIUM] = NC_("entry", "Resident premium"),
    [ZIFU_ENTRY_OPENING] = NC_("entry", "Balance entered"),
    [ZIFU_ENTRY_CORRECTION] = NC_("entry", "Balance corrected"),
  };

  return (guint) kind < ZIFU_N_ENTRY_KINDS && words[kind] != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "entry", words[kind]) : "";
}
