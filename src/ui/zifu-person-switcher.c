/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-person-switcher.h"

#include <glib/gi18n-lib.h>

#include "zifu-entry-words.h"
#include "zifu-ui-rows.h"
#include "zifu-words.h"

struct _ZifuPersonSwitcher
{
  GtkWidget parent_instance;

  ZifuSession *session; /* owned, nullable */
  gulong       handler;
  GArray      *ids;     /* owned, of gint64: the member of each row */
  gboolean     narrow;
  gboolean     with_archived;
  int          archive_index; /* of the row that shows the archived; -1 = there is none */

  GtkMenuButton *button;
  GtkPopover    *popover;
  GtkListBox    *list;
  AdwAvatar     *avatar;
  GtkWidget     *name;
};

G_DEFINE_FINAL_TYPE (ZifuPersonSwitcher, zifu_person_switcher, GTK_TYPE_WIDGET)

enum
{
  PROP_SESSION = 1,
  PROP_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The last character of a Chinese name tells a family apart; its first is the same for all. */
static char *
dup_initials (const char *name)
{
  const char *end = name + strlen (name);

  if (*name == '\0' || g_unichar_isalpha (g_utf8_get_char (name)) == FALSE || !g_unichar_iswide (g_utf8_get_char (name)))
    return g_strdup (name);

  return g_strdup (g_utf8_prev_char (end));
}

static char *
dup_region (ZifuPersonSwitcher *self, const char *id)
{
  g_autoptr (GPtrArray) packs = zifu_pack_library_list (zifu_session_get_library (self->session), NULL);

  for (guint i = 0; packs != NULL && i < packs->len; i++)
    {
      const ZifuPackInfo *info = g_ptr_array_index (packs, i);

      if (g_strcmp0 (info->id, id) == 0)
        return g_strdup (zifu_words_text (&info->title));
    }

  return g_strdup (id);
}

static GtkWidget *
make_avatar (const ZifuMember *member, int size)
{
  g_autofree char *initials = dup_initials (member->name);

  return adw_avatar_new (size, initials, TRUE);
}

static GtkWidget *
make_row (ZifuPersonSwitcher *self, const ZifuMember *member)
{
  g_autofree char *title = zifu_member_dup_title (member);
  g_autofree char *region = dup_region (self, member->region);
  g_autofree char *own_detail = zifu_member_dup_detail (member, region);
  g_autofree char *detail = member->archived ? g_strdup_printf ("%s · %s", own_detail, _("archived")) : g_strdup (own_detail);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "title-lines", 0, "subtitle-lines", 0, NULL);
  GtkWidget *edit = gtk_button_new_from_icon_name ("zifu-edit-symbolic");
  /* Translators: %s is a person. */
  g_autofree char *edit_label = g_strdup_printf (_("Edit %s"), title);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), make_avatar (member, 32));
  if (member->id == zifu_session_get_member_id (self->session))
    {
      GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, _("on screen"), -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), check);
    }
  gtk_widget_add_css_class (edit, "flat");
  gtk_widget_set_valign (edit, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (edit, edit_label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (edit), GTK_ACCESSIBLE_PROPERTY_LABEL, edit_label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (edit), "win.edit-person");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (edit), "x", member->id);
  g_signal_connect_swapped (edit, "clicked", G_CALLBACK (gtk_popover_popdown), self->popover);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), edit);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  return row;
}

/* Who is archived is out of sight until asked for. */
static GtkWidget *
make_archive_row (ZifuPersonSwitcher *self, guint n_archived)
{
  g_autofree char *number = g_strdup_printf ("%u", n_archived);
  /* Translators: {1} is how many people of the household are archived. */
  g_autofree char *title = zifu_words_fill (self->with_archived ? _("Hide Archived ({1})") : _("Show Archived ({1})"), number, NULL);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, NULL);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name (self->with_archived ? "pan-up-symbolic" : "pan-down-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  return row;
}

static GtkWidget *
make_add_row (void)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Add a Relative…"), NULL);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  return row;
}

static void
show_member (ZifuPersonSwitcher *self, const ZifuMember *member)
{
  g_autofree char *initials = dup_initials (member->name);
  g_autofree char *title = zifu_member_dup_title (member);
  /* Translators: %s is the person whose data are on screen. */
  g_autofree char *spoken = g_strdup_printf (_("Looking at %s, switch person"), title);

  adw_avatar_set_text (self->avatar, initials);
  gtk_label_set_text (GTK_LABEL (self->name), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
show_household (ZifuPersonSwitcher *self)
{
  g_autoptr (GPtrArray) members = NULL;
  GtkWidget *child;
  guint n_archived = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  g_array_set_size (self->ids, 0);
  if (self->session == NULL)
    return;

  members = zifu_session_list_members (self->session);
  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);

      n_archived += member->archived;
      if (member->archived && !self->with_archived && member->id != zifu_session_get_member_id (self->session))
        continue;
      gtk_list_box_append (self->list, make_row (self, member));
      g_array_append_val (self->ids, member->id);
      if (member->id == zifu_session_get_member_id (self->session))
        show_member (self, member);
    }
  if (n_archived > 0)
    gtk_list_box_append (self->list, make_archive_row (self, n_archived));
  self->archive_index = n_archived > 0 ? (int) self->ids->len : -1;
  gtk_list_box_append (self->list, make_add_row ());
}

static void
row_activated_cb (ZifuPersonSwitcher *self, GtkListBoxRow *row)
{
  guint index = (guint) gtk_list_box_row_get_index (row);

  if (self->archive_index >= 0 && index == (guint) self->archive_index)
    {
      self->with_archived = !self->with_archived;
      show_household (self);
      return;
    }
  gtk_popover_popdown (self->popover);
  if (index < self->ids->len)
    zifu_session_set_member_id (self->session, g_array_index (self->ids, gint64, index));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.add-person", NULL);
}

static void
zifu_person_switcher_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZifuPersonSwitcher *self = ZIFU_PERSON_SWITCHER (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_narrow (ZifuPersonSwitcher *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  gtk_widget_set_visible (self->name, !narrow);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
zifu_person_switcher_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZifuPersonSwitcher *self = ZIFU_PERSON_SWITCHER (object);

  switch (id)
    {
    case PROP_SESSION:
      zifu_person_switcher_set_session (self, g_value_get_object (value));
      break;
    case PROP_NARROW:
      set_narrow (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_person_switcher_dispose (GObject *object)
{
  ZifuPersonSwitcher *self = ZIFU_PERSON_SWITCHER (object);

  if (self->session != NULL)
    g_clear_signal_handler (&self->handler, self->session);
  g_clear_object (&self->session);
  g_clear_pointer (&self->ids, g_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZIFU_TYPE_PERSON_SWITCHER);
  zifu_ui_drop_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (zifu_person_switcher_parent_class)->dispose (object);
}

static void
zifu_person_switcher_class_init (ZifuPersonSwitcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = zifu_person_switcher_get_property;
  object_class->set_property = zifu_person_switcher_set_property;
  object_class->dispose = zifu_person_switcher_dispose;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ZIFU_TYPE_SESSION, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-person-switcher.ui");
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonSwitcher, button);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonSwitcher, popover);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonSwitcher, list);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonSwitcher, avatar);
  gtk_widget_class_bind_template_child (widget_class, ZifuPersonSwitcher, name);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
zifu_person_switcher_init (ZifuPersonSwitcher *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zifu_person_switcher_get_session:
 * @self: a switcher
 *
 * Returns: (transfer none) (nullable): the session whose household it shows
 */
ZifuSession *
zifu_person_switcher_get_session (ZifuPersonSwitcher *self)
{
  g_return_val_if_fail (ZIFU_IS_PERSON_SWITCHER (self), NULL);

  return self->session;
}

/**
 * zifu_person_switcher_set_session:
 * @self: a switcher
 * @session: (nullable): whose household it shows
 *
 * Shows another household.
 */
void
zifu_person_switcher_set_session (ZifuPersonSwitcher *self, ZifuSession *session)
{
  g_return_if_fail (ZIFU_IS_PERSON_SWITCHER (self));
  g_return_if_fail (session == NULL || ZIFU_IS_SESSION (session));

  if (self->session == session)
    return;

  if (self->session != NULL)
    g_clear_signal_handler (&self->handler, self->session);
  g_set_object (&self->session, session);
  if (session != NULL)
    self->handler = g_signal_connect_swapped (session, "changed", G_CALLBACK (show_household), self);
  show_household (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

/**
 * zifu_person_switcher_popup:
 * @self: a switcher
 *
 * Opens the list of the household.
 */
void
zifu_person_switcher_popup (ZifuPersonSwitcher *self)
{
  g_return_if_fail (ZIFU_IS_PERSON_SWITCHER (self));

  gtk_menu_button_popup (self->button);
}
