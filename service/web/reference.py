"""The page that lists the interfaces: built from the OpenAPI document, and as self-contained as every other page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.web.markup import Html, element

_OBJECT = "#/components/schemas/"


def reference_parts(document: Mapping[str, Any]) -> list[Html]:
    """What the page says: every operation of ``document`` (OpenAPI 3.1) with its parameters, body, answer and errors, and
    every object that these speak of."""
    operations = [
        _operation(method, path, said) for path, methods in document["paths"].items() for method, said in methods.items()
    ]
    objects = [_object(name, schema) for name, schema in sorted(document["components"]["schemas"].items())]
    info = document["info"]
    head = element(
        "section",
        element("h2", f"{info['title']} {info['version']}"),
        element("p", info.get("description", ""), class_="facts"),
        element("p", "For programs: ", element("a", "openapi.json", href="/openapi.json"), class_="facts"),
        class_="home",
    )
    return [
        head,
        element("section", element("h3", "Interfaces"), operations, class_="home"),
        element("section", element("h3", "Objects"), objects, class_="home"),
    ]


def _operation(method: str, path: str, said: Mapping[str, Any]) -> Html:
    rows = [
        _row(f"{one['name']} ({one['in']})", _type(one.get("schema", {})), one.get("description", ""))
        for one in said.get("parameters", ())
    ]
    body = said.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    answer = said["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema")
    errors = ", ".join(status for status in said["responses"] if status >= "400")
    return element(
        "article",
        element("h4", element("code", f"{method.upper()} {path}"), f" {said.get('summary', '')}"),
        element("p", " ".join(said.get("description", "").split())),
        element("table", rows) if rows else None,
        element("p", "Body: ", _type(body)) if body else None,
        element("p", "Answer: ", _type(answer)) if answer else None,
        element("p", f"Errors: {errors}", class_="note"),
    )


def _object(name: str, schema: Mapping[str, Any]) -> Html:
    needed = set(schema.get("required", ()))
    rows = [
        _row(key + ("" if key in needed else "?"), _type(one), one.get("description", ""))
        for key, one in schema.get("properties", {}).items()
    ]
    about = " ".join(str(schema.get("description", "")).split())
    return element("article", element("h4", element("code", name)), element("p", about), element("table", rows), id=name)


def _row(name: str, kind: Html, about: str) -> Html:
    return element("tr", element("td", element("code", name)), element("td", kind), element("td", about))


def _type(schema: Mapping[str, Any]) -> Html:
    """A schema in a few words; objects link to where they are listed."""
    if "$ref" in schema:
        name = str(schema["$ref"]).removeprefix(_OBJECT)
        return element("a", name, href=f"#{name}")
    if "anyOf" in schema:
        parts: list[Html] = []
        for one in schema["anyOf"]:
            parts += [element("span", " or "), _type(one)] if parts else [_type(one)]
        return element("span", parts)
    if "enum" in schema or "const" in schema:
        return element("span", " | ".join(str(one) for one in schema.get("enum", [schema.get("const")])))
    if schema.get("type") == "array":
        return element("span", "list of ", _type(schema.get("items", schema.get("prefixItems", [{}])[0])))
    return element("span", str(schema.get("type", "anything")))
