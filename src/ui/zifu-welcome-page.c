/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-welcome-page.h"

#include "zifu-ui-rows.h"

struct _ZifuWelcomePage
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (ZifuWelcomePage, zifu_welcome_page, GTK_TYPE_WIDGET)

static void
zifu_welcome_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZIFU_TYPE_WELCOME_PAGE);
  zifu_ui_drop_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (zifu_welcome_page_parent_class)->dispose (object);
}

static void
zifu_welcome_page_class_init (ZifuWelcomePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zifu_welcome_page_dispose;

  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/org/zifu/Zifu/ui/zifu-welcome-page.ui");
}

static void
zifu_welcome_page_init (ZifuWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zifu_welcome_page_new:
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
zifu_welcome_page_new (void)
{
  return g_object_new (ZIFU_TYPE_WELCOME_PAGE, NULL);
}
