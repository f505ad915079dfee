/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include "zifu-life-words.h"

#include <glib/gi18n-lib.h>

#include "zifu-elsewhere.h"
#include "zifu-visit-choices.h"
#include "zifu-words.h"

static const char *const provinces[] = { "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41",
                                         "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65" };

/**
 * zifu_life_list_places:
 * @library: the policy packs
 *
 * Places that can be chosen: first the regions whose rules are known, then the provinces.
 *
 * Returns: (transfer full) (element-type utf8): codes of six digits or of two
 */
GPtrArray *
zifu_life_list_places (ZifuPackLibrary *library)
{
  g_autoptr (GPtrArray) packs = NULL;
  GPtrArray *places = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (library != NULL, places);

  packs = zifu_pack_library_list (library, NULL);
  for (guint i = 0; packs != NULL && i < packs->len; i++)
    {
      const ZifuPackInfo *info = g_ptr_array_index (packs, i);

      if (!info->base)
        g_ptr_array_add (places, g_strdup (info->id));
    }
  for (guint i = 0; i < G_N_ELEMENTS (provinces); i++)
    {
      g_autofree char *whole = g_strdup_printf ("%s0000", provinces[i]);

      /* A municipality is there already. */
      if (!g_ptr_array_find_with_equal_func (places, whole, g_str_equal, NULL))
        g_ptr_array_add (places, g_strdup (provinces[i]));
    }
  return places;
}

/**
 * zifu_life_dup_place:
 * @library: the policy packs
 * @code: (nullable): code of a region or its first two digits
 *
 * Returns: (transfer full): its name; of a region that nobody knows its province with the code
 */
char *
zifu_life_dup_place (ZifuPackLibrary *library, const char *code)
{
  g_autoptr (GPtrArray) packs = NULL;
  g_autofree char *province = NULL;
  const char *word;

  g_return_val_if_fail (library != NULL, NULL);

  if (code == NULL)
    return g_strdup (_("Not stated"));
  packs = zifu_pack_library_list (library, NULL);
  for (guint i = 0; packs != NULL && i < packs->len; i++)
    {
      const ZifuPackInfo *info = g_ptr_array_index (packs, i);

      if (!info->base && g_str_equal (info->id, code))
        return g_strdup (zifu_words_text (&info->title));
    }
  province = g_strndup (code, 2);
  word = zifu_words_axis_value ("place_province", province);
  if (word == province || g_str_equal (code, province))
    return g_strdup (word == province ? code : word);
  return g_strdup_printf ("%s (%s)", word, code);
}

/**
 * zifu_life_dup_days:
 * @from: first day
 * @to: last day; 0 = open
 *
 * Returns: (transfer full): the days in words
 */
char *
zifu_life_dup_days (ZifuDate from, ZifuDate to)
{
  g_autofree char *day = NULL;

  if (to != 0)
    return zifu_words_period (from, to);
  day = zifu_words_date (from, ZIFU_DATE_STYLE_LONG);
  /* Translators: {1} is a day. */
  return zifu_words_fill (_("since {1}"), day, NULL);
}

/**
 * zifu_life_filing_name:
 * @kind: filed_long, filed_temp or referred
 *
 * Returns: (transfer none): the kind of filing as it stands alone
 */
const char *
zifu_life_filing_name (const char *kind)
{
  if (g_strcmp0 (kind, "filed_long") == 0)
    return C_("filing", "Long-term care elsewhere");
  if (g_strcmp0 (kind, "filed_temp") == 0)
    return C_("filing", "Care elsewhere for a time");
  return C_("filing", "Referral to another region");
}

/**
 * zifu_life_state_name:
 * @state: how far a move is
 *
 * Returns: (transfer none): its name
 */
const char *
zifu_life_state_name (ZifuMoveState state)
{
  switch (state)
    {
    case ZIFU_MOVE_REQUESTED:
      return C_("move", "Requested");
    case ZIFU_MOVE_IN_TRANSIT:
      return C_("move", "Under way");
    case ZIFU_MOVE_ARRIVED:
      return C_("move", "Arrived");
    case ZIFU_MOVE_NONE:
    default:
      return C_("move", "Not requested");
    }
}

/**
 * zifu_life_kind_name:
 * @kind: what it is
 *
 * Returns: (transfer none): a word for it, as a title
 */
const char *
zifu_life_kind_name (ZifuLifeKind kind)
{
  static const char *const names[] = {
    [ZIFU_LIFE_ENROLMENT] = N_("Enrolment"),
    [ZIFU_LIFE_SPELL] = N_("Months Paid"),
    [ZIFU_LIFE_FILING] = N_("Filing for Care Elsewhere"),
    [ZIFU_LIFE_MOVE] = N_("Move of the Insurance"),
  };

  g_return_val_if_fail (kind < ZIFU_N_LIFE_KINDS, NULL);

  return _(names[kind]);
}

static char *
dup_months (const ZifuLifeEvent *event)
{
  ZifuMonth first = zifu_month_of (event->from), last = zifu_month_of (event->to);
  g_autofree char *from = zifu_words_month (first, TRUE);
  g_autofree char *to = zifu_words_month (last, TRUE);

  return first == last ? g_steal_pointer (&from) : g_strdup_printf ("%s – %s", from, to);
}

/**
 * zifu_life_dup_title:
 * @event: an event
 * @library: the policy packs
 *
 * Returns: (transfer full): the title of its row
 */
char *
zifu_life_dup_title (const ZifuLifeEvent *event, ZifuPackLibrary *library)
{
  g_autofree char *place = NULL;
  g_autofree char *insurance = NULL;

  g_return_val_if_fail (event != NULL, NULL);

  if (event->kind == ZIFU_LIFE_SPELL)
    return dup_months (event);
  if (event->kind == ZIFU_LIFE_FILING && event->region == NULL)
    return g_strdup (zifu_life_filing_name (event->filing));
  place = zifu_life_dup_place (library, event->region);
  if (event->kind == ZIFU_LIFE_MOVE)
    /* Translators: {1} is a region. */
    return event->region != NULL ? zifu_words_fill (_("To {1}"), place, NULL) : g_strdup (_("To a place not stated"));
  if (event->kind == ZIFU_LIFE_FILING)
    return g_strdup_printf ("%s · %s", zifu_life_filing_name (event->filing), place);
  insurance = zifu_choices_label ("insurance", event->insurance);
  return event->region != NULL ? g_strdup_printf ("%s · %s", insurance, place) : g_steal_pointer (&insurance);
}

static char *
dup_filing (const ZifuLifeEvent *event, ZifuPack *pack, ZifuDate today)
{
  g_autoptr (ZifuRecord) record = zifu_record_new ();
  g_autofree char *days = NULL;
  ZifuFilingFound found = { 0 };
  const char *state = NULL;

  zifu_record_add_filing (record, event->filing, event->region, event->from, event->to);
  if (pack != NULL)
    found = zifu_filing_find (pack, record, event->region, today);
  days = zifu_life_dup_days (event->from, found.until != 0 ? found.until : event->to);
  if (pack != NULL)
    state = found.state == ZIFU_FILING_VALID     ? C_("filing", "valid")
            : found.state == ZIFU_FILING_EXPIRED ? C_("filing", "ended")
                                                 : C_("filing", "not begun");
  return state != NULL ? g_strdup_printf ("%s · %s", days, state) : g_steal_pointer (&days);
}

static char *
dup_spell (const ZifuLifeEvent *event)
{
  guint n = (guint) (zifu_month_of (event->to) - zifu_month_of (event->from)) + 1;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *digits = g_strdup_printf ("%u", n);
  /* Translators: {1} is how many months. */
  g_autofree char *count = zifu_words_fill (ngettext ("{1} month", "{1} months", n), digits, NULL);

  g_string_append (text, count);
  if (event->paid_on != 0)
    {
      g_autofree char *day = zifu_words_date (event->paid_on, ZIFU_DATE_STYLE_LONG);
      /* Translators: {1} is a day. */
      g_autofree char *paid = zifu_words_fill (_("paid on {1}"), day, NULL);

      g_string_append_printf (text, " · %s", paid);
    }
  else
    g_string_append_printf (text, " · %s", _("paid in time"));
  if (event->base >= 0)
    {
      g_autofree char *amount = zifu_words_money (event->base, ZIFU_MONEY_STYLE_LIST);
      /* Translators: {1} is an amount a month. */
      g_autofree char *base = zifu_words_fill (_("base {1}"), amount, NULL);

      g_string_append_printf (text, " · %s", base);
    }
  if (event->provenance == ZIFU_PROVENANCE_IMPORTED || event->provenance == ZIFU_PROVENANCE_SYNCED)
    g_string_append_printf (text, " · %s", _("imported"));
  return g_strdup (text->str);
}

static char *
dup_move (const ZifuLifeEvent *event)
{
  g_autofree char *day = zifu_words_date (event->from, ZIFU_DATE_STYLE_LONG);
  /* Translators: {1} is a day. */
  g_autofree char *requested = zifu_words_fill (_("requested on {1}"), day, NULL);

  if (event->account_there_known && !event->account_there)
    return g_strdup_printf ("%s · %s · %s", zifu_life_state_name (event->state), requested, _("no personal accounts there"));
  return g_strdup_printf ("%s · %s", zifu_life_state_name (event->state), requested);
}

static char *
dup_enrolment (const ZifuLifeEvent *event)
{
  g_autofree char *days = zifu_life_dup_days (event->from, event->to);

  return g_strdup_printf ("%s · %s%s%s", days, event->paid ? _("paid") : _("not paid"), event->place_of_work ? " · " : "",
                          event->place_of_work ? _("where the person works or lives") : "");
}

/**
 * zifu_life_dup_detail:
 * @event: an event
 * @pack: (nullable): the rules of the region of insurance: they say how long a filing holds
 * @today: the day on which it is looked at
 *
 * Returns: (transfer full): the line below the title
 */
char *
zifu_life_dup_detail (const ZifuLifeEvent *event, ZifuPack *pack, ZifuDate today)
{
  g_return_val_if_fail (event != NULL, NULL);

  switch (event->kind)
    {
    case ZIFU_LIFE_FILING:
      return dup_filing (event, pack, today);
    case ZIFU_LIFE_SPELL:
      return dup_spell (event);
    case ZIFU_LIFE_MOVE:
      return dup_move (event);
    case ZIFU_LIFE_ENROLMENT:
    default:
      return dup_enrolment (event);
    }
}
