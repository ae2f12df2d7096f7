"""Compare the derived cues with hand-written ones: `python -m tests.cues`."""

from __future__ import annotations

from exporter.cues import extract_cues
from tests.cues.measure import cribs, measure, seed


def main() -> None:
    questions = seed()
    known = cribs()
    for question in questions:
        if question.number in known:
            print(f"{question.number:>3}  {' · '.join(extract_cues(question))}")
            print(f"     {known[question.number]}")
    result = measure(questions)
    print(f"recall {result.recall:.2f}, precision {result.precision:.2f}, F1 {result.f1:.2f}")
    print(f"{result.words:.0f} words an answer")


if __name__ == "__main__":
    main()
