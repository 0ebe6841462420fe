"""From a page of HTML to the article in it; trafilatura does the finding (docs/decisions/0002).

Comments, attributes, scripts and hidden markup never become text. Offsets of everything later point into the extracted
text, which the answer carries.
"""

from __future__ import annotations

from typing import Any

from service.domain.text import Article
from service.errors import NoArticleInPage

#: Below this many characters of running text a page holds no article (a menu, an error page, a stub).
_LEAST_CHARS = 80


def extract_article(html: str) -> Article:
    """The article in a page: its text, with title, outlet and publication date where the page states them.

    Raises ``NoArticleInPage`` where no running text is found.
    """
    document = _extracted(html)
    text = (getattr(document, "text", None) or "").strip()
    if len(text) < _LEAST_CHARS:
        raise NoArticleInPage(
            "No article was found in this HTML. Submit the article's text itself, or a page that contains it in full "
            "(pages that load their text by script do not)."
        )
    published = getattr(document, "date", None)
    return Article(
        text=text,
        title=getattr(document, "title", None) or None,
        url=getattr(document, "url", None) or None,
        outlet=getattr(document, "sitename", None) or None,
        published=published or None,
    )


def _extracted(html: str) -> Any:
    # imported here: a second of imports that plain text never needs
    from trafilatura import bare_extraction

    try:
        return bare_extraction(html, with_metadata=True, include_comments=False, include_tables=False)
    except Exception as error:  # the parser's own failures on broken markup are many; all mean the same to a user
        raise NoArticleInPage("This HTML could not be parsed. Submit the article's text itself.") from error
