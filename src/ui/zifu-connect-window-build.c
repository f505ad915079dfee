/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-connect-window-private.h"

#include <glib/gi18n-lib.h>

#include "zifu-entry-words.h"
#include "zifu-person-choices.h"
#include "zifu-sync-words.h"
#include "zifu-ui-rows.h"
#include "zifu-words.h"

/* What the window shows, step by step. */

static GtkWidget *
new_pill (const char *label, const char *action, gboolean suggested)
{
  GtkWidget *button =
    g_object_new (GTK_TYPE_BUTTON, "label", label, "use-underline", TRUE, "halign", GTK_ALIGN_CENTER, "action-name", action, NULL);

  gtk_widget_add_css_class (button, "pill");
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  return button;
}

static GtkWidget *
new_box (int spacing)
{
  return g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", spacing, NULL);
}

static AdwStatusPage *
new_status (const char *icon, const char *title, const char *description, GtkWidget *child)
{
  GtkWidget *page = g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", icon, "title", title, "child", child, NULL);

  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  gtk_widget_add_css_class (page, "compact");
  return ADW_STATUS_PAGE (page);
}

/* A page that scrolls, with a column of parts. */
static GtkWidget *
new_page (GtkWidget *box)
{
  GtkWidget *clamp = g_object_new (ADW_TYPE_CLAMP, "maximum-size", 520, "child", box, NULL);

  g_object_set (box, "margin-top", 18, "margin-bottom", 24, "margin-start", 12, "margin-end", 12, NULL);
  return g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "vexpand", TRUE, "child", clamp, NULL);
}

static GtkWidget *
new_intro (const char *text)
{
  GtkWidget *label = zifu_ui_wrapping_label (text, NULL);

  g_object_set (label, "xalign", 0.0, NULL);
  return label;
}

static GtkWidget *
build_address (ZifuConnectWindow *self)
{
  GtkWidget *box = new_box (18), *group = adw_preferences_group_new ();

  self->address = g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Address of the provider"), "input-purpose", GTK_INPUT_PURPOSE_URL, NULL);
  self->known = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _("In use already"), NULL);
  self->listed = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _("Known on this computer"), NULL);
  self->problems = new_box (6);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->address);
  gtk_box_append (GTK_BOX (box), new_intro (_("Balance, entries, contributions and family ties can arrive by themselves from a provider "
                                              "that offers this. Zifu only reads; it changes nothing there.")));
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), self->known);
  gtk_box_append (GTK_BOX (box), self->listed);
  gtk_box_append (GTK_BOX (box), self->problems);
  gtk_box_append (GTK_BOX (box),
                  zifu_ui_note (_("You get the address from the provider. The public platforms of the insurance do not offer this yet: "
                                  "their exports can be imported as files."),
                                "zifu-info-symbolic", "quiet"));
  return new_page (box);
}

static GtkWidget *
build_offer (ZifuConnectWindow *self)
{
  GtkWidget *page = new_box (0), *box = new_box (18), *buttons = new_box (12);

  self->offer_box = new_box (18);
  self->no_keyring = zifu_ui_note (_("There is no keyring on this computer: the sign-in is kept only until Zifu is closed."),
                                   "dialog-warning-symbolic", "warn");
  self->use_code = new_pill (_("Sign In on _Another Device"), "connect.use-code", FALSE);
  self->use_browser = new_pill (_("_Sign In in the Browser"), "connect.use-browser", TRUE);
  gtk_box_append (GTK_BOX (buttons), self->use_browser);
  gtk_box_append (GTK_BOX (buttons), self->use_code);
  gtk_box_append (GTK_BOX (box), self->no_keyring);
  gtk_box_append (GTK_BOX (box), self->offer_box);
  gtk_box_append (GTK_BOX (page), new_page (box));
  /* Below what is read of it, not at its end: where one goes on is on screen however much there is to say. */
  g_object_set (buttons, "margin-top", 12, "margin-bottom", 18, "margin-start", 12, "margin-end", 12, NULL);
  gtk_box_append (GTK_BOX (page), buttons);
  return page;
}

static GtkWidget *
new_spinner (void)
{
  return g_object_new (GTK_TYPE_SPINNER, "spinning", TRUE, "width-request", 32, "height-request", 32, "halign", GTK_ALIGN_CENTER, NULL);
}

static GtkWidget *
build_waiting (ZifuConnectWindow *self)
{
  GtkWidget *box = new_box (18);

  gtk_box_append (GTK_BOX (box), new_spinner ());
  gtk_box_append (GTK_BOX (box), new_pill (_("_Cancel"), "connect.cancel", FALSE));
  self->waiting = new_status (NULL, _("Asking the Provider…"), NULL, box);
  return GTK_WIDGET (self->waiting);
}

static GtkWidget *
build_browser (ZifuConnectWindow *self)
{
  GtkWidget *box = new_box (18);

  gtk_box_append (GTK_BOX (box), new_spinner ());
  gtk_box_append (GTK_BOX (box), new_pill (_("_Open the Page Again"), "connect.open", FALSE));
  gtk_box_append (GTK_BOX (box), new_pill (_("_Cancel"), "connect.cancel", FALSE));
  self->browser = new_status (NULL, _("Sign In in the Browser"), _("Sign in there and allow Zifu to read. This window goes on by itself."),
                              box);
  return GTK_WIDGET (self->browser);
}

static GtkWidget *
build_device (ZifuConnectWindow *self)
{
  GtkWidget *box = new_box (18);

  self->code = g_object_new (GTK_TYPE_LABEL, "selectable", TRUE, "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->code), "title-1");
  gtk_widget_add_css_class (GTK_WIDGET (self->code), "numeric");
  self->code_place = GTK_LABEL (zifu_ui_wrapping_label ("", NULL));
  g_object_set (self->code_place, "selectable", TRUE, "justify", GTK_JUSTIFY_CENTER, "xalign", 0.5, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->code_place));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->code));
  self->copy_code = new_pill (_("_Copy the Code"), "connect.copy", TRUE);
  gtk_box_append (GTK_BOX (box), self->copy_code);
  gtk_box_append (GTK_BOX (box), new_pill (_("_Open the Page"), "connect.open", FALSE));
  gtk_box_append (GTK_BOX (box), new_pill (_("_Cancel"), "connect.cancel", FALSE));
  self->device = new_status (NULL, _("Type This Code"), _("On a phone or any other computer:"), box);
  return GTK_WIDGET (self->device);
}

static void
who_selected_cb (ZifuConnectWindow *self)
{
  gint64 member_id = _zifu_connect_window_get_member (self);
  gboolean has_entries = FALSE;

  gtk_widget_set_visible (self->who_region_group, member_id == 0);
  if (member_id != 0)
    {
      g_autoptr (GPtrArray) entries = zifu_ledger_list_entries (zifu_session_get_ledger (self->session), member_id, NULL, 2, NULL);
      const ZifuEntry *first = entries != NULL && entries->len == 1 ? g_ptr_array_index (entries, 0) : NULL;

      has_entries = entries != NULL && entries->len > 0 && !(first != NULL && first->amount == 0);
    }
  gtk_widget_set_visible (self->who_note, has_entries);
}

static GtkWidget *
build_who (ZifuConnectWindow *self)
{
  GtkWidget *box = new_box (18);

  self->who_title = new_intro ("");
  self->who_list = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _("Whose account is it?"), NULL);
  self->who_region_group = adw_preferences_group_new ();
  self->who_region = g_object_new (ADW_TYPE_COMBO_ROW, "title", _("Insured in"), NULL);
  self->who_note = zifu_ui_note (_("This person has entries that did not come from the provider. They stay; where the provider sends the "
                                   "same "
                                   "ones they stand there twice."),
                                 "dialog-warning-symbolic", "warn");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->who_region_group), self->who_region);
  gtk_box_append (GTK_BOX (box), self->who_title);
  gtk_box_append (GTK_BOX (box), self->who_list);
  gtk_box_append (GTK_BOX (box), self->who_region_group);
  gtk_box_append (GTK_BOX (box), self->who_note);
  return new_page (box);
}

static GtkWidget *
build_fetching (ZifuConnectWindow *self)
{
  GtkWidget *box = new_box (18);

  gtk_box_append (GTK_BOX (box), new_spinner ());
  gtk_box_append (GTK_BOX (box), new_pill (_("_Cancel"), "connect.cancel", FALSE));
  self->fetching = new_status (NULL, _("Fetching the Account…"), NULL, box);
  return GTK_WIDGET (self->fetching);
}

static GtkWidget *
build_header (ZifuConnectWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();

  self->title = ADW_WINDOW_TITLE (adw_window_title_new (_("Connect a Provider"), NULL));
  zifu_ui_wrap_title (GTK_WIDGET (self->title));
  self->back_button = g_object_new (GTK_TYPE_BUTTON, "icon-name", "go-previous-symbolic", "tooltip-text", _("Back"), "action-name",
                                    "connect.back", NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back_button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Back"), -1);
  self->next_button = g_object_new (GTK_TYPE_BUTTON, "action-name", "connect.next", NULL);
  gtk_widget_add_css_class (self->next_button, "suggested-action");
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), GTK_WIDGET (self->title));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->back_button);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->next_button);
  return header;
}

/*
 * _zifu_connect_window_build:
 *
 * Makes all steps.
 */
void
_zifu_connect_window_build (ZifuConnectWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->steps = g_object_new (GTK_TYPE_STACK, "vexpand", TRUE, "hhomogeneous", FALSE, "vhomogeneous", FALSE, "transition-type",
                              GTK_STACK_TRANSITION_TYPE_CROSSFADE, NULL);
  self->done = new_status ("zifu-ok-symbolic", _("Connected"), NULL, NULL);
  self->error = new_status ("zifu-bad-symbolic", _("Not Connected"), NULL, new_pill (_("_Try Again"), "connect.back", TRUE));
  gtk_stack_add_named (self->steps, build_address (self), "address");
  gtk_stack_add_named (self->steps, build_waiting (self), "work");
  gtk_stack_add_named (self->steps, build_offer (self), "offer");
  gtk_stack_add_named (self->steps, build_browser (self), "browser");
  gtk_stack_add_named (self->steps, build_device (self), "device");
  gtk_stack_add_named (self->steps, build_who (self), "who");
  gtk_stack_add_named (self->steps, build_fetching (self), "sync");
  gtk_stack_add_named (self->steps, GTK_WIDGET (self->done), "done");
  gtk_stack_add_named (self->steps, GTK_WIDGET (self->error), "error");
  gtk_box_append (GTK_BOX (box), build_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->steps));
  adw_window_set_content (ADW_WINDOW (self), box);
}

/* What the button at the end says; NULL = there is nothing to go on with. */
static const char *
next_label (const char *step)
{
  if (g_str_equal (step, "address"))
    return _("Next");
  if (g_str_equal (step, "who"))
    return _("Connect");
  return g_str_equal (step, "done") ? _("Close") : NULL;
}

static GtkWidget *
find_button (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_BUTTON (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_button (child);
  return found;
}

/* The keyboard goes to what the step is for, or else to the first button that stands in it. */
static void
focus_step (ZifuConnectWindow *self, const char *step)
{
  GtkWidget *button;

  if (g_str_equal (step, "address"))
    gtk_widget_grab_focus (self->address);
  else if (g_str_equal (step, "offer"))
    gtk_widget_grab_focus (self->use_browser);
  else if (g_str_equal (step, "device"))
    gtk_widget_grab_focus (self->copy_code);
  else if (g_str_equal (step, "done") || g_str_equal (step, "who"))
    gtk_widget_grab_focus (self->next_button);
  else if ((button = find_button (gtk_stack_get_visible_child (self->steps))) != NULL)
    gtk_widget_grab_focus (button);
}

/*
 * _zifu_connect_window_set_step:
 * @step: name of a step
 *
 * Shows a step.
 */
void
_zifu_connect_window_set_step (ZifuConnectWindow *self, const char *step)
{
  const char *label = next_label (step);
  gboolean back = (g_str_equal (step, "offer") && !self->renewing) || (g_str_equal (step, "error") && self->back != NULL);
  g_autofree char *host = self->offer != NULL && !g_str_equal (step, "address") ? zifu_connect_offer_get_host (self->offer) : NULL;

  gtk_stack_set_visible_child_name (self->steps, step);
  adw_window_title_set_title (self->title, self->renewing ? _("Sign In Again") : _("Connect a Provider"));
  adw_window_title_set_subtitle (self->title, host != NULL ? host : "");
  gtk_widget_set_visible (self->back_button, g_str_equal (step, "offer") && back);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "connect.back", back);
  gtk_widget_set_visible (self->next_button, label != NULL);
  if (label != NULL)
    gtk_button_set_label (GTK_BUTTON (self->next_button), label);
  focus_step (self, step);
}

static void
add_fact (GtkWidget *group, const char *icon, const char *title, const char *subtitle)
{
  GtkWidget *row = zifu_ui_text_row (title, subtitle);
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

/* A clock that is wrong is said before the sign-in that fails for it. */
static void
add_clock (ZifuConnectWindow *self)
{
  g_autoptr (GDateTime) now = zifu_session_dup_now (self->session);
  g_autofree char *text = zifu_sync_words_clock (self->offer->discovery->clock_skew_s, g_date_time_to_unix (now));

  if (text != NULL)
    gtk_box_append (GTK_BOX (self->offer_box), zifu_ui_note (text, "dialog-warning-symbolic", "warn"));
}

/*
 * _zifu_connect_window_show_offer:
 * @lasting: whether the sign-in outlives the program
 *
 * Says what will be read, from whom, and where it stays.
 */
void
_zifu_connect_window_show_offer (ZifuConnectWindow *self, gboolean lasting)
{
  g_autofree char *host = zifu_connect_offer_get_host (self->offer);
  g_autofree char *issuer = zifu_connect_offer_get_issuer_host (self->offer);
  GtkWidget *who = g_object_new (ADW_TYPE_PREFERENCES_GROUP, NULL);
  GtkWidget *what = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", _("What is read"), NULL);

  zifu_ui_drop_children (self->offer_box);
  add_fact (who, "network-server-symbolic", _("Provider"), host);
  add_fact (who, "avatar-default-symbolic", _("You sign in at"), issuer);
  add_fact (what, "zifu-account-symbolic", _("Personal account"), _("Balance and every movement"));
  add_fact (what, "zifu-history-symbolic", _("Settlements"), _("Bills and what each fund paid"));
  add_fact (what, "zifu-credit-symbolic", _("Contributions"), _("Months, bases and what was credited"));
  add_fact (what, "zifu-family-symbolic", _("Person and family"), _("Name, birthday, insurance, and who shares the account"));
  gtk_box_append (GTK_BOX (self->offer_box), who);
  gtk_box_append (GTK_BOX (self->offer_box), what);
  gtk_box_append (GTK_BOX (self->offer_box),
                  zifu_ui_note (_("Read-only. The data stay on this computer, and you can disconnect and delete them at any time. Your "
                                  "password is typed at the provider only."),
                                "zifu-info-symbolic", "quiet"));
  add_clock (self);
  gtk_widget_set_visible (self->no_keyring, !lasting);
  gtk_widget_set_visible (self->use_code, self->offer->issuer->device_url != NULL);
  _zifu_connect_window_set_step (self, "offer");
}

static void
add_choice (ZifuConnectWindow *self, const char *name, const char *subtitle, gboolean chosen, GtkWidget **group)
{
  GtkWidget *row = zifu_ui_text_row (name, subtitle), *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  if (*group != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (*group));
  *group = *group != NULL ? *group : check;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), chosen);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data (G_OBJECT (row), "check", check);
  g_signal_connect_object (check, "toggled", G_CALLBACK (who_selected_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->who_list), row);
  g_ptr_array_add (g_object_get_data (G_OBJECT (self->who_list), "checks"), check);
}

/*
 * _zifu_connect_window_show_who:
 *
 * Asks whose account it is: somebody of the household who has no connection yet, or somebody new.
 */
void
_zifu_connect_window_show_who (ZifuConnectWindow *self)
{
  g_autoptr (GPtrArray) members = zifu_session_list_members (self->session);
  const char *name = self->account->person->psn_name;
  /* Translators: {1} is a name. */
  g_autofree char *title = zifu_words_fill (_("The provider says: this is the account of {1}."), name, NULL);
  GtkWidget *group = NULL;
  gboolean found = FALSE;

  gtk_label_set_text (GTK_LABEL (self->who_title), title);
  g_ptr_array_set_size (self->members, 0);
  g_object_set_data_full (G_OBJECT (self->who_list), "checks", g_ptr_array_new (), (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);
      gboolean same = g_str_equal (member->name, name);

      if (zifu_sync_center_find (self->center, member->id) != NULL || member->provenance == ZIFU_PROVENANCE_SAMPLE)
        continue;
      g_ptr_array_add (self->members, zifu_member_copy (member));
      add_choice (self, member->name, NULL, same && !found, &group);
      found = found || same;
    }
  /* With nobody else there is nothing to choose, and a lone mark would look as if it could be taken away. */
  if (self->members->len > 0)
    add_choice (self, _("Somebody new in this household"), NULL, !found, &group);
  else
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->who_list), zifu_ui_text_row (_("Somebody new in this household"), NULL));
  if (self->regions->len == 0)
    zifu_person_offer_regions (ADW_COMBO_ROW (self->who_region), zifu_session_get_library (self->session), self->regions,
                               members->len > 0 ? ((const ZifuMember *) g_ptr_array_index (members, 0))->region : NULL);
  who_selected_cb (self);
  _zifu_connect_window_set_step (self, "who");
}

/*
 * _zifu_connect_window_get_member:
 *
 * Returns: the person that was chosen; 0 = somebody new
 */
gint64
_zifu_connect_window_get_member (ZifuConnectWindow *self)
{
  const GPtrArray *checks = g_object_get_data (G_OBJECT (self->who_list), "checks");

  for (guint i = 0; checks != NULL && i < checks->len && i < self->members->len; i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (g_ptr_array_index (checks, i))))
      return ((const ZifuMember *) g_ptr_array_index (self->members, i))->id;
  return 0;
}

/*
 * _zifu_connect_window_dup_newcomer:
 *
 * Returns: (transfer full): the new person, as far as the provider and the choices say
 */
ZifuMember *
_zifu_connect_window_dup_newcomer (ZifuConnectWindow *self)
{
  g_autoptr (GPtrArray) members = zifu_session_list_members (self->session);
  guint region = adw_combo_row_get_selected (ADW_COMBO_ROW (self->who_region));

  return zifu_connect_account_dup_newcomer (self->account, members,
                                            region < self->regions->len ? g_ptr_array_index (self->regions, region) : NULL);
}

/*
 * _zifu_connect_window_set_description:
 * @text: plain text
 *
 * Sets what stands below the title of a page.
 */
void
_zifu_connect_window_set_description (AdwStatusPage *page, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_status_page_set_description (page, markup);
}

/*
 * _zifu_connect_window_show_error:
 * @error: why it does not go on
 * @back: (nullable): the step from which it can be tried again
 *
 * Says so.
 */
void
_zifu_connect_window_show_error (ZifuConnectWindow *self, const GError *error, const char *back)
{
  g_autofree char *text = zifu_ui_error_text (error);

  g_free (self->back);
  self->back = g_strdup (back);
  _zifu_connect_window_set_description (self->error, text);
  _zifu_connect_window_set_step (self, "error");
}

/*
 * _zifu_connect_window_show_done:
 *
 * Says what arrived, whether it adds up, and until when it may be read.
 */
void
_zifu_connect_window_show_done (ZifuConnectWindow *self)
{
  const ZifuConnection *connection = zifu_sync_center_get (self->center, self->connection_id);
  gboolean good;
  g_autofree char *state = NULL;
  g_autofree char *consent = NULL;
  g_autofree char *clock = NULL;
  g_autoptr (GString) text = NULL;

  if (connection == NULL)
    return;
  good = connection->verdict == ZIFU_CONNECTION_VERIFIED;
  state = zifu_sync_words_state (connection);
  consent = zifu_sync_words_consent (connection);
  clock = zifu_sync_words_clock (connection->clock_skew_s, connection->tried_at);
  text = g_string_new (state);
  if (consent != NULL)
    g_string_append_printf (text, "\n%s", consent);
  if (clock != NULL)
    g_string_append_printf (text, "\n\n%s", clock);
  adw_status_page_set_icon_name (self->done, good ? "zifu-ok-symbolic" : "dialog-warning-symbolic");
  adw_status_page_set_title (self->done, good ? _("Connected") : _("Connected, With a Question"));
  _zifu_connect_window_set_description (self->done, text->str);
  _zifu_connect_window_set_step (self, "done");
}
