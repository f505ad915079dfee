/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-account-page.h"

#include <glib/gi18n-lib.h>

#include "zifu-account-facts.h"
#include "zifu-cover-view.h"
#include "zifu-credits-view.h"
#include "zifu-entry-words.h"
#include "zifu-family-group.h"
#include "zifu-fund-card.h"
#include "zifu-life-view.h"
#include "zifu-purse-card.h"
#include "zifu-sheet.h"
#include "zifu-split-form.h"
#include "zifu-status-card.h"
#include "zifu-sync-words.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"

/* Three ways side by side, and a list. */
#define COVERAGE_WIDTH 880
#define CREDITS_WIDTH 560
#define SPLIT_WIDTH 460

struct _ZifuAccountPage
{
  GtkWidget parent_instance;

  ZifuSession      *session; /* owned */
  ZifuAccountFacts *facts;   /* owned, nullable */
  GPtrArray        *rows;    /* owned, of GtkWidget in a group; not owned */
  gboolean          narrow;

  ZifuNotice          *broken;
  ZifuNotice          *wrong_credit;
  GtkWidget           *content;
  ZifuStatusCard      *status;
  GtkBox              *purses;
  ZifuPurseCard       *purse;
  ZifuFundCard        *fund;
  GtkWidget           *no_account;
  GtkLabel            *no_account_text;
  GtkBox              *lower;
  GtkWidget           *chart_card;
  GtkWidget           *forecast_note;
  ZifuMonthColumns    *columns;
  GtkWidget           *side;
  GtkWidget           *credits;
  ZifuFamilyGroup     *family;
  AdwPreferencesGroup *recent;
  GtkWidget           *age_box;
  GtkImage            *age_icon;
  GtkLabel            *age;
};

G_DEFINE_FINAL_TYPE (ZifuAccountPage, zifu_account_page, GTK_TYPE_WIDGET)

enum
{
  PROP_NARROW = 1,
  N_PROPS
};

enum
{
  SIGNAL_OPEN_ENTRY,
  SIGNAL_TOAST,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

static void
add_row (ZifuAccountPage *self, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
drop_rows (ZifuAccountPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static const ZifuMember *
find_member (const ZifuAccountFacts *facts, gint64 id)
{
  for (guint i = 0; i < facts->members->len; i++)
    if (((ZifuMember *) g_ptr_array_index (facts->members, i))->id == id)
      return g_ptr_array_index (facts->members, i);

  return NULL;
}

static void
show_recent (ZifuAccountPage *self, const ZifuAccountFacts *facts)
{
  guint n = facts->recent != NULL ? facts->recent->len : 0;

  gtk_widget_set_visible (GTK_WIDGET (self->recent), n > 0);
  for (guint i = 0; i < n; i++)
    {
      const ZifuEntry *entry = g_ptr_array_index (facts->recent, i);
      const ZifuMember *relative = entry->relative_id != 0 ? find_member (facts, entry->relative_id) : NULL;
      g_autofree char *relative_title = relative != NULL ? zifu_member_dup_title (relative) : NULL;
      g_autofree char *title = zifu_entry_dup_title (entry, relative_title);
      g_autofree char *detail = zifu_entry_dup_detail (entry, 0, TRUE);
      gboolean cash = zifu_entry_is_cash_only (entry);
      ZifuMoneyStyle style = entry->amount != 0 ? ZIFU_MONEY_STYLE_SIGNED : ZIFU_MONEY_STYLE_LIST;
      GtkWidget *amount = zifu_amount_label_new (cash ? _("in cash") : title, cash ? entry->person_paid : entry->amount, style);
      GtkWidget *row = zifu_ui_link_row (title, detail, zifu_entry_kind_icon (entry->kind), amount);

      gtk_widget_add_css_class (amount, "heading");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "account.open");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", entry->id);
      add_row (self, self->recent, row);
    }
}

static void
show_age (ZifuAccountPage *self, const ZifuAccountFacts *facts)
{
  gboolean broken = facts->checked && facts->broken.entry_id != 0;
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;

  if (facts->connection != NULL && facts->connection->arrived_at != 0)
    {
      text = zifu_sync_words_state (facts->connection);
      gtk_label_set_text (self->age, text);
      gtk_image_set_from_icon_name (self->age_icon, facts->connection->verdict == ZIFU_CONNECTION_VERIFIED ? "object-select-symbolic"
                                                                                                            : "zifu-bad-symbolic");
      gtk_widget_set_visible (self->age_box, TRUE);
      return;
    }
  gtk_widget_set_visible (self->age_box, facts->has_balance && facts->as_of != 0);
  if (!facts->has_balance || facts->as_of == 0)
    return;

  day = zifu_words_date (facts->as_of, ZIFU_DATE_STYLE_LONG);
  /* Translators: {1} is the day of the newest entry. */
  text = zifu_words_fill (broken ? _("Data as of {1} · balance does not match the entries")
                                 : _("Data as of {1} · balance matches the entries"),
                          day, NULL);
  gtk_label_set_text (self->age, text);
  gtk_image_set_from_icon_name (self->age_icon, broken ? "zifu-bad-symbolic" : "object-select-symbolic");
}

static void
show_broken (ZifuAccountPage *self, const ZifuAccountFacts *facts)
{
  gboolean broken = facts->checked && facts->broken.entry_id != 0;

  if (broken)
    {
      g_autofree char *day = zifu_words_date (facts->broken.date, ZIFU_DATE_STYLE_LONG);
      g_autofree char *recorded = zifu_words_money (facts->broken.recorded, ZIFU_MONEY_STYLE_LIST);
      g_autofree char *expected = zifu_words_money (facts->broken.expected, ZIFU_MONEY_STYLE_LIST);
      /* Translators: {1} is a day, {2} and {3} are amounts. */
      g_autofree char *title = zifu_words_fill (
        _("From {1} on the balance ({2}) and the entries ({3}) do not agree. Both are kept as received."), day, recorded, expected, NULL);

      zifu_notice_set_title (self->broken, title);
    }
  zifu_notice_set_revealed (self->broken, broken);
}

static void
show_chart (ZifuAccountPage *self, const ZifuAccountFacts *facts)
{
  guint n = facts->columns->len;

  gtk_widget_set_visible (self->chart_card, n > 0);
  gtk_widget_set_visible (self->forecast_note, n > 0 && g_array_index (facts->columns, ZifuMonthColumn, n - 1).forecast);
  if (n > 0)
    zifu_month_columns_set_data (self->columns, facts->columns);
}

static void
show_credits (ZifuAccountPage *self, const ZifuAccountFacts *facts)
{
  g_autofree char *text = zifu_credits_dup_notice (facts);

  if (text != NULL)
    zifu_notice_set_title (self->wrong_credit, text);
  zifu_notice_set_revealed (self->wrong_credit, text != NULL);
  gtk_widget_set_visible (self->credits, facts->member->has_account);
}

static void
show_purses (ZifuAccountPage *self, const ZifuAccountFacts *facts)
{
  gboolean account = facts->member->has_account;

  gtk_widget_set_visible (GTK_WIDGET (self->purse), account);
  gtk_widget_set_visible (self->no_account, !account);
  if (account)
    zifu_purse_card_show (self->purse, facts);
  zifu_fund_card_show (self->fund, facts);
  gtk_label_set_text (self->no_account_text,
                      g_strcmp0 (facts->member->insurance, "390") == 0
                        ? _("There is no personal account: residents pay a yearly premium, and nothing of it is set aside for them. "
                            "What the fund does not pay is paid in cash or from a relative's account.")
                        : _("There is no personal account: this way of contributing pays for the fund only. What the fund does not "
                            "pay is paid in cash or from a relative's account."));
}

static void
show_all (ZifuAccountPage *self)
{
  drop_rows (self);
  g_clear_pointer (&self->facts, zifu_account_facts_free);
  self->facts = zifu_account_facts_read (self->session);
  gtk_widget_set_visible (self->content, self->facts != NULL);
  if (self->facts == NULL)
    return;

  show_broken (self, self->facts);
  zifu_status_card_show (self->status, self->facts);
  show_purses (self, self->facts);
  show_chart (self, self->facts);
  show_credits (self, self->facts);
  zifu_family_group_show (self->family, self->facts);
  show_recent (self, self->facts);
  show_age (self, self->facts);
}

static void
find_difference_cb (ZifuAccountPage *self)
{
  if (self->facts != NULL)
    g_signal_emit (self, signals[SIGNAL_OPEN_ENTRY], 0, self->facts->broken.entry_id);
}

static void
all_entries_cb (ZifuAccountPage *self)
{
  g_signal_emit (self, signals[SIGNAL_OPEN_ENTRY], 0, (gint64) 0);
}

static void
end_tie_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zifu_family_group_end (ZIFU_ACCOUNT_PAGE (widget)->family, g_variant_get_int64 (parameter));
}

static void
allow_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zifu_family_group_allow (ZIFU_ACCOUNT_PAGE (widget)->family);
}

static void
toast_cb (ZifuAccountPage *self, AdwToast *toast)
{
  g_signal_emit (self, signals[SIGNAL_TOAST], 0, toast);
}

static void
open_sheet (ZifuAccountPage *self, const char *title, GtkWidget *content, int width)
{
  zifu_sheet_present (GTK_WINDOW (zifu_sheet_new (title, content)), GTK_WIDGET (self), width);
}

static void
coverage_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuAccountPage *self = ZIFU_ACCOUNT_PAGE (widget);

  if (self->facts != NULL && self->facts->plan != NULL && !self->facts->plan->lifelong)
    open_sheet (self, _("Coverage"), zifu_cover_view_new (self->facts), COVERAGE_WIDTH);
}

static void
credits_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuAccountPage *self = ZIFU_ACCOUNT_PAGE (widget);

  if (self->facts != NULL && self->facts->member->has_account)
    open_sheet (self, _("Credits"), zifu_credits_view_new (self->facts), CREDITS_WIDTH);
}

static void
life_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuAccountPage *self = ZIFU_ACCOUNT_PAGE (widget);

  if (self->facts != NULL)
    zifu_life_view_present (self->session, self->facts->member->id, widget);
}

static void
split_saved_cb (ZifuAccountPage *self, gboolean stated)
{
  toast_cb (self, adw_toast_new (stated ? _("The account is divided as stated") : _("The statement is taken back")));
}

static void
split_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuAccountPage *self = ZIFU_ACCOUNT_PAGE (widget);
  GtkWidget *form;

  if (self->facts == NULL || !self->facts->divided)
    return;
  form = zifu_split_form_new (self->session);
  g_signal_connect_object (form, "saved", G_CALLBACK (split_saved_cb), self, G_CONNECT_SWAPPED);
  zifu_sheet_present (GTK_WINDOW (form), widget, SPLIT_WIDTH);
}

static void
credits_cb (ZifuAccountPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "account.credits", NULL);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_OPEN_ENTRY], 0, g_variant_get_int64 (parameter));
}

static void
apply_narrow (ZifuAccountPage *self)
{
  GtkOrientation orientation = self->narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;
  int margin = self->narrow ? 12 : 24;
  int gap = self->narrow ? 12 : 18;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->purses), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->lower), orientation);
  gtk_box_set_homogeneous (self->purses, !self->narrow);
  gtk_box_set_spacing (self->purses, gap);
  gtk_box_set_spacing (self->lower, gap);
  gtk_box_set_spacing (GTK_BOX (self->content), gap);
  gtk_widget_set_size_request (self->side, self->narrow ? -1 : 330, -1);
  gtk_widget_set_margin_top (self->content, margin);
  gtk_widget_set_margin_bottom (self->content, margin);
  gtk_widget_set_margin_start (self->content, margin);
  gtk_widget_set_margin_end (self->content, margin);
}

static void
zifu_account_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZifuAccountPage *self = ZIFU_ACCOUNT_PAGE (object);

  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_account_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZifuAccountPage *self = ZIFU_ACCOUNT_PAGE (object);

  switch (id)
    {
    case PROP_NARROW:
      zifu_account_page_set_narrow (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_account_page_dispose (GObject *object)
{
  ZifuAccountPage *self = ZIFU_ACCOUNT_PAGE (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->facts, zifu_account_facts_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZIFU_TYPE_ACCOUNT_PAGE);
  zifu_ui_drop_children (GTK_WIDGET (self));
  g_clear_object (&self->session);

  G_OBJECT_CLASS (zifu_account_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, broken);
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, wrong_credit);
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, content);
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, status);
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, purses);
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, purse);
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, fund);
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, no_account);
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, no_account_text);
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, lower);
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, chart_card);
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, forecast_note);
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, columns);
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, side);
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, credits);
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, family);
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, recent);
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, age_box);
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, age_icon);
  gtk_widget_class_bind_template_child (widget_class, ZifuAccountPage, age);
  gtk_widget_class_bind_template_callback (widget_class, find_difference_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_entries_cb);
  gtk_widget_class_bind_template_callback (widget_class, credits_cb);
  gtk_widget_class_bind_template_callback (widget_class, toast_cb);
}

static void
zifu_account_page_class_init (ZifuAccountPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = zifu_account_page_get_property;
  object_class->set_property = zifu_account_page_set_property;
  object_class->dispose = zifu_account_page_dispose;

  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_OPEN_ENTRY] = g_signal_new ("open-entry", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_TOAST] = g_signal_new ("toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, ADW_TYPE_TOAST);

  g_type_ensure (ZIFU_TYPE_STATUS_CARD);
  g_type_ensure (ZIFU_TYPE_PURSE_CARD);
  g_type_ensure (ZIFU_TYPE_FUND_CARD);
  g_type_ensure (ZIFU_TYPE_FAMILY_GROUP);
  g_type_ensure (ZIFU_TYPE_NOTICE);
  g_type_ensure (ZIFU_TYPE_MONTH_COLUMNS);
  g_type_ensure (ZIFU_TYPE_WRAP_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-account-page.ui");
  bind_children (widget_class);

  gtk_widget_class_install_action (widget_class, "account.open", "x", open_action);
  gtk_widget_class_install_action (widget_class, "account.end-tie", "x", end_tie_action);
  gtk_widget_class_install_action (widget_class, "account.allow", NULL, allow_action);
  gtk_widget_class_install_action (widget_class, "account.coverage", NULL, coverage_action);
  gtk_widget_class_install_action (widget_class, "account.credits", NULL, credits_action);
  gtk_widget_class_install_action (widget_class, "account.life", NULL, life_action);
  gtk_widget_class_install_action (widget_class, "account.split", NULL, split_action);
}

static void
zifu_account_page_init (ZifuAccountPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  apply_narrow (self);
}

/**
 * zifu_account_page_new:
 * @session: the session
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
zifu_account_page_new (ZifuSession *session)
{
  ZifuAccountPage *self;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  self = g_object_new (ZIFU_TYPE_ACCOUNT_PAGE, NULL);
  self->session = g_object_ref (session);
  zifu_family_group_set_session (self->family, session);
  show_all (self);
  g_signal_connect_object (session, "changed", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * zifu_account_page_set_narrow:
 * @self: the page
 * @narrow: whether everything stands in one column
 *
 * Puts the two purses beside or below each other.
 */
void
zifu_account_page_set_narrow (ZifuAccountPage *self, gboolean narrow)
{
  g_return_if_fail (ZIFU_IS_ACCOUNT_PAGE (self));

  if (self->narrow == !!narrow)
    return;

  self->narrow = !!narrow;
  apply_narrow (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}
