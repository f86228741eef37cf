"""Translates the SAM templates on standard input, by name, with AWS's translator."""
import json
import os
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")

from samtranslator.parser.parser import Parser  # noqa: E402
from samtranslator.translator.translator import Translator  # noqa: E402

translated = {}
for name, template in json.load(sys.stdin).items():
    template.pop("Conditions", None)
    translated[name] = Translator({}, Parser()).translate(template, {})
json.dump(translated, sys.stdout)
