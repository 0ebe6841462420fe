"""Who writes a draft: a language model behind any OpenAI-compatible server, or the embedded rules."""
