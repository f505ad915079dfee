/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-rules.h"

#include <glib/gi18n-lib.h>

#include "zifu-entry-words.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"
#include "zifu-words.h"

/* What an opening balance or a correction is, no word of others says. */
#define N_KINDS ZIFU_ENTRY_OPENING

struct _ZifuImportRules {
  GtkWidget parent_instance;

  ZifuMapping *mapping; /* not owned, nullable */
  GPtrArray   *rows;    /* of GtkWidget, owned by the group */

  AdwPreferencesGroup *group;
  AdwEntryRow         *text;
  AdwComboRow         *kind;
  GtkWidget           *add;
};

G_DEFINE_FINAL_TYPE (ZifuImportRules, zifu_import_rules, GTK_TYPE_WIDGET)

static guint signal_changed;

static void show_rules (ZifuImportRules *self);

static void
remove_cb (ZifuImportRules *self, GtkWidget *button)
{
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "zifu-rule"));

  if (self->mapping == NULL || i >= self->mapping->rules->len)
    return;
  g_ptr_array_remove_index (self->mapping->rules, i);
  show_rules (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
  g_signal_emit (self, signal_changed, 0);
}

static GtkWidget *
new_row (ZifuImportRules *self, guint i)
{
  const ZifuKindRule *rule = g_ptr_array_index (self->mapping->rules, i);
  GtkWidget *row = zifu_ui_text_row (rule->text, zifu_entry_kind_name (rule->kind));
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "icon-name", "user-trash-symbolic", "valign", GTK_ALIGN_CENTER, NULL);
  /* Translators: {1} is a text such as “pharmacy”. */
  g_autofree char *label = zifu_words_fill (_("Remove the rule “{1}”"), rule->text, NULL);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data (G_OBJECT (button), "zifu-rule", GUINT_TO_POINTER (i));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

/* The rules stand below the rows by which one is added. */
static void
show_rules (ZifuImportRules *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; self->mapping != NULL && i < self->mapping->rules->len; i++)
    {
      GtkWidget *row = new_row (self, i);

      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
add_cb (ZifuImportRules *self)
{
  if (zifu_import_rules_add (self, gtk_editable_get_text (GTK_EDITABLE (self->text)), adw_combo_row_get_selected (self->kind)))
    gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
text_changed_cb (ZifuImportRules *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text))));

  gtk_widget_set_sensitive (self->add, *text != '\0');
}

static void
zifu_import_rules_dispose (GObject *object)
{
  ZifuImportRules *self = ZIFU_IMPORT_RULES (object);

  self->mapping = NULL;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  zifu_ui_drop_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (zifu_import_rules_parent_class)->dispose (object);
}

static void
zifu_import_rules_class_init (ZifuImportRulesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zifu_import_rules_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signal_changed = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
zifu_import_rules_init (ZifuImportRules *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  self->rows = g_ptr_array_new ();
  self->group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _("Kinds by Words"), "description",
                              _("An entry whose kind, institution or note holds the words is of that kind. Common words are known "
                                "without a rule."),
                              NULL);
  self->text = g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Words"), NULL);
  self->kind = ADW_COMBO_ROW (zifu_choice_row_new ());
  for (ZifuEntryKind i = 0; i < N_KINDS; i++)
    gtk_string_list_append (kinds, zifu_entry_kind_name (i));
  g_object_set (self->kind, "title", _("Kind"), "model", kinds, "selected", ZIFU_ENTRY_OUTPATIENT, NULL);
  self->add = g_object_new (GTK_TYPE_BUTTON, "icon-name", "list-add-symbolic", "tooltip-text", _("Add the Rule"), "valign",
                            GTK_ALIGN_CENTER, "sensitive", FALSE, NULL);
  gtk_widget_add_css_class (self->add, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add the Rule"), -1);
  adw_entry_row_add_suffix (self->text, self->add);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (add_cb), self);
  g_signal_connect_swapped (self->text, "entry-activated", G_CALLBACK (add_cb), self);
  g_signal_connect_swapped (self->text, "changed", G_CALLBACK (text_changed_cb), self);
  adw_preferences_group_add (self->group, GTK_WIDGET (self->kind));
  adw_preferences_group_add (self->group, GTK_WIDGET (self->text));
  gtk_widget_set_parent (GTK_WIDGET (self->group), GTK_WIDGET (self));
}

/**
 * zifu_import_rules_new:
 *
 * Returns: (transfer floating): rules of no mapping yet
 */
GtkWidget *
zifu_import_rules_new (void)
{
  return g_object_new (ZIFU_TYPE_IMPORT_RULES, NULL);
}

/**
 * zifu_import_rules_set_mapping:
 * @self: rules
 * @mapping: (nullable): whose rules are shown and changed; must live until another one is set
 *
 * Shows the rules of a mapping.
 */
void
zifu_import_rules_set_mapping (ZifuImportRules *self, ZifuMapping *mapping)
{
  g_return_if_fail (ZIFU_IS_IMPORT_RULES (self));

  self->mapping = mapping;
  show_rules (self);
}

/**
 * zifu_import_rules_add:
 * @self: rules of a mapping
 * @text: the words; blanks around them do not count
 * @kind: of which kind such an entry is
 *
 * Adds a rule.
 *
 * Returns: whether there was anything to add
 */
gboolean
zifu_import_rules_add (ZifuImportRules *self, const char *text, ZifuEntryKind kind)
{
  g_autofree char *words = NULL;

  g_return_val_if_fail (ZIFU_IS_IMPORT_RULES (self), FALSE);
  g_return_val_if_fail (text != NULL && (guint) kind < N_KINDS, FALSE);

  words = g_strstrip (g_strdup (text));
  if (self->mapping == NULL || *words == '\0')
    return FALSE;
  zifu_mapping_add_rule (self->mapping, words, kind);
  show_rules (self);
  g_signal_emit (self, signal_changed, 0);
  return TRUE;
}
