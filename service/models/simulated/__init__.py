"""The simulated provider: a server of OpenAI's chat completions that drafts from the article it is sent.

Its answers are right by construction and the same for the same seed; by script it fails in every way that real servers
fail, lies (each lie tagged in its log), or obeys whatever an article tells it. It counts and logs what it was asked. For
tests, benchmarks and demos: ``readout simulate``.
"""

from service.models.simulated.script import Script, load_script
from service.models.simulated.server import Simulated, run_simulated

__all__ = ["Script", "Simulated", "load_script", "run_simulated"]
