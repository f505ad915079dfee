/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Everything that the other rooms of the house may use of the engine. */
#include "zifu-account.h"
#include "zifu-asked.h"
#include "zifu-compare.h"
#include "zifu-condition.h"
#include "zifu-date.h"
#include "zifu-error.h"
#include "zifu-expr.h"
#include "zifu-goal.h"
#include "zifu-money.h"
#include "zifu-pack.h"
#include "zifu-person.h"
#include "zifu-range.h"
#include "zifu-rational.h"
#include "zifu-rule.h"
#include "zifu-settle.h"
#include "zifu-settlement.h"
#include "zifu-value.h"
#include "zifu-visit.h"
