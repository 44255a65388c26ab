#!/usr/bin/env python3
"""Makes web/outlines.json, the outlines of the map, from npm's world-atlas.

    tools/outlines.py FOLDER > web/outlines.json

FOLDER is what world-atlas-2.0.2.tgz holds (sha256
032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97). It is
Natural Earth's 1:110m, in the public domain, as TopoJSON. All we draw are its
arcs, coasts and borders alike: each a list of steps in whole numbers.
"""
import json
import pathlib
import sys


def main():
    whole = json.loads((pathlib.Path(sys.argv[1]) / "countries-110m.json").read_text())
    arcs = [[number for point in arc for number in point] for arc in whole["arcs"]]
    json.dump({"scale": whole["transform"]["scale"], "translate": whole["transform"]["translate"],
               "arcs": arcs}, sys.stdout, separators=(",", ":"))
    print()


if __name__ == "__main__":
    main()
