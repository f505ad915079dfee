/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include "zifu-life-form.h"

#include <glib/gi18n-lib.h>

#include "zifu-day-text.h"
#include "zifu-entry-words.h"
#include "zifu-form-problem.h"
#include "zifu-leave-guard.h"
#include "zifu-life-words.h"
#include "zifu-person-choices.h"
#include "zifu-ui-rows.h"
#include "zifu-visit-choices.h"
#include "zifu-widgets.h"
#include "zifu-words.h"

static const char *const filings[] = { "filed_long", "filed_temp", "referred", NULL };

struct _ZifuLifeForm {
  AdwWindow parent_instance;

  ZifuSession   *session; /* owned */
  ZifuLifeEvent *event;   /* owned: as it was stored, or a new one */
  gboolean       fresh;   /* not stored yet */
  gboolean       ready;
  GPtrArray     *places;  /* owned, of char*: behind the choices after "not stated" */

  AdwWindowTitle *heading;
  ZifuNotice     *problem;
  AdwComboRow    *insurance;
  AdwComboRow    *filing;
  AdwComboRow    *place;
  AdwComboRow    *state;
  AdwEntryRow    *from;
  AdwEntryRow    *to;
  AdwEntryRow    *paid_on;
  ZifuMoneyRow   *base;
  GtkWidget      *paid_row;
  GtkSwitch      *paid;
  GtkWidget      *work_row;
  GtkSwitch      *work;
  AdwComboRow    *account_there;
};

G_DEFINE_FINAL_TYPE (ZifuLifeForm, zifu_life_form, ADW_TYPE_WINDOW)

static guint signal_saved;

static void
changed_cb (ZifuLifeForm *self)
{
  if (!self->ready)
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (self->from), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->to), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->paid_on), "error");
  zifu_notice_set_revealed (self->problem, FALSE);
}

/* A month may be typed with any day of it, or with none. */
static ZifuDate
read_day (ZifuLifeForm *self, AdwEntryRow *row)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  g_autofree char *with_day = NULL;
  ZifuDate date = zifu_day_text_parse (text);

  if (date != 0 || self->event->kind != ZIFU_LIFE_SPELL || row == self->paid_on)
    return date;
  with_day = strlen (text) == 6 ? g_strdup_printf ("%s01", text) : g_strdup_printf ("%s-1", text);
  return zifu_day_text_parse (with_day);
}

static gboolean
is_empty (AdwEntryRow *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  return *text == '\0';
}

static gboolean
read_days (ZifuLifeForm *self, ZifuLifeEvent *event)
{
  gboolean months = event->kind == ZIFU_LIFE_SPELL;
  const char *wrong = months ? _("Enter a month as year-month, such as 2025-01.") : _("Enter a day as year-month-day, such as 2026-03-01.");

  event->from = read_day (self, self->from);
  if (event->from == 0)
    return zifu_form_refuse (self->problem, GTK_WIDGET (self->from), wrong);
  if (event->kind == ZIFU_LIFE_MOVE)
    return TRUE;
  event->to = read_day (self, self->to);
  if (event->to == 0 && months && is_empty (self->to))
    event->to = event->from;
  if (event->to == 0 && !is_empty (self->to))
    return zifu_form_refuse (self->problem, GTK_WIDGET (self->to), wrong);
  if (event->to != 0 && event->to < event->from)
    return zifu_form_refuse (self->problem, GTK_WIDGET (self->to), _("It ends before it begins."));
  return TRUE;
}

static gboolean
read_spell (ZifuLifeForm *self, ZifuLifeEvent *event)
{
  ZifuDate today = zifu_session_get_today (self->session);

  if (zifu_month_of (event->to) > zifu_month_of (today) + 12)
    return zifu_form_refuse (self->problem, GTK_WIDGET (self->to), _("Contributions are paid at most a year ahead."));
  event->paid_on = read_day (self, self->paid_on);
  if (event->paid_on == 0 && !is_empty (self->paid_on))
    return zifu_form_refuse (self->problem, GTK_WIDGET (self->paid_on), _("Enter a day as year-month-day, such as 2026-03-01."));
  if (event->paid_on > today)
    return zifu_form_refuse (self->problem, GTK_WIDGET (self->paid_on), _("This day is still to come: enter what was paid."));
  if (!zifu_money_row_get_valid (self->base))
    return zifu_form_refuse (self->problem, GTK_WIDGET (self->base), _("The contribution base is not an amount of money."));
  event->base = zifu_money_row_get_amount (self->base);
  return TRUE;
}

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static gboolean
read_all (ZifuLifeForm *self, ZifuLifeEvent *event)
{
  guint place = adw_combo_row_get_selected (self->place);
  guint account = adw_combo_row_get_selected (self->account_there);

  if (!read_days (self, event))
    return FALSE;
  if (event->kind == ZIFU_LIFE_SPELL)
    return read_spell (self, event);
  set_text (&event->region, place >= 1 && place <= self->places->len ? g_ptr_array_index (self->places, place - 1) : NULL);
  if (event->kind == ZIFU_LIFE_ENROLMENT)
    {
      set_text (&event->insurance, zifu_person_chosen (self->insurance, zifu_person_insurances));
      event->paid = gtk_switch_get_active (self->paid);
      event->place_of_work = gtk_switch_get_active (self->work);
    }
  else if (event->kind == ZIFU_LIFE_FILING)
    set_text (&event->filing, zifu_person_chosen (self->filing, filings));
  else
    {
      if (event->from > zifu_session_get_today (self->session))
        return zifu_form_refuse (self->problem, GTK_WIDGET (self->from),
                                 _("This day is still to come: enter a move once it is requested."));
      event->state = (ZifuMoveState) (adw_combo_row_get_selected (self->state) + ZIFU_MOVE_REQUESTED);
      event->account_there_known = account > 0;
      event->account_there = account == 1;
    }
  return TRUE;
}

static void
offer (AdwComboRow *row, const char *const *words)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);

  adw_combo_row_set_model (row, G_LIST_MODEL (list));
}

static void
offer_places (ZifuLifeForm *self)
{
  ZifuPackLibrary *library = zifu_session_get_library (self->session);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  guint chosen = 0;

  self->places = zifu_life_list_places (library);
  if (self->event->region != NULL && !g_ptr_array_find_with_equal_func (self->places, self->event->region, g_str_equal, NULL))
    g_ptr_array_add (self->places, g_strdup (self->event->region));
  gtk_string_list_append (words, self->event->kind == ZIFU_LIFE_FILING ? _("Any place") : _("Not stated"));
  for (guint i = 0; i < self->places->len; i++)
    {
      const char *code = g_ptr_array_index (self->places, i);

      gtk_string_list_take (words, zifu_life_dup_place (library, code));
      if (g_strcmp0 (code, self->event->region) == 0)
        chosen = i + 1;
    }
  adw_combo_row_set_model (self->place, G_LIST_MODEL (words));
  adw_combo_row_set_selected (self->place, chosen);
}

static void
offer_choices (ZifuLifeForm *self)
{
  g_autofree char *employee = zifu_choices_label ("insurance", "310");
  g_autofree char *resident = zifu_choices_label ("insurance", "390");
  const char *const insurances[] = { employee, resident, NULL };
  const char *const kinds[] = { zifu_life_filing_name (filings[0]), zifu_life_filing_name (filings[1]), zifu_life_filing_name (filings[2]),
                                NULL };
  const char *const states[] = { zifu_life_state_name (ZIFU_MOVE_REQUESTED), zifu_life_state_name (ZIFU_MOVE_IN_TRANSIT),
                                 zifu_life_state_name (ZIFU_MOVE_ARRIVED), NULL };
  const char *const known[] = { _("Not known"), _("Yes"), _("No"), NULL };

  offer (self->insurance, insurances);
  offer (self->filing, kinds);
  offer (self->state, states);
  offer (self->account_there, known);
  offer_places (self);
}

/* Each kind asks for its own; nothing is asked in vain. */
static void
show_questions (ZifuLifeForm *self)
{
  ZifuLifeKind kind = self->event->kind;
  static const char *const places[] = { N_("Where insured"), "", N_("Place of care"), N_("To where") };
  static const char *const firsts[] = { N_("First day, such as 2026-03-01"), N_("First month, such as 2025-01"),
                                        N_("First day, such as 2026-03-01"), N_("Requested on, such as 2026-03-01") };
  static const char *const lasts[] = { N_("Last day; empty = still open"), N_("Last month, such as 2025-12"),
                                       N_("Last day; empty = not stated"), "" };
  gboolean enrolment = kind == ZIFU_LIFE_ENROLMENT, spell = kind == ZIFU_LIFE_SPELL, move = kind == ZIFU_LIFE_MOVE;

  adw_window_title_set_title (self->heading, zifu_life_kind_name (kind));
  gtk_window_set_title (GTK_WINDOW (self), zifu_life_kind_name (kind));
  if (!spell)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->place), _(places[kind]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->from), _(firsts[kind]));
  if (!move)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->to), _(lasts[kind]));
  gtk_widget_set_visible (GTK_WIDGET (self->place), !spell);
  gtk_widget_set_visible (GTK_WIDGET (self->insurance), enrolment);
  gtk_widget_set_visible (GTK_WIDGET (self->filing), kind == ZIFU_LIFE_FILING);
  gtk_widget_set_visible (GTK_WIDGET (self->state), move);
  gtk_widget_set_visible (GTK_WIDGET (self->account_there), move);
  gtk_widget_set_visible (GTK_WIDGET (self->to), !move);
  gtk_widget_set_visible (GTK_WIDGET (self->paid_on), spell);
  gtk_widget_set_visible (GTK_WIDGET (self->base), spell);
  gtk_widget_set_visible (self->paid_row, enrolment);
  gtk_widget_set_visible (self->work_row, enrolment);
}

static void
show_day (AdwEntryRow *row, ZifuDate date, gboolean month_only)
{
  g_autofree char *text = date != 0 ? zifu_date_format (date) : NULL;

  if (text == NULL)
    return;
  /* Of yyyy-MM-dd the month is the first part. */
  if (month_only)
    text[strlen ("yyyy-MM")] = '\0';
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
show_event (ZifuLifeForm *self)
{
  const ZifuLifeEvent *event = self->event;
  gboolean spell = event->kind == ZIFU_LIFE_SPELL;

  zifu_person_choose (self->insurance, zifu_person_insurances, event->insurance);
  zifu_person_choose (self->filing, filings, event->filing);
  if (event->state >= ZIFU_MOVE_REQUESTED)
    adw_combo_row_set_selected (self->state, event->state - ZIFU_MOVE_REQUESTED);
  adw_combo_row_set_selected (self->account_there, !event->account_there_known ? 0 : event->account_there ? 1 : 2);
  show_day (self->from, event->from, spell);
  show_day (self->to, event->to, spell);
  show_day (self->paid_on, event->paid_on, FALSE);
  if (event->base >= 0)
    zifu_money_row_set_amount (self->base, event->base);
  gtk_switch_set_active (self->paid, event->paid);
  gtk_switch_set_active (self->work, event->place_of_work);
}

/* Whoever opens the form begins with its first question, not with leaving it. */
static void
focus_first (ZifuLifeForm *self)
{
  GtkWidget *const questions[] = { GTK_WIDGET (self->insurance), GTK_WIDGET (self->filing), GTK_WIDGET (self->place),
                                   GTK_WIDGET (self->from) };

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (gtk_widget_get_visible (questions[i]))
      {
        gtk_widget_grab_focus (questions[i]);
        return;
      }
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zifu_life_form_save (ZIFU_LIFE_FORM (widget));
}

static gboolean
save_window (GtkWindow *form)
{
  return zifu_life_form_save (ZIFU_LIFE_FORM (form));
}

static void
zifu_life_form_dispose (GObject *object)
{
  ZifuLifeForm *self = ZIFU_LIFE_FORM (object);

  self->ready = FALSE;
  gtk_widget_dispose_template (GTK_WIDGET (self), ZIFU_TYPE_LIFE_FORM);
  g_clear_object (&self->session);
  g_clear_pointer (&self->event, zifu_life_event_free);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  G_OBJECT_CLASS (zifu_life_form_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ZifuLifeForm, heading);
  gtk_widget_class_bind_template_child (widget_class, ZifuLifeForm, problem);
  gtk_widget_class_bind_template_child (widget_class, ZifuLifeForm, insurance);
  gtk_widget_class_bind_template_child (widget_class, ZifuLifeForm, filing);
  gtk_widget_class_bind_template_child (widget_class, ZifuLifeForm, place);
  gtk_widget_class_bind_template_child (widget_class, ZifuLifeForm, state);
  gtk_widget_class_bind_template_child (widget_class, ZifuLifeForm, from);
  gtk_widget_class_bind_template_child (widget_class, ZifuLifeForm, to);
  gtk_widget_class_bind_template_child (widget_class, ZifuLifeForm, paid_on);
  gtk_widget_class_bind_template_child (widget_class, ZifuLifeForm, base);
  gtk_widget_class_bind_template_child (widget_class, ZifuLifeForm, paid_row);
  gtk_widget_class_bind_template_child (widget_class, ZifuLifeForm, paid);
  gtk_widget_class_bind_template_child (widget_class, ZifuLifeForm, work_row);
  gtk_widget_class_bind_template_child (widget_class, ZifuLifeForm, work);
  gtk_widget_class_bind_template_child (widget_class, ZifuLifeForm, account_there);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
zifu_life_form_class_init (ZifuLifeFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_life_form_dispose;
  signal_saved = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER,
                               G_TYPE_POINTER);
  g_type_ensure (ZIFU_TYPE_CHOICE_ROW);
  g_type_ensure (ZIFU_TYPE_MONEY_ROW);
  g_type_ensure (ZIFU_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-life-form.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "life.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "life.save", NULL);
}

static void
zifu_life_form_init (ZifuLifeForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  zifu_ui_wrap_title (GTK_WIDGET (self->heading));
  zifu_widgets_follow_scheme (GTK_WIDGET (self));
}

/**
 * zifu_life_form_new:
 * @session: the session
 * @event: what is changed: as zifu_ledger_list_life() gave it, or a new one without days
 *
 * Returns: (transfer none): the window, owned by the toolkit like every window
 */
GtkWidget *
zifu_life_form_new (ZifuSession *session, const ZifuLifeEvent *event)
{
  ZifuLifeForm *self;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);
  g_return_val_if_fail (event != NULL, NULL);

  self = g_object_new (ZIFU_TYPE_LIFE_FORM, NULL);
  self->session = g_object_ref (session);
  self->event = zifu_life_event_copy (event);
  self->fresh = event->from == 0;
  offer_choices (self);
  show_questions (self);
  show_event (self);
  self->ready = TRUE;
  focus_first (self);
  zifu_leave_guard_watch (GTK_WINDOW (self), save_window);
  return GTK_WIDGET (self);
}

/**
 * zifu_life_form_save:
 * @self: a form
 *
 * Checks what was entered and stores it; says what is wrong otherwise.
 *
 * Returns: whether it was stored
 */
gboolean
zifu_life_form_save (ZifuLifeForm *self)
{
  g_autoptr (ZifuLifeEvent) after = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (ZIFU_IS_LIFE_FORM (self), FALSE);

  after = zifu_life_event_copy (self->event);
  if (!read_all (self, after))
    return FALSE;
  if (!zifu_ledger_replace_life (zifu_session_get_ledger (self->session), self->fresh ? NULL : self->event, after, &error))
    {
      /* What cannot be stored is told in words of its own: they name the month. */
      g_autofree char *message = g_error_matches (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT) ? g_strdup (error->message)
                                                                                                     : zifu_ui_error_text (error);

      return zifu_form_refuse (self->problem, NULL, message);
    }
  zifu_leave_guard_release (GTK_WINDOW (self));
  zifu_session_emit_changed (self->session);
  g_signal_emit (self, signal_saved, 0, self->fresh ? NULL : self->event, after);
  gtk_window_close (GTK_WINDOW (self));
  return TRUE;
}
