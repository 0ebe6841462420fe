"""English is known by its function words; other languages are named."""

from __future__ import annotations

import pytest

from service.language.identify import identify


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The two ministers met in Geneva on Friday for talks that lasted two hours, an official said.", "en"),
        ("Trump and Putin share brief handshake in Vietnam", "en"),
        ("Die beiden Minister trafen sich am Freitag in Genf zu Gesprächen von zwei Stunden, sagte ein Sprecher.", "de"),
        ("Les deux ministres se sont rencontrés vendredi à Genève pour des entretiens qui ont duré deux heures.", "fr"),
        ("Los dos ministros se reunieron el viernes en Ginebra para mantener conversaciones durante dos horas.", "es"),
        ("Министры встретились в пятницу в Женеве и два часа беседовали, сообщил представитель.", "ru"),
        ("两位部长星期五在日内瓦会晤，进行了两个小时的会谈，一位发言人说。", "zh"),
        ("Der Minister war in Berlin, was in Paris gefiel.", "de"),
        ("The minister met the envoy.", "en"),
        ("Oil prices rose sharply Monday", "en"),
        ("1234 … 5678", None),
        ("hello world", None),
        ("Zorblatt Quimby", None),
    ],
)
def test_language_of_a_text(text: str, code: str | None) -> None:
    """Short and long texts in several scripts get their code; text without words, or with too few to tell, gets none."""
    assert identify(text) == code
