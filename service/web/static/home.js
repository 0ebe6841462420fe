"use strict";
// Sends the article, says how far its brief is, and goes to the brief's page. Everything is text: nothing is made markup.
(() => {
  const $ = (id) => document.getElementById(id);
  const steps = { quotations: "Read. Drafting …", draft: "Drafted. Checking every statement …", summary: "Checked. Finishing …" };

  function say(words, wrong) {
    $("said").textContent = words;
    $("said").classList.toggle("wrong", Boolean(wrong));
  }

  function request() {
    const text = $("text").value;
    const page = /^\s*<(!doctype\s+html|html)\b/i.test(text);
    const article = page ? { html: text } : { text };
    for (const name of ["published", "outlet"]) if ($(name).value) article[name] = $(name).value;
    return JSON.stringify({ article });
  }

  async function* events(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = "", read; !(read = await reader.read()).done; ) {
      const blocks = (rest + read.value).split("\n\n");
      rest = blocks.pop();
      for (const block of blocks) {
        const found = /^event: (\w+)\ndata: (.*)$/.exec(block);
        if (found) yield [found[1], JSON.parse(found[2])];
      }
    }
  }

  const because = (problem) => [problem.detail, ...problem.errors.map((one) => one.detail)].filter((one, at, all) => all.indexOf(one) === at).join(" ");

  function finish(brief) {
    const lost = brief.warnings.find((one) => one.code === "not_stored");
    if (lost) say("The brief was made and could not be kept, so it has no page: " + lost.detail, true);
    else location.assign("/v1/briefs/" + encodeURIComponent(brief.id) + "/view");
  }

  async function ask() {
    const headers = { "Content-Type": "application/json", Accept: "text/event-stream" };
    const response = await fetch("/v1/briefs", { method: "POST", headers, body: request() });
    if (!response.ok) return say(because(await response.json()), true);
    for await (const [name, value] of events(response)) {
      if (name === "brief") return finish(value);
      if (name === "error") return say(because(value), true);
      say(steps[name] || "");
    }
    say("The service ended its answer too early. Try again.", true);
  }

  $("ask").addEventListener("submit", async (event) => {
    event.preventDefault();
    $("go").disabled = true;
    say("Reading …");
    try {
      await ask();
    } catch (error) {
      say("The service can't be reached: " + error.message, true);
    } finally {
      $("go").disabled = false;
    }
  });
})();
