/** What to do when nothing has come yet. */
export function Welcome() {
  return (
    <section class="card" aria-labelledby="welcome">
      <h2 id="welcome">What to do next</h2>
      <ol class="steps">
        <li>
          <b>A destination:</b> a Slack channel, workflow or incoming webhook that messages go to.{" "}
          <a href="/admin/documents?new=destination">Make one</a>; “A place in Slack” in
          docs/getting-started.md says what it takes in Slack.
        </li>
        <li>
          <b>A mapping:</b> rules for a GitLab group or project that say what is told to whom.{" "}
          <a href="/admin/documents?new=mapping">Make one</a>, and see in the{" "}
          <a href="/admin/playground">playground</a> what it makes of a sample. Nothing is sent
          there.
        </li>
        <li>
          <b>A webhook in GitLab</b> that sends its events here: “The webhook in GitLab” in
          docs/getting-started.md. Before that, <code>npm run sample -- issue.open</code> plays
          GitLab on your own machine.
        </li>
      </ol>
      <p class="soft">
        The first event appears here within some seconds. If it does not, “When it does not appear”
        in docs/getting-started.md helps.
      </p>
    </section>
  );
}
