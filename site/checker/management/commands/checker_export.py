import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from checker.management.source import add_source_arguments, chosen_ruleset


class Command(BaseCommand):
    help = "Print the questions of a checker, in order, with their options, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        add_source_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        ruleset = chosen_ruleset(options)
        questions = [
            {
                "key": question.key,
                "text": question.text,
                "options": [{"key": o.key, "text": o.text} for o in question.options],
            }
            for question in ruleset.asking_order
        ]
        self.stdout.write(json.dumps({"questions": questions}, indent=2, ensure_ascii=False))
