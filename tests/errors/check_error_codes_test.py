#!/usr/bin/env python3
"""Plants one mistake of each kind, to see that check_error_codes.py is awake."""

import tempfile
import unittest
from pathlib import Path

from check_error_codes import problems

GOOD = "inline constexpr int kUnknownRelation = 3004;  // a relation that the ontology does not declare\n"


class CheckErrorCodes(unittest.TestCase):
    def found(self, docs, **headers):
        with tempfile.TemporaryDirectory() as folder:
            texts = {"docs/errors.md": docs} | {f"{name}/error_codes.h": text for name, text in headers.items()}
            for name, text in texts.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return list(problems(Path(folder)))

    def test_good_ones_pass_and_no_folder_needs_any(self):
        self.assertEqual(self.found("### E3004: unknown relation\n", schema=GOOD), [])
        self.assertEqual(self.found("# Errors\n"), [])

    def test_each_mistake_is_found(self):
        for wanted, docs, headers in [
            ("has no heading", "", {"schema": GOOD}),
            ("no error_codes.h gives E3005", "### E3004\n### E3005\n", {"schema": GOOD}),
            ("already", "### E3004\n### E3004\n", {"schema": GOOD}),
            ("3004 is taken", "### E3004\n", {"schema": GOOD + GOOD.replace("kUnknown", "kOther")}),
            ("not in store's ranges", "### E3004\n", {"store": GOOD}),
            ("does not say", "### E3004\n", {"schema": GOOD.split("//")[0].rstrip() + "\n"}),
            ("write codes as", "", {"schema": "enum { kUnknownRelation = 3004 };\n"}),
        ]:
            found = self.found(docs, **headers)
            self.assertEqual(len(found), 1, found)
            self.assertIn(wanted, found[0])


if __name__ == "__main__":
    unittest.main()
