/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include "zifu-axis-rows.h"

#include <glib/gi18n-lib.h>

#include "zifu-day-text.h"
#include "zifu-visit-choices.h"
#include "zifu-words.h"

/**
 * AxisRow:
 *
 * One question: a choice, or a field for a number or a day.
 */
typedef struct {
  char         *axis;
  ZifuAskedForm form;
  GPtrArray    *values; /* of char*: what stands behind the choices after "not stated" */
  GtkWidget    *row;    /* not owned */
} AxisRow;

struct _ZifuAxisRows {
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows; /* owned, of AxisRow */
  GHashTable *kept; /* owned: axis → text of the answer, also of questions that are not asked now */
  guint      quiet;
};

G_DEFINE_FINAL_TYPE (ZifuAxisRows, zifu_axis_rows, ADW_TYPE_PREFERENCES_GROUP)

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

/* What is asked of the person once, and of each visit.  Everything else is asked by the forms themselves, belongs to a line of the
 * bill, or follows from what is known. */
static const char *const person_axes[] = { "plan", "retired_on", "joined_on", "months_cover", "years_cover", "contract", "aid",
                                           "household", "tags",
                                           "years_after_four", "claim_free_years", "credit_2022_12", "first_pension", NULL };
static const char *const visit_axes[] = { "chosen", "hospital_kind", "tcm_hospital", "child_hospital", "district_run", "outside_group",
                                          "registered", "referral", "transfer", "disease", "disease_class", "disease_count", "severity",
                                          "cost_kind", "therapy", "prescriber_class", "cause", NULL };

static void
axis_row_free (gpointer data)
{
  AxisRow *row = data;

  g_free (row->axis);
  g_clear_pointer (&row->values, g_ptr_array_unref);
  g_free (row);
}

/* The answer as text: a word, true or false, a number, or what was typed as a day.  NULL = not stated. */
static char *
dup_answer (const AxisRow *row)
{
  guint i;

  if (ADW_IS_ENTRY_ROW (row->row))
    {
      g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row->row)));

      return *g_strstrip (text) != '\0' ? g_steal_pointer (&text) : NULL;
    }
  i = adw_combo_row_get_selected (ADW_COMBO_ROW (row->row));
  return i >= 1 && i <= row->values->len ? g_strdup (g_ptr_array_index (row->values, i - 1)) : NULL;
}

static gboolean
is_usable (const AxisRow *row, const char *answer)
{
  ZifuRational number;

  if (answer == NULL)
    return TRUE;
  if (row->form == ZIFU_ASKED_DAY)
    return zifu_day_text_parse (answer) != 0;
  return row->form != ZIFU_ASKED_NUMBER || (zifu_rational_parse (answer, &number) && zifu_rational_sign (number) >= 0);
}

static void
keep_answers (ZifuAxisRows *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const AxisRow *row = g_ptr_array_index (self->rows, i);

      g_hash_table_insert (self->kept, g_strdup (row->axis), dup_answer (row));
    }
}

static void
changed_cb (ZifuAxisRows *self)
{
  if (self->quiet > 0)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    {
      const AxisRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char *answer = dup_answer (row);

      if (is_usable (row, answer))
        gtk_widget_remove_css_class (row->row, "error");
      else
        gtk_widget_add_css_class (row->row, "error");
    }
  keep_answers (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
show_answer (const AxisRow *row, const char *answer)
{
  guint selected = 0;

  if (ADW_IS_ENTRY_ROW (row->row))
    {
      gtk_editable_set_text (GTK_EDITABLE (row->row), answer != NULL ? answer : "");
      return;
    }
  for (guint i = 0; answer != NULL && i < row->values->len; i++)
    if (g_str_equal (g_ptr_array_index (row->values, i), answer))
      selected = i + 1;
  adw_combo_row_set_selected (ADW_COMBO_ROW (row->row), selected);
}

static GtkWidget *
new_choice (AxisRow *row)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GtkWidget *combo = adw_combo_row_new ();

  gtk_string_list_append (words, _("Not stated"));
  for (guint i = 0; i < row->values->len; i++)
    if (row->form == ZIFU_ASKED_YES_NO)
      gtk_string_list_append (words, i == 0 ? _("Yes") : _("No"));
    else
      gtk_string_list_take (words, zifu_choices_label (row->axis, g_ptr_array_index (row->values, i)));
  adw_combo_row_set_model (ADW_COMBO_ROW (combo), G_LIST_MODEL (words));
  return combo;
}

static void
add_row (ZifuAxisRows *self, const ZifuAsked *asked)
{
  g_autofree char *title = zifu_choices_sentence (zifu_words_axis (asked->axis));
  AxisRow *row = g_new0 (AxisRow, 1);

  row->axis = g_strdup (asked->axis);
  row->form = asked->form;
  row->values = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < asked->values->len; i++)
    g_ptr_array_add (row->values, g_strdup (g_ptr_array_index (asked->values, i)));
  if (row->form == ZIFU_ASKED_YES_NO)
    {
      g_ptr_array_set_size (row->values, 0);
      g_ptr_array_add (row->values, g_strdup ("true"));
      g_ptr_array_add (row->values, g_strdup ("false"));
    }
  row->row = row->values->len > 0 ? new_choice (row) : adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->row), title);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row->row), FALSE);
  gtk_widget_set_name (row->row, row->axis);
  show_answer (row, g_hash_table_lookup (self->kept, row->axis));
  if (ADW_IS_ENTRY_ROW (row->row))
    g_signal_connect_object (row->row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  else
    g_signal_connect_object (row->row, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row->row);
}

/* Two regions may have as many plans, and other ones. */
static gboolean
has_values (const AxisRow *row, const GPtrArray *values)
{
  if (values->len != row->values->len)
    return FALSE;
  for (guint i = 0; i < values->len; i++)
    if (!g_str_equal (g_ptr_array_index (values, i), g_ptr_array_index (row->values, i)))
      return FALSE;
  return TRUE;
}

static gboolean
is_same (const ZifuAxisRows *self, const GPtrArray *asked)
{
  if (asked->len != self->rows->len)
    return FALSE;
  for (guint i = 0; i < asked->len; i++)
    {
      const ZifuAsked *one = g_ptr_array_index (asked, i);
      const AxisRow *row = g_ptr_array_index (self->rows, i);

      if (!g_str_equal (one->axis, row->axis) || one->form != row->form ||
          (one->form == ZIFU_ASKED_CHOICE && !has_values (row, one->values)))
        return FALSE;
    }
  return TRUE;
}

/* Rows are rebuilt only when other questions are asked: a field that is typed into must not vanish. */
static void
ask (ZifuAxisRows *self, const GPtrArray *asked, const char *const *axes, const ZifuFacts *person, const ZifuFacts *visit)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();

  for (guint i = 0; axes[i] != NULL; i++)
    {
      const ZifuAsked *one = zifu_asked_find (asked, axes[i]);

      if (one != NULL && (person == NULL || zifu_facts_get (person, axes[i]) == NULL) &&
          (visit == NULL || zifu_facts_get (visit, axes[i]) == NULL))
        g_ptr_array_add (wanted, (gpointer) one);
    }
  if (is_same (self, wanted))
    return;
  self->quiet++;
  keep_answers (self);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), ((AxisRow *) g_ptr_array_index (self->rows, i))->row);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < wanted->len; i++)
    add_row (self, g_ptr_array_index (wanted, i));
  gtk_widget_set_visible (GTK_WIDGET (self), wanted->len > 0);
  self->quiet--;
}

static void
zifu_axis_rows_finalize (GObject *object)
{
  ZifuAxisRows *self = ZIFU_AXIS_ROWS (object);

  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->kept);
  G_OBJECT_CLASS (zifu_axis_rows_parent_class)->finalize (object);
}

static void
zifu_axis_rows_class_init (ZifuAxisRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zifu_axis_rows_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
zifu_axis_rows_init (ZifuAxisRows *self)
{
  self->rows = g_ptr_array_new_with_free_func (axis_row_free);
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * zifu_axis_rows_new:
 *
 * Returns: a group that asks nothing yet
 */
GtkWidget *
zifu_axis_rows_new (void)
{
  return g_object_new (ZIFU_TYPE_AXIS_ROWS, NULL);
}

/**
 * zifu_axis_rows_ask_person:
 * @self: the group
 * @asked: (element-type ZifuAsked): what the rules ask of this person
 *
 * Asks what belongs to the person.
 */
void
zifu_axis_rows_ask_person (ZifuAxisRows *self, const GPtrArray *asked)
{
  g_return_if_fail (ZIFU_IS_AXIS_ROWS (self) && asked != NULL);

  ask (self, asked, person_axes, NULL, NULL);
}

/**
 * zifu_axis_rows_ask_visit:
 * @self: the group
 * @pack: the rules
 * @person: whose visit
 * @visit: what is stated of the visit so far; neither that nor what is stated of the person is asked again
 *
 * Asks what belongs to the visit.
 */
void
zifu_axis_rows_ask_visit (ZifuAxisRows *self, ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit)
{
  g_autoptr (GPtrArray) asked = NULL;

  g_return_if_fail (ZIFU_IS_AXIS_ROWS (self) && pack != NULL && person != NULL && visit != NULL);

  asked = zifu_pack_list_asked (pack, person->facts, visit->facts, visit->date);
  ask (self, asked, visit_axes, person->facts, visit->facts);
}

/**
 * zifu_axis_rows_show:
 * @self: the group
 * @facts: answers that were given before
 *
 * Shows answers; questions that are asked later find them, too.
 */
void
zifu_axis_rows_show (ZifuAxisRows *self, const ZifuFacts *facts)
{
  g_return_if_fail (ZIFU_IS_AXIS_ROWS (self) && facts != NULL);

  g_hash_table_remove_all (self->kept);
  for (guint i = 0; i < zifu_facts_get_size (facts); i++)
    g_hash_table_insert (self->kept, g_strdup (zifu_facts_get_name (facts, i)), zifu_value_format (zifu_facts_get_value (facts, i)));
  self->quiet++;
  for (guint i = 0; i < self->rows->len; i++)
    {
      const AxisRow *row = g_ptr_array_index (self->rows, i);

      show_answer (row, g_hash_table_lookup (self->kept, row->axis));
    }
  self->quiet--;
}

static void
apply_answer (const AxisRow *row, const char *answer, ZifuFacts *facts)
{
  ZifuRational number;

  if (row->form == ZIFU_ASKED_YES_NO)
    zifu_facts_set_boolean (facts, row->axis, g_str_equal (answer, "true"));
  else if (row->form == ZIFU_ASKED_DAY)
    {
      g_autofree char *day = zifu_date_format (zifu_day_text_parse (answer));

      zifu_facts_set_string (facts, row->axis, day);
    }
  else if (row->form == ZIFU_ASKED_NUMBER && zifu_rational_parse (answer, &number))
    zifu_facts_take (facts, row->axis, zifu_value_new_number (number));
  else
    zifu_facts_set_string (facts, row->axis, answer);
}

/**
 * zifu_axis_rows_apply:
 * @self: the group
 * @facts: where the answers go
 *
 * States what was answered; what was not is taken out of @facts.
 *
 * Returns: %FALSE when a field cannot be used; it is marked, and nothing was stated about it
 */
gboolean
zifu_axis_rows_apply (ZifuAxisRows *self, ZifuFacts *facts)
{
  gboolean usable = TRUE;

  g_return_val_if_fail (ZIFU_IS_AXIS_ROWS (self) && facts != NULL, FALSE);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const AxisRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char *answer = dup_answer (row);

      zifu_facts_unset (facts, row->axis);
      if (!is_usable (row, answer))
        usable = FALSE;
      else if (answer != NULL)
        apply_answer (row, answer, facts);
    }
  return usable;
}

/**
 * zifu_axis_rows_dup_problem:
 * @self: the group
 * @row: (out) (transfer none) (nullable): the first field that cannot be used
 *
 * Returns: (transfer full) (nullable): which field cannot be used, and how it is written; %NULL when all can
 */
char *
zifu_axis_rows_dup_problem (ZifuAxisRows *self, GtkWidget **row)
{
  g_return_val_if_fail (ZIFU_IS_AXIS_ROWS (self) && row != NULL, NULL);

  *row = NULL;
  for (guint i = 0; i < self->rows->len; i++)
    {
      const AxisRow *asked = g_ptr_array_index (self->rows, i);
      g_autofree char *answer = dup_answer (asked);

      if (is_usable (asked, answer))
        continue;
      *row = asked->row;
      /* Translators: {1} is what a field asks for. */
      return zifu_words_fill (asked->form == ZIFU_ASKED_DAY ? _("“{1}”: enter a day as year-month-day, such as 2026-03-01.")
                                                            : _("“{1}”: enter a number."),
                              adw_preferences_row_get_title (ADW_PREFERENCES_ROW (asked->row)), NULL);
    }
  return NULL;
}
