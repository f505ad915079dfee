/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-private.h"

typedef ZifuErrorDetail ZifuErrorPrivate;

static void
zifu_error_private_init (ZifuErrorPrivate *detail)
{
  *detail = (ZifuErrorPrivate){ 0 };
}

static void
zifu_error_private_copy (const ZifuErrorPrivate *from, ZifuErrorPrivate *to)
{
  to->where = g_strdup (from->where);
  to->template_ = from->template_;
  for (guint i = 0; i < G_N_ELEMENTS (to->args); i++)
    to->args[i] = g_strdup (from->args[i]);
}

static void
zifu_error_private_clear (ZifuErrorPrivate *detail)
{
  g_clear_pointer (&detail->where, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (detail->args); i++)
    g_clear_pointer (&detail->args[i], g_free);
}

/**
 * zifu_error_quark:
 *
 * Returns: the domain of the errors of the engine and of the policy loader
 */
G_DEFINE_EXTENDED_ERROR (ZifuError, zifu_error)

/**
 * zifu_error_detail:
 * @error: an error
 *
 * Returns: (nullable) (transfer none): what the error says as data; %NULL for an error of another domain
 */
const ZifuErrorDetail *
zifu_error_detail (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return error->domain == ZIFU_ERROR ? zifu_error_get_private (error) : NULL;
}

/**
 * zifu_template_fill:
 * @template_: a text with {1}, {2} … where arguments belong
 * @args: (array length=n_args) (nullable): the arguments, each nullable
 * @n_args: how many
 *
 * Returns: (transfer full): the text with its arguments; an argument that is %NULL leaves nothing
 */
char *
zifu_template_fill (const char *template_, const char *const *args, guint n_args)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (template_ != NULL, NULL);

  for (const char *p = template_; *p != '\0'; p++)
    {
      if (p[0] == '{' && p[1] >= '1' && p[1] <= '9' && p[2] == '}' && (guint) (p[1] - '1') < n_args)
        {
          const char *arg = args[p[1] - '1'];

          g_string_append (out, arg != NULL ? arg : "");
          p += 2;
        }
      else
        g_string_append_c (out, *p);
    }
  return g_string_free (out, FALSE);
}

static char *
compose (const ZifuErrorDetail *detail)
{
  g_autofree char *text = zifu_template_fill (detail->template_, (const char *const *) detail->args, G_N_ELEMENTS (detail->args));

  return detail->where != NULL ? g_strconcat (detail->where, ": ", text, NULL) : g_steal_pointer (&text);
}

/**
 * zifu_error_set:
 * @error: (nullable): where the error goes
 * @code: its kind
 * @where: (nullable): JSON pointer, file or rule that it is about
 * @template_: (transfer none): a static English message with {1}, {2}, {3}, marked for translation
 * @arg1: (nullable): what {1} stands for
 * @arg2: (nullable): what {2} stands for
 * @arg3: (nullable): what {3} stands for
 *
 * Sets an error of the domain %ZIFU_ERROR.  Its text is "WHERE: MESSAGE" in English; zifu_error_detail() has its pieces.
 */
void
zifu_error_set (GError **error, ZifuError code, const char *where, const char *template_, const char *arg1, const char *arg2,
                const char *arg3)
{
  GError *made;
  ZifuErrorPrivate *detail;

  if (error == NULL)
    return;
  g_return_if_fail (*error == NULL);

  made = g_error_new_literal (ZIFU_ERROR, (int) code, "");
  detail = zifu_error_get_private (made);
  detail->where = g_strdup (where);
  detail->template_ = template_;
  detail->args[0] = g_strdup (arg1);
  detail->args[1] = g_strdup (arg2);
  detail->args[2] = g_strdup (arg3);
  g_free (made->message);
  made->message = compose (detail);
  *error = made;
}

/**
 * zifu_error_prefix:
 * @error: (nullable): an error that was set
 * @where: what goes before its place, such as "FILE#"
 *
 * Says more precisely where an error happened.  Errors of other domains get the prefix in their text.
 */
void
zifu_error_prefix (GError **error, const char *where)
{
  ZifuErrorPrivate *detail;
  char *longer;

  if (error == NULL || *error == NULL)
    return;
  if ((*error)->domain != ZIFU_ERROR)
    {
      g_prefix_error (error, "%s: ", where);
      return;
    }
  detail = zifu_error_get_private (*error);
  longer = g_strconcat (where, detail->where, NULL);
  g_free (detail->where);
  detail->where = longer;
  g_free ((*error)->message);
  (*error)->message = compose (detail);
}

/* Sets the one error of arithmetic, and returns FALSE for the caller's convenience. */
gboolean
zifu_error_overflow (GError **error, const char *where)
{
  zifu_error_set (error, ZIFU_ERROR_OVERFLOW, where, N_ ("a number is too large or too fine to be calculated exactly"), NULL, NULL, NULL);
  return FALSE;
}
