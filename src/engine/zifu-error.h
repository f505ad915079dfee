/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ZIFU_ERROR (zifu_error_quark ())

/**
 * ZifuError:
 * @ZIFU_ERROR_INPUT: a value of the person, the visit or the bill cannot be used
 * @ZIFU_ERROR_POLICY: a rule of the pack cannot be used
 * @ZIFU_ERROR_CONFLICT: two rules fit equally well and disagree
 * @ZIFU_ERROR_MISSING: something that the rules need (an axis, a rule, an index) is not there
 * @ZIFU_ERROR_UNKNOWN_FIGURE: a figure exists but was not found, and the computation needs it
 * @ZIFU_ERROR_OVERFLOW: a number left the range in which the engine is exact
 * @ZIFU_ERROR_NOT_FOUND: no pack or file of this name
 * @ZIFU_ERROR_FILE: a file cannot be read, is empty, or is not UTF-8
 * @ZIFU_ERROR_SYNTAX: a text is not JSON, or nested too deeply
 * @ZIFU_ERROR_SCHEMA: a field is unknown, missing or of the wrong kind
 *
 * Why the engine, or the policy loader above it, refused.  What is shown to people depends on the code and on
 * zifu_error_detail(), never on the text.
 */
typedef enum {
  ZIFU_ERROR_INPUT,
  ZIFU_ERROR_POLICY,
  ZIFU_ERROR_CONFLICT,
  ZIFU_ERROR_MISSING,
  ZIFU_ERROR_UNKNOWN_FIGURE,
  ZIFU_ERROR_OVERFLOW,
  ZIFU_ERROR_NOT_FOUND,
  ZIFU_ERROR_FILE,
  ZIFU_ERROR_SYNTAX,
  ZIFU_ERROR_SCHEMA,
} ZifuError;

/**
 * ZifuErrorDetail:
 * @where: a JSON pointer (with the file before it when there is one), or the id of a rule
 * @template_: an English message marked for translation with N_(), with {1}, {2} and {3} for the arguments
 * @args: (array length=3): the arguments, each nullable
 *
 * An error as data, so that it can be told in another language (zifu_words_error()).  The text of the GError is
 * "WHERE: MESSAGE" in English.
 */
typedef struct {
  char       *where;
  const char *template_; /* static */
  char       *args[3];
} ZifuErrorDetail;

GQuark                 zifu_error_quark (void);
const ZifuErrorDetail *zifu_error_detail (const GError *error);
void                   zifu_error_set (GError **error, ZifuError code, const char *where, const char *template_, const char *arg1,
                                       const char *arg2, const char *arg3);
void                   zifu_error_prefix (GError **error, const char *where);
char                  *zifu_template_fill (const char *template_, const char *const *args, guint n_args);

G_END_DECLS
