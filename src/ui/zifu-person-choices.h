/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-ledger.h"
#include "zifu-engine.h"
#include "zifu-pack-library.h"

G_BEGIN_DECLS

/* What stands behind the choices of the person form, each list ended by NULL. */
extern const char *const zifu_person_relations[];
extern const char *const zifu_person_sexes[];
extern const char *const zifu_person_insurances[];
extern const char *const zifu_person_statuses[];

void        zifu_person_choose (AdwComboRow *row, const char *const *values, const char *value);
const char *zifu_person_chosen (AdwComboRow *row, const char *const *values);
void        zifu_person_choices_fill (AdwComboRow *relation, AdwComboRow *sex, AdwComboRow *insurance, AdwComboRow *status);
void        zifu_person_offer_regions (AdwComboRow *row, ZifuPackLibrary *library, GPtrArray *regions, const char *wanted);
void        zifu_person_offer_classes (AdwComboRow *row, ZifuPack *pack, const char *wanted);
gboolean    zifu_person_choose_class (AdwComboRow *row, const char *value);
const char *zifu_person_chosen_class (AdwComboRow *row);
void        zifu_person_choices_state (ZifuFacts *facts, const ZifuMember *member);

G_END_DECLS
