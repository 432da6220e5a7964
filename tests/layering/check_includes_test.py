#!/usr/bin/env python3
"""Plants one violation of each rule, to see that check_includes.py is awake."""

import tempfile
import unittest
from pathlib import Path

from check_includes import problems


class CheckIncludes(unittest.TestCase):
    def found(self, files, public=()):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return list(problems(Path(folder), set(public)))

    def assert_found(self, files, place, public=()):
        found = self.found(files, public)
        self.assertEqual(len(found), 1, found)
        self.assertTrue(found[0].startswith(place + ": "), found[0])

    def test_left_is_fine(self):
        self.assertEqual(self.found({"query/a.cc": '#include <vector>\n#include "query/a.h"\n#include "graph/id.h"\n',
                                     "store/b.cc": '#include "rocksdb/db.h"\n#include "schema/wire.capnp.h"\n',
                                     "graph/c.cc": "#include <boost/graph/dominator_tree.hpp>\n",
                                     "tests/d.cc": '#include "rocksdb/db.h"\n'}), [])

    def test_right_is_not(self):
        self.assert_found({"graph/a.cc": '// idea\n#include "store/b.h"\n'}, "graph/a.cc:2")
        self.assert_found({"schema/a.h": "#  include <query/b.h>\n"}, "schema/a.h:1")

    def test_paths_start_at_the_root(self):
        self.assert_found({"graph/a.cc": '#include "../store/b.h"\n'}, "graph/a.cc:1")
        self.assert_found({"store/a.cc": '#include "b.h"\n', "store/b.h": ""}, "store/a.cc:1")

    def test_the_engine_stays_in_the_store(self):
        self.assert_found({"query/a.cc": "#include <rocksdb/db.h>\n"}, "query/a.cc:1")
        self.assert_found({"schema/a.cc": '#include "schema/wire.capnp.h"\n'}, "schema/a.cc:1")
        self.assert_found({"tools/a.cc": "#include <kj/io.h>\n"}, "tools/a.cc:1")
        self.assert_found({"store/a.h": "#include <capnp/message.h>\n"}, "store/a.h:1", public=["store/a.h"])

    def test_boost_graph_stays_in_graph(self):
        self.assert_found({"graph/a.h": "#include <boost/graph/graph_traits.hpp>\n"}, "graph/a.h:1")
        self.assert_found({"query/a.cc": "#include <boost/graph/graph_traits.hpp>\n"}, "query/a.cc:1")
        self.assert_found({"graph/a.h": '#include "graph/image_bgl.h"\n',
                           "graph/image_bgl.h": "#include <boost/graph/graph_traits.hpp>\n"}, "graph/a.h:1")

    def test_what_is_public_shows_only_what_is_public(self):
        self.assert_found({"graph/a.h": '#include "graph/inner.h"\n'}, "graph/a.h:1", public=["graph/a.h"])
        self.assert_found({"tools/a.cc": '#include "query/inner.h"\n'}, "tools/a.cc:1", public=["query/a.h"])
        self.assertEqual(self.found({"tools/a.cc": '#include "query/a.h"\n#include "tools/b.h"\n'}, ["query/a.h"]), [])


if __name__ == "__main__":
    unittest.main()
