"""A visit's brief as a page of its own, made for A4: no script, nothing fetched, every name as escaped text."""

from __future__ import annotations

from markupsafe import Markup

from analysis.brief import SOURCES, Brief, about, cited, title, written
from graph.harmless import clean
from maps.inline import part, policy, rendered
from maps.labels import language


def page(brief: Brief, lang: str = "zh") -> str:
    """A complete HTML document; same input, same text. Raises LiantuError for another language."""
    language(lang)
    style = part("brief.css")
    sections = [{"name": name, "lines": [{"text": clean(text), "marks": marks} for text, marks in lines]}
                for name, lines in written(brief, lang)]
    return rendered("brief.html", lang=lang, audience=brief.audience, title=clean(title(brief, lang)),
                    meta=[clean(word) for word in about(brief, lang)], sections=sections,
                    notes=[clean(note[lang == "en"]) for note in brief.notes], sources_name=SOURCES[lang == "en"],
                    sources=[clean(one) for one in cited(brief, lang)], style=Markup(style), policy=policy(style))
