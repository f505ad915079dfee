#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No widget or call that is missing at the floor of the libraries, or that a later release deprecates.

    widgets.py ROOT

The version macros of the libraries see C alone: window descriptions and style sheets are looked through here.  src/compat may
call what is newer, between version checks.
"""
import re
import sys

import common

# Deprecated after the floor, or added after it.
TYPES = """AdwLeaflet AdwFlap AdwSqueezer AdwViewSwitcherTitle AdwPreferencesWindow AdwMessageDialog AdwAboutWindow AdwBanner AdwTabButton
AdwTabOverview AdwBreakpoint AdwBreakpointBin AdwNavigationView AdwNavigationPage AdwNavigationSplitView AdwOverlaySplitView AdwToolbarView AdwSpinRow
AdwSwitchRow AdwDialog AdwAlertDialog AdwAboutDialog AdwPreferencesDialog AdwBottomSheet AdwButtonRow AdwSpinner AdwMultiLayoutView AdwToggleGroup
AdwInlineViewSwitcher AdwWrapBox AdwShortcutsDialog AdwSidebar AdwEnumListModel
GtkDialog GtkMessageDialog GtkFileChooserDialog GtkFileChooserNative GtkFileChooserWidget GtkFileChooser GtkColorChooser GtkColorButton GtkFontChooser
GtkFontButton GtkAppChooser GtkTreeView GtkTreeModel GtkTreeStore GtkListStore GtkIconView GtkComboBox GtkComboBoxText GtkCellRenderer
GtkCellRendererText GtkCellArea GtkEntryCompletion GtkInfoBar GtkStatusbar GtkAssistant GtkLockButton GtkVolumeButton GtkStyleContext
GtkFileDialog GtkAlertDialog GtkUriLauncher GtkFileLauncher GtkColorDialog GtkFontDialog""".split()
CALLS = """gtk_show_uri gtk_show_uri_full gtk_widget_show gtk_widget_hide gtk_widget_get_color gtk_accessible_announce gtk_widget_get_allocation
gtk_widget_get_allocated_width gtk_widget_get_allocated_height gtk_widget_translate_coordinates gtk_css_provider_load_from_data
adw_action_row_set_icon_name adw_action_row_get_icon_name adw_expander_row_add_action g_set_str g_task_set_static_name""".split()
# Properties of the window descriptions: an icon of a row is a widget of its own.
STYLE = [(r"@media\b", "media queries"), (r"\bvar\s*\(", "variables"), (r":root\b", "variables")]


def stem(name):
    """GtkFileDialog: the prefix of its functions, gtk_file_dialog_, and of its macros."""
    lower = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    return [lower + "_", lower.upper() + "\\b", lower.replace("_", "_TYPE_", 1).upper() + "\\b"]


def c_pattern():
    # gtk_dialog_ must not meet gtk_dialog_of_ours: all names of the library begin there, ours never do.
    names = [n + "\\b" for n in TYPES]
    for n in TYPES:
        names += stem(n)
    # One call of a deprecated interface is not deprecated itself.
    return re.compile(r"\b(?!gtk_style_context_(?:add|remove)_provider_for_display)(?:" + "|".join(names + [c + r"\s*\(" for c in CALLS]) + ")")


def check(root):
    problems = []
    pattern, named = c_pattern(), re.compile(r"[\"'](" + "|".join(TYPES) + r")[\"']")
    for path in common.files(root, ["src", "data"], [".c", ".h"]):
        if path.startswith("src/compat/"):
            continue
        for number, line in enumerate(common.without_comments(common.read(root, path), strings=True).split("\n"), 1):
            problems += [f"{path}:{number}: {m.group(0)}" for m in pattern.finditer(line)]
            if re.search(r"\b(?:GTK|ADW|GLIB)_CHECK_VERSION\b|_IGNORE_DEPRECATIONS\b", line):
                problems.append(f"{path}:{number}: versions are told apart in src/compat alone")
    for path in common.files(root, ["src", "data"], [".ui"]):
        for number, line in enumerate(common.read(root, path).split("\n"), 1):
            problems += [f"{path}:{number}: {m.group(1)}" for m in named.finditer(line)]
    sheets = common.files(root, ["src", "data"], [".css"])
    problems += [f"{path}: one style sheet, style.css, for every scheme" for path in sheets if not path.endswith("/style.css")]
    for path in sheets:
        text = re.sub(r"/\*.*?\*/", "", common.read(root, path), flags=re.DOTALL)
        problems += [f"{path}: {what} are unknown at the floor" for pattern, what in STYLE if re.search(pattern, text)]
    for path in common.files(root, ["meson.build", "src", "data", "tests"], ["meson.build"]):
        if re.search(r"-Wno-(?:error=)?deprecated", common.read(root, path)):
            problems.append(f"{path}: deprecations are errors everywhere")
    problems += compat(root)
    return problems


def compat(root):
    """The door to newer calls stays small."""
    headers = common.files(root, ["src/compat"], [".h"])
    sources = common.files(root, ["src/compat"], [".c"])
    count = sum(len(re.findall(r"\bzifu_compat_\w+\s*\(", common.without_comments(common.read(root, p)))) for p in headers)
    problems = [f"src/compat: {count} functions; eight are enough"] if count > 8 else []
    return problems + ([f"src/compat: {len(sources)} sources; two are enough"] if len(sources) > 2 else [])


if __name__ == "__main__":
    common.report("widgets", sys.argv[1], check, [
        ("class-in-ui", {"src/ui/a.ui": '<object class="AdwBanner"/>\n'}, "AdwBanner"),
        ("parent-in-ui", {"src/ui/a.ui": '<template class="A" parent="GtkDialog"/>\n'}, "GtkDialog"),
        ("call", {"src/ui/a.c": "x = gtk_file_dialog_new ();\n"}, "gtk_file_dialog_"),
        ("macro", {"src/ui/a.c": "g_object_new (GTK_TYPE_INFO_BAR, NULL);\n"}, "GTK_TYPE_INFO_BAR"),
        ("show", {"src/ui/a.c": "gtk_widget_show (w);\n"}, "gtk_widget_show"),
        ("newer-glib", {"src/engine/a.c": "g_set_str (&a, b);\n"}, "g_set_str"),
        ("version-check", {"src/ui/a.c": "#if GTK_CHECK_VERSION (4, 10, 0)\n#endif\n"}, "src/compat alone"),
        ("silenced", {"src/ui/meson.build": "c_args: '-Wno-deprecated-declarations'\n"}, "deprecations"),
        ("media-query", {"data/style.css": "@media (prefers-contrast: more) {}\n"}, "media"),
        ("dark-sheet", {"data/style-dark.css": "a {}\n"}, "one style sheet"),
        ("wide-door", {"src/compat/a.h": "".join(f"void zifu_compat_{c} (void);\n" for c in "abcdefghi")}, "9 functions"),
    ], {"src/ui/a.c": "/* GtkDialog */ const char *s = \"AdwBanner\"; gtk_widget_set_visible (w, TRUE); gtk_widget_show_tooltip (w); zifu_dialog_new ();\n",
        "src/ui/a.ui": "<!-- GtkDialogs --><object class=\"AdwActionRow\"/>\n", "src/compat/a.c": "gtk_uri_launcher_new (u);\n"})
