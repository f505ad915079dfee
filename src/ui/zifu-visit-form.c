/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-combo-values.h"
#include "zifu-visit-choices.h"
#include "zifu-visit-form-private.h"
#include "zifu-widgets.h"

G_DEFINE_FINAL_TYPE (ZifuVisitForm, zifu_visit_form, GTK_TYPE_WIDGET)

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void add_facts (ZifuVisitForm *self, ZifuVisit *visit);

/*
 * _zifu_visit_form_ask_more:
 *
 * Asks what the rules of the region ask of a visit like this, beyond what the form always asks.
 */
void
_zifu_visit_form_ask_more (ZifuVisitForm *self)
{
  g_autoptr (ZifuVisit) visit = zifu_visit_new ();

  visit->date = self->date;
  if (self->pack == NULL || self->person == NULL || self->date == 0)
    return;
  add_facts (self, visit);
  zifu_axis_rows_ask_visit (self->more, self->pack, self->person, visit);
}

static void
emit_changed (ZifuVisitForm *self)
{
  if (self->quiet > 0)
    return;
  _zifu_visit_form_ask_more (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
append_labels (GtkStringList *words, const char *axis, GPtrArray *values, guint first)
{
  for (guint i = first; i < values->len; i++)
    gtk_string_list_take (words, zifu_choices_label (axis, g_ptr_array_index (values, i)));
}

static const char *
get_care (ZifuVisitForm *self)
{
  const char *care = zifu_combo_values_get (self->kind, self->kinds);

  return care != NULL ? care : "outpatient";
}

static void
offer_institutions (ZifuVisitForm *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GPtrArray *values = zifu_choices_institutions (self->pack, get_care (self));
  gboolean pharmacy = g_str_equal (get_care (self), "pharmacy");

  append_labels (words, "class", values, 0);
  zifu_combo_values_offer (self->institution, &self->institutions, values, words, "3");
  /* With pharmacies among the classes there is nothing to choose; without, the rules treat one like another institution. */
  gtk_widget_set_visible (GTK_WIDGET (self->institution), !pharmacy || values->len > 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->institution), pharmacy ? _("The level as which the pharmacy settles") : "");
}

static void
offer_places (ZifuVisitForm *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) province_words = gtk_string_list_new (NULL);
  GPtrArray *places = zifu_choices_places (self->pack);
  GPtrArray *provinces = zifu_choices_provinces (self->pack);

  for (guint i = 0; i < places->len; i++)
    {
      g_autofree char *label = zifu_choices_place_label (g_ptr_array_index (places, i), self->pack);

      gtk_string_list_append (words, label);
    }
  zifu_combo_values_offer (self->place, &self->places, places, words, "local");
  g_ptr_array_insert (provinces, 0, g_strdup (""));
  gtk_string_list_append (province_words, _("Another province"));
  append_labels (province_words, "place_province", provinces, 1);
  zifu_combo_values_offer (self->province, &self->provinces, provinces, province_words, "");
}

/*
 * _zifu_visit_form_disease_axis:
 *
 * Returns: the axis by which the region tells diseases apart
 */
const char *
_zifu_visit_form_disease_axis (ZifuVisitForm *self)
{
  if (self->pack != NULL && zifu_pack_get_axis (self->pack, "disease_class") != NULL)
    return "disease_class";
  return "disease";
}

static void
offer_diseases (ZifuVisitForm *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GPtrArray *values = zifu_choices_values (self->pack, _zifu_visit_form_disease_axis (self));

  append_labels (words, _zifu_visit_form_disease_axis (self), values, 0);
  zifu_combo_values_offer (self->disease, &self->diseases, values, words, NULL);
}

/*
 * _zifu_visit_form_show_stay:
 *
 * Shows the number of the stay: what was typed, or what the records say.
 */
void
_zifu_visit_form_show_stay (ZifuVisitForm *self)
{
  guint next = zifu_choices_next_stay (self->pack, self->person, self->date);
  g_autofree char *digits = g_strdup_printf ("%u", next);
  g_autofree char *note = NULL;

  if (!self->stay_chosen)
    {
      self->quiet++;
      gtk_spin_button_set_value (self->stay, next);
      self->quiet--;
    }
  note = self->stay_chosen ? zifu_words_fill (_("By the records it would be number {1}"), digits, NULL)
                           : g_strdup (_("Counted from the records"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->stay_row), note);
}

/* Which questions are asked follows from what was chosen. */
static void
show_questions (ZifuVisitForm *self)
{
  const char *care = get_care (self);
  const char *remote = zifu_combo_values_get (self->place, self->places);
  gboolean inpatient = g_str_equal (care, "inpatient");
  gboolean local = remote == NULL || g_str_equal (remote, "local");

  gtk_widget_set_visible (GTK_WIDGET (self->province), !local && self->provinces != NULL && self->provinces->len > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->disease), g_str_equal (care, "special") && self->diseases != NULL && self->diseases->len > 0);
  gtk_widget_set_visible (self->stay_row, inpatient);
  gtk_widget_set_visible (self->days_row, inpatient && zifu_choices_uses_axis (self->pack, "days"));
  gtk_widget_set_visible (self->connected_row, !local && zifu_choices_uses_axis (self->pack, "connected"));
  zifu_bill_group_ask_deposit (self->bill, inpatient);
  _zifu_visit_form_show_stay (self);
}

static void
show_date (ZifuVisitForm *self)
{
  g_autofree char *day = zifu_words_date (self->date, ZIFU_DATE_STYLE_LONG);
  g_autofree char *text = NULL;
  int month = self->pack != NULL ? self->pack->year_start_month : 1;
  int start = self->pack != NULL ? self->pack->year_start_day : 1;

  /* Around the end of a benefit year another day changes the answer: it says so where the day is chosen. */
  if (zifu_date_benefit_year (self->date, month, start) > zifu_date_benefit_year (self->today, month, start))
    text = zifu_words_fill (_("{1}: a new benefit year, deductible and cap start again"), day, NULL);
  else
    text = g_steal_pointer (&day);
  adw_action_row_set_subtitle (self->date_row, text);
}

static void
show_person (ZifuVisitForm *self)
{
  gboolean account = self->person != NULL && self->person->purses->len > 0;
  guint n_mutual = self->person != NULL ? self->person->mutual->len : 0;
  g_autofree char *balance = zifu_words_money (account ? zifu_person_get_balance (self->person) : 0, ZIFU_MONEY_STYLE_LIST);
  g_autofree char *text = account ? zifu_words_fill (_("Balance {1}"), balance, NULL) : g_strdup (_("No personal account"));
  g_autofree char *digits = g_strdup_printf ("%u", n_mutual);
  g_autofree char *family = zifu_words_fill (ngettext ("{1} relative allows it", "{1} relatives allow it", n_mutual), digits, NULL);

  adw_action_row_set_subtitle (self->account_row, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->account_row), account);
  adw_action_row_set_subtitle (self->family_row, family);
  gtk_widget_set_visible (GTK_WIDGET (self->family_row), n_mutual > 0);
}

static void
kind_changed_cb (ZifuVisitForm *self)
{
  if (self->kinds == NULL)
    return;
  self->quiet++;
  offer_institutions (self);
  show_questions (self);
  self->quiet--;
  emit_changed (self);
}

static void
place_changed_cb (ZifuVisitForm *self)
{
  show_questions (self);
  emit_changed (self);
}

static void
stay_changed_cb (ZifuVisitForm *self)
{
  if (self->quiet > 0)
    return;
  self->stay_chosen = TRUE;
  _zifu_visit_form_show_stay (self);
  emit_changed (self);
}

static void
day_selected_cb (ZifuVisitForm *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);

  if (self->quiet > 0)
    return;
  zifu_visit_form_set_date (self, zifu_date_new (g_date_time_get_year (day), g_date_time_get_month (day),
                                                 g_date_time_get_day_of_month (day)));
  gtk_popover_popdown (self->date_popover);
}

static void
template_cb (GtkWidget *widget, const char *action, GVariant *target)
{
  zifu_visit_form_use_template (ZIFU_VISIT_FORM (widget), g_variant_get_string (target, NULL));
}

static void
zifu_visit_form_dispose (GObject *object)
{
  ZifuVisitForm *self = ZIFU_VISIT_FORM (object);

  self->quiet++;
  g_clear_pointer (&self->pack, zifu_pack_unref);
  g_clear_pointer (&self->person, zifu_person_free);
  g_clear_pointer (&self->kinds, g_ptr_array_unref);
  g_clear_pointer (&self->institutions, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->provinces, g_ptr_array_unref);
  g_clear_pointer (&self->diseases, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZIFU_TYPE_VISIT_FORM);
  G_OBJECT_CLASS (zifu_visit_form_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, box);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, kind);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, institution);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, place);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, province);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, disease);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, stay_row);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, stay);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, days_row);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, days);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, more);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, bill);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, date_row);
  gtk_widget_class_bind_template_child_full (widget_class, "cover_row", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "cover_text", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "filing_row", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "filing_text", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "cover_button", FALSE, 0);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, date_popover);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, calendar);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, designated);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, connected_row);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, connected);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, account_row);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, use_account);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, family_row);
  gtk_widget_class_bind_template_child (widget_class, ZifuVisitForm, use_family);
}

static void
zifu_visit_form_class_init (ZifuVisitFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_visit_form_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (ZIFU_TYPE_AXIS_ROWS);
  g_type_ensure (ZIFU_TYPE_BILL_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-visit-form.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, emit_changed);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stay_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_selected_cb);
  gtk_widget_class_install_action (widget_class, "form.template", "s", template_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
zifu_visit_form_init (ZifuVisitForm *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GPtrArray *kinds = zifu_choices_kinds ();

  self->quiet++;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < kinds->len; i++)
    gtk_string_list_append (words, zifu_choices_kind_label (g_ptr_array_index (kinds, i)));
  zifu_combo_values_offer (self->kind, &self->kinds, kinds, words, "outpatient");
  self->quiet--;
}

/**
 * zifu_visit_form_new:
 *
 * Returns: an empty form without a context
 */
GtkWidget *
zifu_visit_form_new (void)
{
  return g_object_new (ZIFU_TYPE_VISIT_FORM, NULL);
}

/**
 * zifu_visit_form_set_context:
 * @self: a form
 * @member_id: whose visit it is; 0 = nobody's
 * @pack: (nullable): the rules of the person's region
 * @person: (nullable): that person as the engine sees them
 * @today: the day on which the form is filled in
 *
 * Offers what these rules know.  What was typed and what can still be chosen stays; the number of a stay belongs to its person.
 */
void
zifu_visit_form_set_context (ZifuVisitForm *self, gint64 member_id, ZifuPack *pack, const ZifuPerson *person, ZifuDate today)
{
  g_return_if_fail (ZIFU_IS_VISIT_FORM (self));

  self->quiet++;
  g_clear_pointer (&self->pack, zifu_pack_unref);
  g_clear_pointer (&self->person, zifu_person_free);
  self->pack = pack != NULL ? zifu_pack_ref (pack) : NULL;
  self->person = person != NULL ? zifu_person_copy (person) : NULL;
  self->stay_chosen = self->stay_chosen && self->member_id == member_id;
  self->member_id = member_id;
  if (self->date == 0 || self->date == self->today)
    self->date = today;
  self->today = today;
  offer_institutions (self);
  offer_places (self);
  offer_diseases (self);
  show_questions (self);
  zifu_visit_form_set_date (self, self->date);
  show_person (self);
  self->quiet--;
  emit_changed (self);
}

static void
set_fact (ZifuVisitForm *self, ZifuVisit *visit, const char *axis, const char *value)
{
  if (value != NULL && *value != '\0' && zifu_choices_knows (self->pack, axis, value))
    zifu_facts_set_string (visit->facts, axis, value);
}

static void
add_facts (ZifuVisitForm *self, ZifuVisit *visit)
{
  const char *remote = zifu_combo_values_get (self->place, self->places);
  gboolean local = g_strcmp0 (remote, "local") == 0;

  zifu_facts_set_string (visit->facts, "care", get_care (self));
  set_fact (self, visit, "class", zifu_combo_values_get (self->institution, self->institutions));
  set_fact (self, visit, "remote", remote);
  set_fact (self, visit, "place", local ? "city" : g_strcmp0 (remote, "province") == 0 ? "province" : "other");
  if (gtk_widget_get_visible (GTK_WIDGET (self->province)))
    set_fact (self, visit, "place_province", zifu_combo_values_get (self->province, self->provinces));
  zifu_facts_set_boolean (visit->facts, "designated", gtk_switch_get_active (self->designated));
  if (gtk_widget_get_visible (self->connected_row))
    zifu_facts_set_boolean (visit->facts, "connected", gtk_switch_get_active (self->connected));
  if (gtk_widget_get_visible (GTK_WIDGET (self->disease)))
    set_fact (self, visit, _zifu_visit_form_disease_axis (self), zifu_combo_values_get (self->disease, self->diseases));
  if (gtk_widget_get_visible (self->stay_row) && self->stay_chosen)
    zifu_facts_set_int (visit->facts, "stay", gtk_spin_button_get_value_as_int (self->stay));
  if (gtk_widget_get_visible (self->days_row))
    zifu_facts_set_int (visit->facts, "days", gtk_spin_button_get_value_as_int (self->days));
}

/**
 * zifu_visit_form_dup_visit:
 * @self: a form
 *
 * Returns: (nullable) (transfer full): the visit as entered; %NULL when the form is empty or a field cannot be used
 */
ZifuVisit *
zifu_visit_form_dup_visit (ZifuVisitForm *self)
{
  g_autoptr (ZifuVisit) visit = NULL;

  g_return_val_if_fail (ZIFU_IS_VISIT_FORM (self), NULL);

  if (self->institutions == NULL || !zifu_bill_group_is_usable (self->bill))
    return NULL;
  visit = zifu_visit_new ();
  visit->date = self->date;
  add_facts (self, visit);
  if (!zifu_axis_rows_apply (self->more, visit->facts))
    return NULL;
  zifu_bill_group_add_to (self->bill, visit);
  visit->use_account = gtk_switch_get_active (self->use_account);
  visit->use_mutual_aid = gtk_switch_get_active (self->use_family);
  return g_steal_pointer (&visit);
}

/**
 * zifu_visit_form_get_bill:
 * @self: a form
 *
 * Returns: (transfer none): the part of the form in which the bill is entered
 */
ZifuBillGroup *
zifu_visit_form_get_bill (ZifuVisitForm *self)
{
  g_return_val_if_fail (ZIFU_IS_VISIT_FORM (self), NULL);

  return self->bill;
}

/**
 * zifu_visit_form_reset:
 * @self: a form
 *
 * Goes back to the usual visit: outpatient care in a tier-3 hospital where the person is insured, today.
 */
void
zifu_visit_form_reset (ZifuVisitForm *self)
{
  g_return_if_fail (ZIFU_IS_VISIT_FORM (self));

  self->quiet++;
  zifu_visit_form_set_kind (self, "outpatient");
  zifu_visit_form_set_institution (self, "3");
  zifu_visit_form_set_place (self, "local");
  zifu_visit_form_set_date (self, self->today);
  gtk_switch_set_active (self->designated, TRUE);
  gtk_switch_set_active (self->connected, TRUE);
  gtk_switch_set_active (self->use_account, TRUE);
  gtk_switch_set_active (self->use_family, TRUE);
  self->stay_chosen = FALSE;
  self->quiet--;
  emit_changed (self);
}

/**
 * zifu_visit_form_set_kind:
 * @self: a form
 * @care: a kind of care
 *
 * Chooses the kind of the visit.
 */
void
zifu_visit_form_set_kind (ZifuVisitForm *self, const char *care)
{
  g_return_if_fail (ZIFU_IS_VISIT_FORM (self));

  zifu_combo_values_choose (self->kind, self->kinds, care);
}

/**
 * zifu_visit_form_set_institution:
 * @self: a form
 * @value: a class of institutions; one that the rules do not know changes nothing
 *
 * Chooses the institution.
 */
void
zifu_visit_form_set_institution (ZifuVisitForm *self, const char *value)
{
  g_return_if_fail (ZIFU_IS_VISIT_FORM (self));

  if (self->institutions != NULL)
    zifu_combo_values_choose (self->institution, self->institutions, value);
}

/**
 * zifu_visit_form_set_place:
 * @self: a form
 * @remote: how care elsewhere was filed, or "local"
 *
 * Chooses the place of care.
 */
void
zifu_visit_form_set_place (ZifuVisitForm *self, const char *remote)
{
  g_return_if_fail (ZIFU_IS_VISIT_FORM (self));

  if (self->places != NULL)
    zifu_combo_values_choose (self->place, self->places, remote);
}

/**
 * zifu_visit_form_set_date:
 * @self: a form
 * @date: day of the visit; of a stay, the day of its settlement
 *
 * Chooses the date.
 */
void
zifu_visit_form_set_date (ZifuVisitForm *self, ZifuDate date)
{
  g_autoptr (GDateTime) day = NULL;
  int year = 0, month = 0, day_of_month = 0;

  g_return_if_fail (ZIFU_IS_VISIT_FORM (self));
  g_return_if_fail (date != 0);

  self->date = date;
  zifu_date_split (date, &year, &month, &day_of_month);
  day = g_date_time_new_local (year, month, day_of_month, 12, 0, 0);
  self->quiet++;
  gtk_calendar_select_day (self->calendar, day);
  show_date (self);
  _zifu_visit_form_show_stay (self);
  self->quiet--;
  emit_changed (self);
}

/**
 * zifu_visit_form_get_place:
 * @self: a form
 *
 * Returns: (transfer none) (nullable): the place of care, as a value of the axis remote
 */
const char *
zifu_visit_form_get_place (ZifuVisitForm *self)
{
  g_return_val_if_fail (ZIFU_IS_VISIT_FORM (self), NULL);

  return self->places != NULL ? zifu_combo_values_get (self->place, self->places) : NULL;
}

/**
 * zifu_visit_form_get_date:
 * @self: a form
 *
 * Returns: the day of the visit
 */
ZifuDate
zifu_visit_form_get_date (ZifuVisitForm *self)
{
  g_return_val_if_fail (ZIFU_IS_VISIT_FORM (self), 0);

  return self->date;
}

/**
 * zifu_visit_form_hold:
 * @self: a form
 * @hold: whether changes are kept back; %FALSE tells once what changed meanwhile
 */
void
zifu_visit_form_hold (ZifuVisitForm *self, gboolean hold)
{
  self->quiet += hold ? 1 : -1;
  emit_changed (self);
}
