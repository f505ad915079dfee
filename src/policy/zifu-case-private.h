/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-case-file.h"

G_BEGIN_DECLS

/** ZIFU_CASE_MAX_VISITS: more visits than a year can hold; their sums stay far inside 64 bits. */
#define ZIFU_CASE_MAX_VISITS 500

struct _ZifuCaseFile {
  char         *file;     /* owned: as messages name it */
  char         *id;       /* owned */
  JsonNode     *root;     /* owned */
  JsonObject   *expect;   /* nullable, inside @root */
  GError       *refusal;  /* nullable: why the rest could not be read, in a case that expects an error */
  ZifuCompute   compute;
  ZifuPack     *pack;
  gboolean      inline_pack; /* the pack stands in the case itself */
  ZifuPerson   *person;
  GPtrArray    *visits;   /* of ZifuVisit */
  gboolean      several;  /* the case says "visits" */
  ZifuUnknownAs unknown_as;
  char         *benefit;  /* nullable */
  ZifuDate      date;
  ZifuMonth     from, to;
};

G_END_DECLS
