/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-answer-row.h"
#include "zifu-feed-bills.h"
#include "zifu-guide-page.h"

/* Why a payment was refused hangs on what no data know: the person is asked. */
#define ASKING_ROW "R06"

struct _ZifuGuidePage {
  GtkWidget parent_instance;

  GtkWidget     *box;
  GtkEditable   *search;
  GtkStack      *stack;
  GtkBox        *sections;
  AdwStatusPage *trouble;

  ZifuSession *session; /* owned */
  GPtrArray   *rows;    /* owned, of ZifuAnswerRow (not owned) */
  GPtrArray   *groups;  /* owned, of AdwPreferencesGroup (not owned) */
  guint        idle_id;
  char        *bills;   /* owned, nullable: zifu_feed_stamp_bills() of what is on screen */
};

G_DEFINE_FINAL_TYPE (ZifuGuidePage, zifu_guide_page, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_SESSION, N_PROPS };
enum { SIGNAL_ESTIMATE, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
estimate_cb (ZifuGuidePage *self, gint64 bill)
{
  g_signal_emit (self, signals[SIGNAL_ESTIMATE], 0, bill);
}

/* Hides what does not match, and with it the headings that have nothing left.  What stays is never hidden in between: it would lose the
 * focus. */
static void
filter (ZifuGuidePage *self)
{
  const char *text = gtk_editable_get_text (self->search);
  g_autoptr (GHashTable) filled = g_hash_table_new (NULL, NULL);
  guint n_found = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      gboolean found = *text == '\0' || zifu_answer_matches (zifu_answer_row_get_answer (ZIFU_ANSWER_ROW (row)), text);

      gtk_widget_set_visible (row, found);
      if (found)
        g_hash_table_add (filled, gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP));
      n_found += found ? 1 : 0;
    }
  for (guint i = 0; i < self->groups->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->groups, i), g_hash_table_contains (filled, g_ptr_array_index (self->groups, i)));
  if (self->rows->len > 0)
    gtk_stack_set_visible_child_name (self->stack, n_found > 0 ? "answers" : "none");
}

static void
search_changed_cb (ZifuGuidePage *self)
{
  filter (self);
}

static void
clear_cb (ZifuGuidePage *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  filter (self);
}

static GtkWidget *
group_for (ZifuGuidePage *self, const char *section)
{
  GtkWidget *group = NULL;

  for (guint i = 0; i < self->groups->len; i++)
    {
      group = g_ptr_array_index (self->groups, i);
      if (g_strcmp0 (adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (group)), section) == 0)
        return group;
    }
  group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), section);
  gtk_widget_add_css_class (group, "answers");
  gtk_box_append (self->sections, group);
  g_ptr_array_add (self->groups, group);
  return group;
}

/* Rows of the requirements whose answer stands open: they stay open when the person or the data change. */
static GPtrArray *
list_open (ZifuGuidePage *self)
{
  GPtrArray *open = g_ptr_array_new ();

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)))
        g_ptr_array_add (open, (gpointer) zifu_answer_row_get_answer (ZIFU_ANSWER_ROW (row))->row);
    }
  return open;
}

static void
remove_answers (ZifuGuidePage *self)
{
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->groups->len; i++)
    gtk_box_remove (self->sections, g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
}

static void
show_trouble (ZifuGuidePage *self, const GError *error)
{
  g_autofree char *text = error != NULL ? zifu_words_error_message (error)
                                        : g_strdup (_("Add a person first: the questions are answered from that person's data."));
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_description (self->trouble, escaped);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
}

static GPtrArray *
answer_questions (ZifuGuidePage *self, GError **error)
{
  g_autoptr (ZifuPack) pack = NULL;
  g_autoptr (ZifuRecord) record = NULL;

  if (zifu_session_get_member_id (self->session) != 0)
    pack = zifu_session_dup_pack (self->session, error);
  if (pack != NULL)
    record = zifu_session_dup_record (self->session, error);
  return record != NULL ? zifu_answers (pack, record, zifu_session_get_today (self->session)) : NULL;
}

static gboolean
same_questions (ZifuGuidePage *self, GPtrArray *answers)
{
  if (self->rows->len != answers->len)
    return FALSE;
  for (guint i = 0; i < answers->len; i++)
    {
      const ZifuAnswer *answer = g_ptr_array_index (answers, i);
      const ZifuAnswer *shown = zifu_answer_row_get_answer (g_ptr_array_index (self->rows, i));

      if (g_strcmp0 (answer->row, shown->row) != 0 || g_strcmp0 (answer->section, shown->section) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
add_answer (ZifuGuidePage *self, ZifuAnswer *answer, GPtrArray *open)
{
  GtkWidget *row = zifu_answer_row_new (answer);

  if (g_strcmp0 (answer->row, ASKING_ROW) == 0)
    zifu_answer_row_ask (ZIFU_ANSWER_ROW (row), self->session);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), g_ptr_array_find_with_equal_func (open, answer->row, g_str_equal, NULL));
  g_signal_connect_object (row, "estimate", G_CALLBACK (estimate_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group_for (self, answer->section)), row);
  g_ptr_array_add (self->rows, row);
}

static char *
stamp_bills (ZifuGuidePage *self)
{
  return zifu_feed_stamp_bills (zifu_session_get_ledger (self->session), zifu_session_get_member_id (self->session), NULL, NULL);
}

/* The same questions are answered in their places, so that nobody who is reading or choosing loses the place. */
static void
load (ZifuGuidePage *self)
{
  g_autoptr (GPtrArray) open = list_open (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = answer_questions (self, &error);
  gboolean same = answers != NULL && same_questions (self, answers);

  g_free (self->bills);
  self->bills = stamp_bills (self);
  if (!same)
    remove_answers (self);
  if (answers == NULL)
    {
      show_trouble (self, error);
      return;
    }
  for (guint i = 0; answers->len > 0; i++)
    {
      /* The row keeps the answer: it is taken out of the array. */
      ZifuAnswer *answer = g_ptr_array_steal_index (answers, 0);

      if (same)
        zifu_answer_row_set_answer (g_ptr_array_index (self->rows, i), answer);
      else
        add_answer (self, answer, open);
    }
  filter (self);
}

static gboolean
idle_cb (gpointer data)
{
  ZifuGuidePage *self = data;

  self->idle_id = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

static void
session_changed_cb (ZifuGuidePage *self)
{
  if (self->idle_id == 0)
    self->idle_id = g_idle_add (idle_cb, self);
}

/* Lines of a bill are fetched on another page, and the household is none the other for it. */
static void
map_cb (ZifuGuidePage *self)
{
  g_autofree char *bills = stamp_bills (self);

  if (g_strcmp0 (bills, self->bills) != 0)
    zifu_session_emit_changed (self->session);
}

static void
zifu_guide_page_constructed (GObject *object)
{
  ZifuGuidePage *self = ZIFU_GUIDE_PAGE (object);

  G_OBJECT_CLASS (zifu_guide_page_parent_class)->constructed (object);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "stated", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
  load (self);
}

static void
zifu_guide_page_dispose (GObject *object)
{
  ZifuGuidePage *self = ZIFU_GUIDE_PAGE (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_pointer (&self->bills, g_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZIFU_TYPE_GUIDE_PAGE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zifu_guide_page_parent_class)->dispose (object);
}

static void
zifu_guide_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZifuGuidePage *self = ZIFU_GUIDE_PAGE (object);

  if (id == PROP_SESSION)
    self->session = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
zifu_guide_page_class_init (ZifuGuidePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = zifu_guide_page_constructed;
  object_class->dispose = zifu_guide_page_dispose;
  object_class->set_property = zifu_guide_page_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ZIFU_TYPE_SESSION,
                                                  G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_ESTIMATE] = g_signal_new ("estimate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                           G_TYPE_INT64);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-guide-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZifuGuidePage, box);
  gtk_widget_class_bind_template_child (widget_class, ZifuGuidePage, search);
  gtk_widget_class_bind_template_child (widget_class, ZifuGuidePage, stack);
  gtk_widget_class_bind_template_child (widget_class, ZifuGuidePage, sections);
  gtk_widget_class_bind_template_child (widget_class, ZifuGuidePage, trouble);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
zifu_guide_page_init (ZifuGuidePage *self)
{
  self->rows = g_ptr_array_new ();
  self->groups = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zifu_guide_page_new:
 * @session: from whose person on screen the questions are answered
 *
 * Returns: the page
 */
GtkWidget *
zifu_guide_page_new (ZifuSession *session)
{
  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  return g_object_new (ZIFU_TYPE_GUIDE_PAGE, "session", session, NULL);
}

/**
 * zifu_guide_page_focus_search:
 * @self: the page
 *
 * Puts the cursor into the search.
 */
void
zifu_guide_page_focus_search (ZifuGuidePage *self)
{
  g_return_if_fail (ZIFU_IS_GUIDE_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/**
 * zifu_guide_page_set_search:
 * @self: the page
 * @text: what to search for
 *
 * Searches at once.
 */
void
zifu_guide_page_set_search (ZifuGuidePage *self, const char *text)
{
  g_return_if_fail (ZIFU_IS_GUIDE_PAGE (self));

  gtk_editable_set_text (self->search, text);
  filter (self);
}
