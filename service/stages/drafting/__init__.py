"""Drafting by a language model: what is sent, what comes back, and what becomes of an answer that is broken.

``rendering`` turns sentences into the prompt, ``asking`` asks about one chunk until something can be used, ``reading`` and
``salvage`` take what is whole from an answer, ``merging`` and ``reducing`` make one draft of several chunks.
"""

from service.stages.drafting.drafter import VARIABLES, Bounds, ModelDrafter, article_room

__all__ = ["VARIABLES", "Bounds", "ModelDrafter", "article_room"]
