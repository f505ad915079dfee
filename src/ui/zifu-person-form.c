/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-person-form.h"

#include <glib/gi18n-lib.h>

#include "zifu-axis-rows.h"
#include "zifu-day-text.h"
#include "zifu-entitlement.h"
#include "zifu-entry-words.h"
#include "zifu-leave-guard.h"
#include "zifu-life-view.h"
#include "zifu-person-choices.h"
#include "zifu-person-removal.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"

#define ADULT 16 /* years from which somebody may work */
#define SCHOOL 6 /* years from which somebody goes to school */

struct _ZifuPersonForm
{
  AdwWindow parent_instance;

  ZifuSession *session; /* owned */
  ZifuMember  *member;  /* owned: as it was stored, or a new one */
  GPtrArray   *regions; /* owned, of char*: ids behind the rows of the region list */
  ZifuMoney    old_balance, old_deductible;
  gboolean     first;   /* the first person of a household is its owner */
  gboolean     ready;

  AdwWindowTitle *heading;
  ZifuNotice     *problem;
  AdwEntryRow    *name;
  AdwComboRow    *relation;
  AdwEntryRow    *birth;
  AdwComboRow    *sex;
  AdwComboRow    *region;
  AdwComboRow    *insurance;
  AdwComboRow    *status;
  AdwComboRow    *resident_class;
  ZifuAxisRows   *more;
  GtkWidget      *account;
  ZifuMoneyRow   *balance;
  ZifuMoneyRow   *base;
  GtkWidget      *year;
  ZifuMoneyRow   *deductible;
  GtkWidget      *archive;
  GtkWidget      *life;
  GtkWidget      *delete;
};

G_DEFINE_FINAL_TYPE (ZifuPersonForm, zifu_person_form, ADW_TYPE_WINDOW)

static guint signal_saved;

static gboolean
is_employee (ZifuPersonForm *self)
{
  return g_strcmp0 (zifu_person_chosen (self->insurance, zifu_person_insurances), "310") == 0;
}

static const char *
get_region (ZifuPersonForm *self)
{
  guint i = adw_combo_row_get_selected (self->region);

  return i < self->regions->len ? g_ptr_array_index (self->regions, i) : NULL;
}

/* The rules of the region that is chosen; none when there is no region. */
static ZifuPack *
load_pack (ZifuPersonForm *self)
{
  const char *region = get_region (self);

  return region != NULL ? zifu_pack_library_load (zifu_session_get_library (self->session), region, NULL) : NULL;
}

static void
show_error (GtkWidget *row, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
}

static gboolean
refuse (ZifuPersonForm *self, GtkWidget *row, const char *message)
{
  zifu_notice_set_title (self->problem, message);
  zifu_notice_set_revealed (self->problem, TRUE);
  if (row != NULL)
    {
      show_error (row, TRUE);
      gtk_widget_grab_focus (row);
    }

  return FALSE;
}

static void
text_changed_cb (ZifuPersonForm *self, GtkWidget *row)
{
  show_error (row, FALSE);
  zifu_notice_set_revealed (self->problem, FALSE);
}

/* Which counter remembers the deductible is the region's affair: it is found by settling an invented visit. */
static char *
find_counter (ZifuPersonForm *self, const ZifuMember *member)
{
  g_auto (ZifuBenefitSketch) sketch = { 0 };
  g_autoptr (ZifuPerson) person = zifu_person_new ();
  g_autoptr (ZifuPack) pack = load_pack (self);

  zifu_person_choices_state (person->facts, member);
  zifu_axis_rows_apply (self->more, person->facts);
  if (pack == NULL
      || !zifu_benefit_sketch_make (pack, person, "outpatient", "3", zifu_session_get_today (self->session), &sketch, NULL))
    return NULL;
  return g_steal_pointer (&sketch.counter);
}

static ZifuMember *
dup_entered (ZifuPersonForm *self)
{
  ZifuMember *member = zifu_member_copy (self->member);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  gboolean employee = is_employee (self);
  ZifuMoney balance = zifu_money_row_get_amount (self->balance);

  g_free (member->name);
  member->name = g_steal_pointer (&name);
  if (!self->first && g_strcmp0 (self->member->relation, "self") != 0)
    {
      g_free (member->relation);
      member->relation = g_strdup (zifu_person_chosen (self->relation, zifu_person_relations));
    }
  g_free (member->sex);
  member->sex = g_strdup (zifu_person_chosen (self->sex, zifu_person_sexes));
  member->birth = zifu_day_text_parse (gtk_editable_get_text (GTK_EDITABLE (self->birth)));
  g_free (member->region);
  member->region = g_strdup (get_region (self));
  g_free (member->insurance);
  member->insurance = g_strdup (zifu_person_chosen (self->insurance, zifu_person_insurances));
  g_free (member->status);
  member->status = g_strdup (employee ? zifu_person_chosen (self->status, zifu_person_statuses) : "resident");
  g_free (member->resident_class);
  member->resident_class = employee ? NULL : g_strdup (zifu_person_chosen_class (self->resident_class));
  member->base = employee && g_strcmp0 (member->status, "retired") != 0 ? zifu_money_row_get_amount (self->base) : -1;
  /* Flexible workers have an account in some regions only: who types a balance has one. */
  member->has_account = employee && (g_strcmp0 (member->status, "flexible") != 0 || balance > 0 || self->member->has_account);

  return member;
}

/* What the rules of the region ask of somebody like this. */
static void
ask_more (ZifuPersonForm *self, const ZifuMember *member)
{
  g_autoptr (ZifuPack) pack = load_pack (self);
  g_autoptr (ZifuFacts) facts = zifu_facts_new ();
  g_autoptr (GPtrArray) asked = NULL;

  if (pack == NULL)
    return;
  zifu_person_choices_state (facts, member);
  asked = zifu_pack_list_asked (pack, facts, NULL, zifu_session_get_today (self->session));
  zifu_axis_rows_ask_person (self->more, asked);
}

/* The region says which groups there are.  The group is offered by age at first; whoever knows better chooses another. */
static void
offer_class (ZifuPersonForm *self, ZifuDate birth, gboolean first)
{
  g_autoptr (ZifuPack) pack = load_pack (self);
  int years = birth != 0 ? zifu_date_full_years (birth, zifu_session_get_today (self->session)) : ADULT;

  self->ready = FALSE;
  zifu_person_offer_classes (self->resident_class, pack, NULL);
  if (first && years < ADULT && (years >= SCHOOL || !zifu_person_choose_class (self->resident_class, "minor")))
    zifu_person_choose_class (self->resident_class, "student");
  self->ready = TRUE;
}

static void
choice_changed_cb (ZifuPersonForm *self)
{
  g_autoptr (ZifuMember) member = NULL;
  g_autofree char *counter = NULL;
  ZifuDate birth = zifu_day_text_parse (gtk_editable_get_text (GTK_EDITABLE (self->birth)));
  gboolean employee, asked;

  if (!self->ready)
    return;

  employee = is_employee (self);
  asked = gtk_widget_get_visible (GTK_WIDGET (self->resident_class));
  gtk_widget_set_visible (GTK_WIDGET (self->status), employee);
  gtk_widget_set_visible (GTK_WIDGET (self->resident_class), !employee);
  if (!employee)
    offer_class (self, birth, !asked);
  gtk_widget_set_visible (self->account, employee);
  gtk_widget_set_visible (GTK_WIDGET (self->base),
                          employee && g_strcmp0 (zifu_person_chosen (self->status, zifu_person_statuses), "retired") != 0);

  member = dup_entered (self);
  /* The age may decide, and it is not known before the date is typed: any will do to find the counter. */
  if (member->birth == 0)
    member->birth = zifu_date_new (1970, 1, 1);
  ask_more (self, member);
  counter = find_counter (self, member);
  gtk_widget_set_visible (self->year, counter != NULL);
}

static gboolean
check_birth (ZifuPersonForm *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->birth));
  ZifuDate birth = zifu_day_text_parse (text);

  if (*text == '\0')
    {
      if (is_employee (self) && g_strcmp0 (zifu_person_chosen (self->status, zifu_person_statuses), "retired") == 0)
        return refuse (self, GTK_WIDGET (self->birth), _("Enter the birth date: the share of retired people depends on their age."));
      return TRUE;
    }
  if (birth == 0)
    return refuse (self, GTK_WIDGET (self->birth), _("Enter the birth date as year-month-day, such as 1988-05-21."));
  if (birth < zifu_date_new (1900, 1, 1) || birth > zifu_session_get_today (self->session))
    return refuse (self, GTK_WIDGET (self->birth), _("The birth date must lie between 1900 and today."));

  return TRUE;
}

static gboolean
check (ZifuPersonForm *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  g_autofree char *problem = NULL;
  GtkWidget *row;

  if (*name == '\0')
    return refuse (self, GTK_WIDGET (self->name), _("Enter a name; a nickname will do."));
  if (get_region (self) == NULL)
    return refuse (self, GTK_WIDGET (self->region), _("No rules of any region are installed."));
  if (!check_birth (self))
    return FALSE;
  if (!zifu_money_row_get_valid (self->balance))
    return refuse (self, GTK_WIDGET (self->balance), _("The balance is not an amount of money."));
  if (!zifu_money_row_get_valid (self->base))
    return refuse (self, GTK_WIDGET (self->base), _("The contribution base is not an amount of money."));
  if (!zifu_money_row_get_valid (self->deductible))
    return refuse (self, GTK_WIDGET (self->deductible), _("The deductible paid is not an amount of money."));
  problem = zifu_axis_rows_dup_problem (self->more, &row);
  return problem == NULL || refuse (self, row, problem);
}

/* Entries are never changed: another balance is an entry of its own. */
static gboolean
store_balance (ZifuPersonForm *self, const ZifuMember *member, GError **error)
{
  ZifuMoney balance = zifu_money_row_get_amount (self->balance);
  g_autoptr (ZifuEntry) entry = NULL;

  if (!member->has_account || balance < 0 || balance == self->old_balance)
    return TRUE;

  entry = zifu_entry_new ();
  entry->member_id = member->id;
  entry->date = zifu_session_get_today (self->session);
  entry->amount = balance - self->old_balance;
  entry->kind = ZIFU_ENTRY_CORRECTION;
  entry->provenance = ZIFU_PROVENANCE_TYPED;

  return zifu_ledger_add_entry (zifu_session_get_ledger (self->session), entry, error) != 0;
}

static gboolean
store_deductible (ZifuPersonForm *self, const ZifuMember *member, GError **error)
{
  ZifuMoney paid = zifu_money_row_get_amount (self->deductible);
  g_autofree char *counter = NULL;

  if (paid < 0 || paid == self->old_deductible)
    return TRUE;
  counter = find_counter (self, member);
  if (counter == NULL)
    return TRUE;

  return zifu_ledger_set_counter (zifu_session_get_ledger (self->session), member->id, counter, zifu_rational_from_fen (paid),
                                  zifu_session_get_today (self->session), error);
}

static gboolean
store (ZifuPersonForm *self, ZifuMember *member, GError **error)
{
  ZifuLedger *ledger = zifu_session_get_ledger (self->session);
  ZifuMoney balance = MAX (zifu_money_row_get_amount (self->balance), 0);
  g_autoptr (ZifuFacts) more = zifu_facts_new ();

  if (member->id == 0)
    {
      member->id = zifu_ledger_add_member (ledger, member, member->has_account ? balance : 0, zifu_session_get_today (self->session),
                                           error);
      if (member->id == 0)
        return FALSE;
    }
  else if (!zifu_ledger_update_member (ledger, member, error) || !store_balance (self, member, error))
    {
      return FALSE;
    }

  zifu_axis_rows_apply (self->more, more);
  return zifu_ledger_set_axes (ledger, member->id, more, error) && store_deductible (self, member, error);
}

static void
show_year (ZifuPersonForm *self)
{
  g_autoptr (ZifuPerson) person = zifu_ledger_load_person (zifu_session_get_ledger (self->session), self->member->id, NULL);
  g_autofree char *counter = find_counter (self, self->member);

  for (guint i = 0; person != NULL && counter != NULL && i < person->counters->len; i++)
    {
      const ZifuCounterValue *value = &g_array_index (person->counters, ZifuCounterValue, i);

      if (g_strcmp0 (value->name, counter) == 0 && zifu_rational_round (value->value, ZIFU_ROUND_FEN, &self->old_deductible))
        zifu_money_row_set_amount (self->deductible, self->old_deductible);
    }
}

static void
show_member (ZifuPersonForm *self)
{
  const ZifuMember *member = self->member;
  g_autoptr (ZifuPack) pack = load_pack (self);
  g_autoptr (ZifuFacts) more = zifu_facts_new ();

  gtk_editable_set_text (GTK_EDITABLE (self->name), member->name != NULL ? member->name : "");
  zifu_person_choose (self->relation, zifu_person_relations, member->relation);
  zifu_person_choose (self->sex, zifu_person_sexes, member->sex);
  zifu_person_choose (self->insurance, zifu_person_insurances, member->insurance);
  zifu_person_choose (self->status, zifu_person_statuses, member->status);
  zifu_person_offer_classes (self->resident_class, pack, member->resident_class);
  if (member->birth != 0)
    {
      g_autofree char *birth = zifu_date_format (member->birth);

      gtk_editable_set_text (GTK_EDITABLE (self->birth), birth);
    }
  if (member->base >= 0)
    zifu_money_row_set_amount (self->base, member->base);
  if (member->id != 0 && member->has_account
      && zifu_ledger_get_balance (zifu_session_get_ledger (self->session), member->id, &self->old_balance, NULL, NULL))
    zifu_money_row_set_amount (self->balance, self->old_balance);
  if (member->id == 0)
    return;
  if (zifu_ledger_load_axes (zifu_session_get_ledger (self->session), member->id, more, NULL))
    {
      ask_more (self, member);
      zifu_axis_rows_show (self->more, more);
    }
  show_year (self);
}

static ZifuMember *
make_member (ZifuPersonForm *self)
{
  g_autoptr (GPtrArray) members = zifu_session_list_members (self->session);
  ZifuMember *member = zifu_member_new ();

  self->first = members->len == 0;
  g_free (member->relation);
  member->relation = g_strdup (self->first ? "self" : "spouse");
  member->base = -1;
  member->provenance = ZIFU_PROVENANCE_TYPED;
  if (!self->first)
    {
      g_free (member->region);
      member->region = g_strdup (((ZifuMember *) g_ptr_array_index (members, 0))->region);
    }

  return member;
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zifu_person_form_save (ZIFU_PERSON_FORM (widget));
}

/* The person is out of sight or gone, and so is the form; or it says why not. */
static void
leave_or_refuse (ZifuPersonForm *self, gboolean done, const GError *error)
{
  g_autofree char *message = error != NULL ? zifu_ui_error_text (error) : NULL;

  if (done)
    {
      zifu_leave_guard_release (GTK_WINDOW (self));
      gtk_window_close (GTK_WINDOW (self));
    }
  else if (message != NULL && self->session != NULL)
    refuse (self, NULL, message);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuPersonForm) self = data;
  g_autoptr (GError) error = NULL;

  leave_or_refuse (self, zifu_person_removal_finish (result, &error), error);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuPersonForm *self = ZIFU_PERSON_FORM (widget);

  zifu_person_removal_async (GTK_WINDOW (self), self->session, self->member, removed_cb, g_object_ref (self));
}

static void
archive_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuPersonForm *self = ZIFU_PERSON_FORM (widget);
  g_autoptr (GError) error = NULL;
  gboolean done = zifu_person_removal_set_archived (self->session, self->member->id, !self->member->archived, &error);

  leave_or_refuse (self, done, error);
}

static void
life_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuPersonForm *self = ZIFU_PERSON_FORM (widget);

  zifu_life_view_present (self->session, self->member->id, widget);
}

static gboolean
save_window (GtkWindow *form)
{
  return zifu_person_form_save (ZIFU_PERSON_FORM (form));
}

static void
zifu_person_form_dispose (GObject *object)
{
  ZifuPersonForm *self = ZIFU_PERSON_FORM (object);

  self->ready = FALSE;
  gtk_widget_dispose_template (GTK_WIDGET (self), ZIFU_TYPE_PERSON_FORM);
  g_clear_object (&self->session);
  g_clear_pointer (&self->member, zifu_member_free);
  g_clear_pointer (&self->regions, g_ptr_array_unref);

  G_OBJECT_CLASS (zifu_person_form_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonForm, heading);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonForm, problem);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonForm, name);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonForm, relation);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonForm, birth);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonForm, sex);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonForm, region);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonForm, insurance);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonForm, status);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonForm, resident_class);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonForm, more);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonForm, account);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonForm, balance);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonForm, base);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonForm, year);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonForm, deductible);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonForm, archive);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonForm, life);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonForm, delete);
  gtk_widget_class_bind_template_callback (widget_class, choice_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
}

static void
zifu_person_form_class_init (ZifuPersonFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_person_form_dispose;

  signal_saved = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  g_type_ensure (ZIFU_TYPE_AXIS_ROWS);
  g_type_ensure (ZIFU_TYPE_MONEY_ROW);
  g_type_ensure (ZIFU_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-person-form.ui");
  bind_children (widget_class);

  gtk_widget_class_install_action (widget_class, "form.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "form.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "form.archive", NULL, archive_action);
  gtk_widget_class_install_action (widget_class, "form.life", NULL, life_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "form.save", NULL);
}

static void
zifu_person_form_init (ZifuPersonForm *self)
{
  self->regions = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  zifu_ui_wrap_title (GTK_WIDGET (self->heading));
}

/**
 * zifu_person_form_new:
 * @session: the session
 * @member_id: who is edited; 0 = a new person, who is the owner when the household is empty
 *
 * Returns: (transfer none): the window, owned by the toolkit like every window
 */
GtkWidget *
zifu_person_form_new (ZifuSession *session, gint64 member_id)
{
  ZifuPersonForm *self;
  const char *title;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);
  g_return_val_if_fail (member_id >= 0, NULL);

  self = g_object_new (ZIFU_TYPE_PERSON_FORM, NULL);
  self->session = g_object_ref (session);
  if (member_id != 0)
    self->member = zifu_ledger_get_member (zifu_session_get_ledger (session), member_id, NULL);
  if (self->member == NULL)
    self->member = make_member (self);

  title = member_id != 0 ? _("Edit Person") : self->first ? _("My Data") : _("New Relative");
  adw_window_title_set_title (self->heading, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_widget_set_visible (self->life, member_id != 0);
  gtk_widget_set_visible (self->delete, member_id != 0);
  gtk_widget_set_visible (self->archive,
                          member_id != 0 && (self->member->archived || zifu_person_removal_can_archive (session, self->member)));
  gtk_button_set_label (GTK_BUTTON (self->archive), self->member->archived ? _("Take Out of the Archive") : _("Archive This Person"));
  gtk_widget_set_visible (GTK_WIDGET (self->relation), g_strcmp0 (self->member->relation, "self") != 0);
  zifu_person_choices_fill (self->relation, self->sex, self->insurance, self->status);
  zifu_person_offer_regions (self->region, zifu_session_get_library (session), self->regions, self->member->region);
  show_member (self);
  self->ready = TRUE;
  choice_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
  /* A name that is there is not to be typed over by mistake. */
  gtk_editable_set_position (GTK_EDITABLE (self->name), -1);
  zifu_leave_guard_watch (GTK_WINDOW (self), save_window);

  return GTK_WIDGET (self);
}

/**
 * zifu_person_form_save:
 * @self: a form
 *
 * Checks what was entered and stores it; says what is wrong otherwise.
 *
 * Returns: whether it was stored
 */
gboolean
zifu_person_form_save (ZifuPersonForm *self)
{
  g_autoptr (ZifuMember) member = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (ZIFU_IS_PERSON_FORM (self), FALSE);

  if (!check (self))
    return FALSE;

  member = dup_entered (self);
  if (!store (self, member, &error))
    {
      g_autofree char *message = zifu_ui_error_text (error);

      return refuse (self, NULL, message);
    }

  zifu_leave_guard_release (GTK_WINDOW (self));
  g_signal_emit (self, signal_saved, 0, member->id);
  zifu_session_emit_changed (self->session);
  gtk_window_close (GTK_WINDOW (self));

  return TRUE;
}
