"""The words that corruptions put in: names and places that no article of ours has, and counterparts of what is there."""

from __future__ import annotations

from service.language import calendar_units

FOREIGN_PEOPLE = (
    "Marguerite Oyelaran", "Tobias Lindqvist", "Rosalind Achterberg", "Kwabena Darko", "Ingrid Solheim",
    "Hector Villanueva", "Priya Raghunathan", "Anton Bezrukov", "Fatoumata Keita", "Desmond Hargreaves",
    "Yuki Tanabe", "Leila Haddadi",
)  # fmt: skip
FOREIGN_PLACES = (
    "Montevideo", "Tashkent", "Reykjavik", "Windhoek", "Vientiane", "Tegucigalpa", "Antananarivo", "Bratislava",
    "Nouakchott", "Podgorica", "Thimphu", "Suva",
)  # fmt: skip
DAYS = tuple(day.capitalize() for day in calendar_units.WEEKDAYS)
MONTHS = tuple(month.capitalize() for month in calendar_units.MONTHS)
ROLES = (
    "president", "prime minister", "foreign minister", "finance minister", "defence minister", "ambassador", "spokesman",
    "spokeswoman", "mayor", "governor", "senator", "judge", "coach", "captain", "chief executive", "chairman", "director",
    "secretary", "minister", "chancellor", "king", "queen", "professor", "lawyer", "doctor", "teacher", "envoy", "mediator",
)  # fmt: skip
UNITS = {
    "million": "billion", "billion": "million", "thousand": "million", "hours": "weeks", "hour": "week", "minutes": "hours",
    "days": "months", "weeks": "years", "months": "weeks", "years": "months", "kilometres": "miles", "miles": "metres",
    "metres": "kilometres", "percent": "million", "per cent": "million", "%": " million", "dollars": "euros",
    "euros": "dollars", "pounds": "dollars", "tonnes": "kilograms", "degrees": "percent", "year": "month", "week": "decade",
    "day": "month", "month": "year",
}  # fmt: skip
EXTREMES = {
    "first": "last", "last": "first", "largest": "smallest", "biggest": "smallest", "highest": "lowest", "lowest": "highest",
    "best": "worst", "worst": "best", "most": "least", "least": "most", "more than": "fewer than", "fewer than": "more than",
    "less than": "more than", "at least": "at most", "oldest": "youngest", "youngest": "oldest", "longest": "shortest",
    "over": "under", "above": "below", "below": "above", "up to": "more than", "nearly": "more than", "almost": "more than",
    "higher": "lower", "lower": "higher", "bigger": "smaller", "earlier": "later", "later": "earlier", "only": "not only",
}  # fmt: skip
HARDER = {
    "may": "will", "might": "will", "could": "will", "would": "did", "should": "must", "plans to": "managed to",
    "plan to": "managed to", "planned to": "managed to", "hopes to": "managed to", "hope to": "managed to",
    "hoped to": "managed to", "intends to": "managed to", "expected to": "certain to", "is expected to": "did",
    "are expected to": "did", "allegedly": "certainly", "reportedly": "certainly", "alleged": "proven",
    "suspected": "convicted", "possible": "certain", "likely": "certain", "proposed": "adopted", "considering": "adopting",
    "will": "did", "scheduled to": "unable to", "wants to": "managed to", "want to": "managed to", "aims to": "managed to",
    "potential": "proven", "possibly": "certainly", "probably": "certainly", "can": "must",
}  # fmt: skip
QUANTITIES = {
    "all": "none", "every": "no", "none": "all", "some": "all", "most": "none", "many": "no", "few": "most",
    "both": "neither", "half": "all", "several": "no", "each": "no", "a few": "all", "any": "every",
}  # fmt: skip
ORDER = {"before": "after", "after": "before", "since": "until", "until": "since", "during": "before", "while": "after"}
AUXILIARIES = "is are was were has have had will would can could should did does do may might must".split()
REPORTING = "said says told added announced claimed claims insisted warned argued stated explained confirmed denied".split()
INVENTED = (
    "{name} was taken to hospital with a broken ankle the same evening.",
    "{name} later sold the vineyard to a rival brewery.",
    "{name} is also under investigation for smuggling rare orchids.",
    "A volcanic eruption forced {name} to cancel the rest of the tour.",
    "{name} then resigned, citing exhaustion.",
    "{name} was awarded a silver medal for rowing in the afternoon.",
)
ADDED = (" in {place}", " with {person}", " at a ceremony in {place}", " after a cyberattack", " for the ninth time")
FUNCTION_CAPITALS = frozenset("The A An In On At He She It They We I But And".split())
