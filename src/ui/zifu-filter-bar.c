/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-filter-bar.h"

#include <glib/gi18n-lib.h>

#include "zifu-day-text.h"
#include "zifu-entry-words.h"
#include "zifu-filter-chip.h"
#include "zifu-filter-choices.h"
#include "zifu-filter-words.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"

/* Institutions that are listed at once; the others are found by typing. */
#define MOST_PLACES 200

struct _ZifuFilterBar
{
  GtkWidget parent_instance;

  ZifuSession       *session; /* owned, nullable */
  ZifuHistoryReader *reader;  /* owned, nullable */
  GCancellable      *cancellable; /* owned, nullable: of the institutions */
  GPtrArray         *places;  /* owned, nullable before they were read, of char* */
  ZifuHistoryFilter  filter;

  ZifuFilterChip *period, *person, *place, *amount;
  GtkListBox     *periods, *people, *place_list;
  AdwEntryRow    *from, *to;
  ZifuMoneyRow   *least, *most;
  GtkEditable    *place_search;
  GtkStack       *place_stack;
};

G_DEFINE_FINAL_TYPE (ZifuFilterBar, zifu_filter_bar, GTK_TYPE_WIDGET)

static guint signal_changed;

static char *
dup_person (ZifuFilterBar *self)
{
  g_autoptr (GPtrArray) members = NULL;

  if (self->filter.everybody)
    return g_strdup (_("Whole household"));
  if (self->filter.member_id == 0)
    return NULL;

  members = zifu_session_list_members (self->session);
  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);

      if (member->id == self->filter.member_id)
        return zifu_member_dup_title (member);
    }

  return NULL;
}

static void
show_values (ZifuFilterBar *self)
{
  g_autofree char *period = zifu_filter_dup_period (self->filter.from, self->filter.to);
  g_autofree char *amount = zifu_filter_dup_amounts (self->filter.amount_from, self->filter.amount_to);
  g_autofree char *person = dup_person (self);

  zifu_filter_chip_set_value (self->period, period);
  zifu_filter_chip_set_value (self->person, person);
  zifu_filter_chip_set_value (self->place, self->filter.institution);
  zifu_filter_chip_set_value (self->amount, amount);
}

static void
tell (ZifuFilterBar *self)
{
  show_values (self);
  g_signal_emit (self, signal_changed, 0);
}

/* ---- period */

static void
set_period (ZifuFilterBar *self, ZifuDate from, ZifuDate to)
{
  self->filter.from = from;
  self->filter.to = to;
  tell (self);
}

static void
period_cleared_cb (ZifuFilterBar *self)
{
  set_period (self, 0, 0);
}

static void
add_period (ZifuFilterBar *self, const char *title, ZifuDate from, ZifuDate to)
{
  GtkWidget *row = zifu_filter_list_add (self->periods, title, self->filter.from == from && self->filter.to == to);

  g_object_set_data (G_OBJECT (row), "from", GINT_TO_POINTER (from));
  g_object_set_data (G_OBJECT (row), "to", GINT_TO_POINTER (to));
}

static void
show_day (AdwEntryRow *row, ZifuDate day)
{
  g_autofree char *text = day != 0 ? zifu_date_format (day) : g_strdup ("");

  gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

static void
period_opened_cb (ZifuFilterBar *self)
{
  ZifuDate today = zifu_session_get_today (self->session);
  gint64 account = zifu_history_filter_get_account (&self->filter, zifu_session_get_member_id (self->session));
  g_autoptr (GArray) years = account != 0 ? zifu_ledger_list_years (zifu_session_get_ledger (self->session), account, NULL) : NULL;
  int year, month, day;

  zifu_date_split (today, &year, &month, &day);
  zifu_ui_empty_list (self->periods);
  add_period (self, _("All time"), 0, 0);
  add_period (self, _("This month"), zifu_date_new (year, month, 1), zifu_date_new (year, month, zifu_date_days_in_month (year, month)));
  add_period (self, _("This year"), zifu_date_new (year, 1, 1), zifu_date_new (year, 12, 31));
  add_period (self, _("Last year"), zifu_date_new (year - 1, 1, 1), zifu_date_new (year - 1, 12, 31));
  for (guint i = 0; years != NULL && i < years->len; i++)
    {
      int past = g_array_index (years, ZifuYearSummary, i).year;
      ZifuDate first = zifu_date_new (past, 1, 1), last = zifu_date_new (past, 12, 31);
      g_autofree char *title = past < year - 1 || past > year ? zifu_filter_dup_period (first, last) : NULL;

      if (title != NULL)
        add_period (self, title, first, last);
    }
  show_day (self->from, self->filter.from);
  show_day (self->to, self->filter.to);
}

static void
period_activated_cb (ZifuFilterBar *self, GtkListBoxRow *row)
{
  ZifuDate from = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "from"));
  ZifuDate to = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "to"));

  zifu_filter_chip_popdown (self->period);
  set_period (self, from, to);
}

/* An empty row is an open end; what is no day is marked and stays. */
static gboolean
read_day (AdwEntryRow *row, ZifuDate *day)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  gboolean fine;

  *day = zifu_day_text_parse (text);
  fine = *day != 0 || *text == '\0';
  if (fine)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               fine ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);

  return fine;
}

static void
days_applied_cb (ZifuFilterBar *self)
{
  ZifuDate from, to;
  gboolean fine = read_day (self->from, &from);

  if (!read_day (self->to, &to) || !fine)
    return;
  /* Whoever mixed the two up means the same period. */
  if (from != 0 && to != 0 && from > to)
    {
      ZifuDate first = to;

      to = from;
      from = first;
    }
  zifu_filter_chip_popdown (self->period);
  set_period (self, from, to);
}

static GtkWidget *
make_day_row (ZifuFilterBar *self, const char *title, AdwEntryRow **row)
{
  *row = g_object_new (ADW_TYPE_ENTRY_ROW, "title", title, NULL);
  g_signal_connect_swapped (*row, "entry-activated", G_CALLBACK (days_applied_cb), self);

  return GTK_WIDGET (*row);
}

static void
make_period (ZifuFilterBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *list = zifu_filter_list_new (_("Period"));
  GtkWidget *pair, *from, *to, *apply;

  self->periods = GTK_LIST_BOX (list);
  /* Translators: first and last day of a period, as 2026-01-31; either may stay empty. */
  from = make_day_row (self, _("From (such as 2026-01-31)"), &self->from);
  to = make_day_row (self, _("To"), &self->to);
  pair = zifu_filter_pair_new (from, to, &apply);
  gtk_box_append (GTK_BOX (box), zifu_filter_list_frame (self->periods));
  gtk_box_append (GTK_BOX (box), pair);
  zifu_filter_chip_set_content (self->period, box);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (period_activated_cb), self);
  g_signal_connect_swapped (apply, "clicked", G_CALLBACK (days_applied_cb), self);
  g_signal_connect_swapped (self->period, "opened", G_CALLBACK (period_opened_cb), self);
  g_signal_connect_swapped (self->period, "cleared", G_CALLBACK (period_cleared_cb), self);
}

/* ---- person */

static void
set_person (ZifuFilterBar *self, gboolean everybody, gint64 member_id)
{
  self->filter.everybody = everybody;
  self->filter.member_id = member_id;
  g_clear_pointer (&self->places, g_ptr_array_unref);
  tell (self);
}

static void
person_cleared_cb (ZifuFilterBar *self)
{
  set_person (self, FALSE, 0);
}

static void
add_person (ZifuFilterBar *self, const char *title, gboolean everybody, gint64 id)
{
  gboolean chosen = self->filter.everybody == everybody && (everybody || self->filter.member_id == id);
  GtkWidget *row = zifu_filter_list_add (self->people, title, chosen);
  gint64 *member_id = g_new (gint64, 1);

  *member_id = everybody ? -1 : id;
  g_object_set_data_full (G_OBJECT (row), "member", member_id, g_free);
}

static void
person_opened_cb (ZifuFilterBar *self)
{
  g_autoptr (GPtrArray) members = zifu_session_list_members (self->session);
  gint64 on_screen = zifu_session_get_member_id (self->session);

  zifu_ui_empty_list (self->people);
  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);
      g_autofree char *title = member->id == on_screen ? zifu_member_dup_title (member) : NULL;

      if (title != NULL)
        add_person (self, title, FALSE, 0);
    }
  add_person (self, _("Whole household"), TRUE, 0);
  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);
      g_autofree char *title = member->id != on_screen ? zifu_member_dup_title (member) : NULL;

      if (title != NULL)
        add_person (self, title, FALSE, member->id);
    }
}

static void
person_activated_cb (ZifuFilterBar *self, GtkListBoxRow *row)
{
  gint64 id = *(gint64 *) g_object_get_data (G_OBJECT (row), "member");

  zifu_filter_chip_popdown (self->person);
  set_person (self, id < 0, MAX (id, 0));
}

static void
make_person (ZifuFilterBar *self)
{
  GtkWidget *list = zifu_filter_list_new (_("Person"));

  self->people = GTK_LIST_BOX (list);
  zifu_filter_chip_set_content (self->person, zifu_filter_list_frame (self->people));
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (person_activated_cb), self);
  g_signal_connect_swapped (self->person, "opened", G_CALLBACK (person_opened_cb), self);
  g_signal_connect_swapped (self->person, "cleared", G_CALLBACK (person_cleared_cb), self);
}

/* ---- institution */

static void
place_cleared_cb (ZifuFilterBar *self)
{
  g_clear_pointer (&self->filter.institution, g_free);
  tell (self);
}

static void
list_places (ZifuFilterBar *self)
{
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (self->place_search), -1);
  guint n = 0;

  zifu_ui_empty_list (self->place_list);
  for (guint i = 0; self->places != NULL && i < self->places->len && n < MOST_PLACES; i++)
    {
      const char *name = g_ptr_array_index (self->places, i);
      g_autofree char *folded = g_utf8_casefold (name, -1);
      GtkWidget *row;

      if (strstr (folded, wanted) == NULL)
        continue;
      row = zifu_filter_list_add (self->place_list, name, g_strcmp0 (name, self->filter.institution) == 0);
      g_object_set_data_full (G_OBJECT (row), "name", g_strdup (name), g_free);
      n++;
    }
  gtk_stack_set_visible_child_name (self->place_stack, self->places == NULL ? "reading" : n > 0 ? "list" : "none");
}

static void
places_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ZifuFilterBar *self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *places = zifu_history_reader_places_finish (ZIFU_HISTORY_READER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (places == NULL)
    {
      g_signal_emit_by_name (self->session, "failed", error);
      places = g_ptr_array_new ();
    }
  g_clear_pointer (&self->places, g_ptr_array_unref);
  self->places = places;
  list_places (self);
}

static void
stop_reading (ZifuFilterBar *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
place_opened_cb (ZifuFilterBar *self)
{
  gint64 account = zifu_history_filter_get_account (&self->filter, zifu_session_get_member_id (self->session));

  gtk_editable_set_text (self->place_search, "");
  list_places (self);
  stop_reading (self);
  self->cancellable = g_cancellable_new ();
  zifu_history_reader_places_async (self->reader, account, self->cancellable, places_read_cb, self);
}

static void
place_activated_cb (ZifuFilterBar *self, GtkListBoxRow *row)
{
  const char *name = g_object_get_data (G_OBJECT (row), "name");

  g_free (self->filter.institution);
  self->filter.institution = g_strdup (name);
  zifu_filter_chip_popdown (self->place);
  tell (self);
}

static void
make_place (ZifuFilterBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *list = zifu_filter_list_new (_("Institution"));
  GtkWidget *search = gtk_search_entry_new ();
  GtkWidget *stack = gtk_stack_new ();

  self->place_list = GTK_LIST_BOX (list);
  self->place_search = GTK_EDITABLE (search);
  self->place_stack = GTK_STACK (stack);
  gtk_stack_set_vhomogeneous (self->place_stack, FALSE);
  gtk_stack_add_named (self->place_stack, zifu_filter_list_frame (self->place_list), "list");
  gtk_stack_add_named (self->place_stack,
                       g_object_new (GTK_TYPE_LABEL, "label", _("Reading…"), "margin-top", 12, "margin-bottom", 12, NULL), "reading");
  gtk_stack_add_named (self->place_stack,
                       g_object_new (GTK_TYPE_LABEL, "label", _("No institution"), "margin-top", 12, "margin-bottom", 12, NULL), "none");
  g_object_set (search, "placeholder-text", _("Name of an institution"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of an institution"), -1);
  gtk_box_append (GTK_BOX (box), search);
  gtk_box_append (GTK_BOX (box), stack);
  zifu_filter_chip_set_content (self->place, box);
  g_signal_connect_swapped (search, "search-changed", G_CALLBACK (list_places), self);
  g_signal_connect_swapped (search, "stop-search", G_CALLBACK (zifu_filter_chip_popdown), self->place);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (place_activated_cb), self);
  g_signal_connect_swapped (self->place, "opened", G_CALLBACK (place_opened_cb), self);
  g_signal_connect_swapped (self->place, "cleared", G_CALLBACK (place_cleared_cb), self);
}

/* ---- amount */

static void
amount_cleared_cb (ZifuFilterBar *self)
{
  self->filter.amount_from = self->filter.amount_to = -1;
  tell (self);
}

static void
amount_opened_cb (ZifuFilterBar *self)
{
  zifu_money_row_set_amount (self->least, self->filter.amount_from);
  zifu_money_row_set_amount (self->most, self->filter.amount_to);
}

static void
amount_applied_cb (ZifuFilterBar *self)
{
  gint64 from = zifu_money_row_get_amount (self->least);
  gint64 to = zifu_money_row_get_amount (self->most);

  if (!zifu_money_row_get_valid (self->least) || !zifu_money_row_get_valid (self->most))
    return;
  self->filter.amount_from = from >= 0 && to >= 0 ? MIN (from, to) : from;
  self->filter.amount_to = from >= 0 && to >= 0 ? MAX (from, to) : to;
  zifu_filter_chip_popdown (self->amount);
  tell (self);
}

static void
make_amount (ZifuFilterBar *self)
{
  GtkWidget *least = zifu_money_row_new (), *most = zifu_money_row_new (), *pair, *apply;

  self->least = ZIFU_MONEY_ROW (least);
  self->most = ZIFU_MONEY_ROW (most);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (least), _("At least (yuan)"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (most), _("At most (yuan)"));
  pair = zifu_filter_pair_new (least, most, &apply);
  zifu_filter_chip_set_content (self->amount, pair);
  g_signal_connect_swapped (least, "entry-activated", G_CALLBACK (amount_applied_cb), self);
  g_signal_connect_swapped (most, "entry-activated", G_CALLBACK (amount_applied_cb), self);
  g_signal_connect_swapped (apply, "clicked", G_CALLBACK (amount_applied_cb), self);
  g_signal_connect_swapped (self->amount, "opened", G_CALLBACK (amount_opened_cb), self);
  g_signal_connect_swapped (self->amount, "cleared", G_CALLBACK (amount_cleared_cb), self);
}

/* ---- the bar */

static void
zifu_filter_bar_dispose (GObject *object)
{
  ZifuFilterBar *self = ZIFU_FILTER_BAR (object);

  stop_reading (self);
  zifu_ui_drop_children (GTK_WIDGET (self));
  g_clear_object (&self->session);
  g_clear_object (&self->reader);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  zifu_history_filter_clear (&self->filter);

  G_OBJECT_CLASS (zifu_filter_bar_parent_class)->dispose (object);
}

static void
zifu_filter_bar_class_init (ZifuFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_filter_bar_dispose;

  signal_changed = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static ZifuFilterChip *
add_chip (ZifuFilterBar *self, const char *title)
{
  GtkWidget *chip = zifu_filter_chip_new (title);

  gtk_widget_set_parent (chip, GTK_WIDGET (self));

  return ZIFU_FILTER_CHIP (chip);
}

static void
zifu_filter_bar_init (ZifuFilterBar *self)
{
  zifu_history_filter_init (&self->filter);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Filters"), -1);
  self->period = add_chip (self, _("Period"));
  self->place = add_chip (self, _("Institution"));
  self->amount = add_chip (self, _("Amount"));
  self->person = add_chip (self, _("Person"));
  make_period (self);
  make_place (self);
  make_amount (self);
  make_person (self);
}

/**
 * zifu_filter_bar_new:
 *
 * Returns: (transfer floating): a bar with nothing chosen, which waits for its session
 */
GtkWidget *
zifu_filter_bar_new (void)
{
  return g_object_new (ZIFU_TYPE_FILTER_BAR, NULL);
}

/**
 * zifu_filter_bar_set_session:
 * @self: a bar
 * @session: whose household is filtered
 * @reader: what reads the institutions
 *
 * Tells the bar what there is to choose from.
 */
void
zifu_filter_bar_set_session (ZifuFilterBar *self, ZifuSession *session, ZifuHistoryReader *reader)
{
  g_return_if_fail (ZIFU_IS_FILTER_BAR (self));
  g_return_if_fail (ZIFU_IS_SESSION (session) && ZIFU_IS_HISTORY_READER (reader));

  g_set_object (&self->session, session);
  g_set_object (&self->reader, reader);
  zifu_filter_bar_refresh (self);
}

/**
 * zifu_filter_bar_set_filter:
 * @self: a bar
 * @filter: what is wanted; is copied
 *
 * Shows another filter; "changed" is not emitted.
 */
void
zifu_filter_bar_set_filter (ZifuFilterBar *self, const ZifuHistoryFilter *filter)
{
  ZifuHistoryFilter copy;

  g_return_if_fail (ZIFU_IS_FILTER_BAR (self) && filter != NULL);

  zifu_history_filter_copy (filter, &copy);
  zifu_history_filter_clear (&self->filter);
  self->filter = copy;
  show_values (self);
}

/**
 * zifu_filter_bar_get_filter:
 * @self: a bar
 *
 * Returns: (transfer none): what was chosen
 */
const ZifuHistoryFilter *
zifu_filter_bar_get_filter (ZifuFilterBar *self)
{
  g_return_val_if_fail (ZIFU_IS_FILTER_BAR (self), NULL);

  return &self->filter;
}

/**
 * zifu_filter_bar_refresh:
 * @self: a bar
 *
 * To be called when the household changed or another person is on screen: who is not there any more is not chosen any more, and who has
 * come on screen is not another person any more.
 */
void
zifu_filter_bar_refresh (ZifuFilterBar *self)
{
  g_autoptr (GPtrArray) members = NULL;
  g_autofree char *person = NULL;

  g_return_if_fail (ZIFU_IS_FILTER_BAR (self) && self->session != NULL);

  members = zifu_session_list_members (self->session);
  person = dup_person (self);
  if (!self->filter.everybody && (person == NULL || self->filter.member_id == zifu_session_get_member_id (self->session)))
    self->filter.member_id = 0;
  if (members->len < 2)
    self->filter.everybody = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->person), members->len > 1);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  show_values (self);
}
