import { expect, it } from "vitest";
import { lintDocuments } from "../../src/linting/lint-documents.ts";
import { documents, FLOW, rule, rules, TEAM } from "./documents.ts";

const W = "mapping/gitlab/acme/widgets";
const S = "mapping/slack/C0000000009";
const ANSWER = { on: "reaction.eyes", to: "thread", message: "Hello" };

/** What is wrong, and what is said of it: the first words of each finding. */
const TABLE: [title: string, values: Record<string, unknown>, ...found: string[]][] = [
  [
    "examples where one's own belongs",
    {
      "mapping/slack/C0123456789": {
        rules: [{ name: "A", on: "reaction.eyes", to: "team", message: "Ask <@U0123456789>" }],
      },
      "destination/team": { ...TEAM, channel: "C0123456789" },
      "person/your-username": { slack: "U0000000001" },
      "person/ana": { slack: "U0123456789" },
    },
    "mapping/slack/C0123456789  warning placeholder: C0123456789 is an example. Put in your channel's id",
    "mapping/slack/C0123456789 rules[0].message warning placeholder: U0123456789 is an example.",
    "destination/team channel warning placeholder",
    `person/your-username  warning placeholder: "your-username" is nobody`,
    "person/ana slack warning placeholder: U0123456789 is an example. Put in the person's own id",
  ],
  ["a rule that is right", rule({})],
  [
    "fields in single braces, each once, with what to write",
    {
      [S]: {
        rules: [
          {
            ...ANSWER,
            name: "A",
            message:
              "{author} { event.titel } {author} {x1} {channel} {{ event.title }}{%if event.url%}{actor.name}{%endif%}",
          },
        ],
      },
    },
    `${S} rules[0].message warning single-braces: {author} is no field: it is sent just as it stands. Write {{ event.author | mention }}.`,
    `${S} rules[0].message warning single-braces: { event.titel } is no field: it is sent just as it stands. Write {{ event.title }}.`,
    `${S} rules[0].message warning single-braces: {x1} is no field: it is sent just as it stands. If it is to be a field, write two braces`,
    `${S} rules[0].message warning single-braces: {channel} is no field: it is sent just as it stands. Write {{ event.channel.name }}.`,
    `${S} rules[0].message warning single-braces: {actor.name} is no field: it is sent just as it stands. Write {{ event.actor.name }}.`,
  ],
  [
    "a field in single braces in a variable",
    {
      ...rule({ variables: { title: "{title}", owner: "{{ event.actor.name }}" } }),
      "destination/team": FLOW,
    },
    `${W} rules[0].variables.title warning single-braces: {title} is no field: it is sent just as it stands. Write {{ event.title }}.`,
  ],
  [
    "braces that are no field's",
    rule({
      message:
        'Run `f() { return x }`, {"a": 1}, {3}, ${}, {a b}, {{event.title}} <!date^1392734382^{date_num}|18 February>',
    }),
  ],

  // What Causeway itself refuses.
  ["no JSON", { [W]: "{" }, `${W}  error not-json: the document is not JSON`],
  ["another shape", { [W]: [] }, `${W}  error schema: expected an object, found a list.`],
  [
    "a misspelt key",
    rule({ wehn: {} }),
    `${W} rules[0].wehn error unknown-key: unknown key. Did you mean "when"?`,
  ],
  [
    "a key that there is not",
    { "destination/team": TEAM, ...rule({ colour: "red" }) },
    `${W} rules[0].colour error unknown-key: unknown key. There are name, `,
  ],
  [
    "keys without a name",
    { "destination/": TEAM, "mapping/gitlab/": { rules: [] } },
    `destination/  error unread-key: nothing reads destination/: there are mapping/gitlab/<path>, mapping/slack/<channel id>, destination/<name> and person/<username>. A name is missing behind it.`,
    `mapping/gitlab/  error unread-key: nothing reads mapping/gitlab/: mappings are mapping/gitlab/<path> or mapping/slack/<channel id>.`,
  ],
  [
    "a key to come",
    rule({ digest: 1 }),
    `${W} rules[0].digest error not-supported: not supported yet.`,
  ],
  [
    "two rules of one name",
    rules({ name: "A" }, { name: "A", on: "issue.close" }),
    `${W} rules[1].name error duplicate-rule-name: "A" is the name of another rule`,
  ],
  [
    "a condition that does not parse",
    rule({ when: { if: "event.title ==" } }),
    `${W} rules[0].when.if error condition: not a condition that can be used`,
  ],
  [
    "a template that does not parse",
    rule({ message: "{{ event.title " }),
    `${W} rules[0].message error template: the output`,
  ],
  [
    "an unknown filter",
    rule({ message: { text: "x", blocks: [{ type: "divider", x: "{{ event.title | linkk }}" }] } }),
    `${W} rules[0].message.blocks[0].x error template: there is no filter "linkk". Did you mean "link"?`,
  ],
  [
    "a broken rule hides nothing of the others, which keep their places",
    rules(
      { mode: "dark" },
      { on: "issue.close", message: "{{ x" },
      { on: "issue.reopen", to: "teem" },
    ),
    `${W} rules[0].mode error schema: expected "live" or "shadow", found "dark".`,
    `${W} rules[1].message error template: the output`,
    `${W} rules[2].to error unknown-destination: there is no destination/teem. Did you mean "team"?`,
  ],
  [
    "GitLab's rule that answers in Slack",
    rule({ to: "thread" }),
    `${W} rules[0].to error impossible: "thread" answers in Slack`,
    `destination/team  warning unused-destination: no rule names it.`,
  ],
  [
    "Slack's type that is none",
    rule({ ...ANSWER, on: "reactions.eyes" }, S),
    `${S} rules[0].on error unknown-type: "reactions.eyes" is nothing that happens in Slack. Did you mean "reaction.eyes"?`,
    `destination/team  warning unused-destination`,
  ],
  [
    "a person without an id",
    { "person/amina": { slack: "amina" } },
    `person/amina slack error schema: expected a Slack member id`,
  ],

  // Keys.
  [
    "a misspelt family",
    { "mappings/gitlab/a": {} },
    `mappings/gitlab/a  error unread-key: nothing reads`,
  ],
  ["another file", { compose: {} }, `compose  warning unread-key: nothing reads compose`],
  [
    "a source that is none",
    { "mapping/gitlb/a": {} },
    `mapping/gitlb/a  error unread-key: nothing reads mapping/gitlb/a: mappings are mapping/gitlab/<path> or mapping/slack/<channel id>. Did you mean "gitlab"?`,
  ],
  [
    "capital letters",
    {
      "mapping/gitlab/Acme/Widgets": { rules: [{ name: "A", on: "issue.open", to: "team" }] },
      "destination/team": TEAM,
    },
    `mapping/gitlab/Acme/Widgets  error unread-key: nothing reads mapping/gitlab/Acme/Widgets: the path of a group or project stands in lower case in a key. Call it mapping/gitlab/acme/widgets.`,
  ],
  [
    "a glob in a key",
    rule({}, "mapping/gitlab/acme/*"),
    `mapping/gitlab/acme/*  error unread-key: nothing reads mapping/gitlab/acme/*: a key has no globs. mapping/gitlab/acme is`,
  ],
  [
    "a channel by its name",
    rule(ANSWER, "mapping/slack/general"),
    `mapping/slack/general  error unread-key: nothing reads mapping/slack/general`,
    `destination/team  warning unused-destination`,
  ],
  [
    "a project's name",
    rule({}, "mapping/gitlab/my project"),
    `mapping/gitlab/my project  error unread-key`,
  ],
  [
    "a reserved name",
    { "destination/thread": TEAM },
    `destination/thread  error unread-key`,
    `destination/thread  warning unused-destination`,
  ],
  [
    "a username with an @",
    { "person/@amina": { slack: "U0000000001" } },
    `person/@amina  error unread-key: nothing reads person/@amina: "@amina" cannot be anybody's username in GitLab. Did you mean "person/amina"?`,
  ],
  [
    "one person twice",
    { "person/amina": { slack: "U0000000001" }, "person/Amina": { slack: "U0000000001" } },
    `person/Amina  warning duplicate-person: person/amina is about the same person.`,
  ],
  [
    "two people who are one",
    { "person/amina": { slack: "U0000000001" }, "person/bruno": { slack: "U0000000001" } },
    `person/bruno slack warning duplicate-person`,
  ],

  // Types.
  [
    "opened",
    rule({ on: "issue.opened" }),
    `${W} rules[0].on error unknown-type: GitLab sends nothing of the type "issue.opened", as far as Causeway knows. Did you mean "issue.open"?`,
  ],
  [
    "created",
    rule({ on: ["issue.close", "merge_request.created"] }),
    `${W} rules[0].on[1] error unknown-type: GitLab sends nothing of the type "merge_request.created", as far as Causeway knows. Did you mean "merge_request.open"?`,
  ],
  [
    "a kind without an action",
    rule({ on: "issue" }),
    `${W} rules[0].on error unknown-type: GitLab sends nothing of the type "issue", as far as Causeway knows. Did you mean "issue.*"?`,
  ],
  [
    "people's word for it",
    rule({ on: "mr.merged" }),
    `${W} rules[0].on error unknown-type: GitLab sends nothing of the type "mr.merged", as far as Causeway knows. Did you mean "merge_request.merge"?`,
  ],
  [
    "a misspelt kind",
    rule({ on: "isue.open" }),
    `${W} rules[0].on error unknown-type: GitLab sends nothing of the type "isue.open", as far as Causeway knows. Did you mean "issue.open"?`,
  ],
  [
    "a misspelt kind with a glob",
    rule({ on: "pipelines.*" }),
    `${W} rules[0].on error unknown-type: GitLab sends nothing of the type "pipelines.*", as far as Causeway knows. Did you mean "pipeline.*"?`,
  ],
  [
    "Slack's type for GitLab",
    rule({ on: "reaction.eyes" }),
    `${W} rules[0].on error unknown-type: GitLab sends nothing of the type "reaction.eyes", as far as Causeway knows. It happens in Slack`,
  ],
  [
    "what GitLab may have come up with since",
    rule({ on: "starlight.shone" }),
    `${W} rules[0].on warning unknown-type`,
  ],
  [
    "globs and capitals that match something",
    rule({ on: ["Issue.*", "*.failed", "merge_request.un?pproved"] }),
  ],

  // Rules that never match.
  [
    "what is asked for is ruled out",
    rule({ when: { labels: { any: ["bug", "bug::*"], none: "BUG*" } } }),
    `${W} rules[0].when.labels error never-matches: it can never hold: everything that "any" asks for`,
  ],
  [
    "one of all is ruled out",
    rule({ when: { labels: { all: ["bug", "urgent"], not: "bug" } } }),
    `${W} rules[0].when.labels error never-matches: it can never hold: "all" asks for "bug", which "none" rules out.`,
  ],
  ["a part is ruled out", rule({ when: { labels: { any: ["bug*"], none: ["bug::old"] } } })],
  [
    "two branches at once",
    rule({ on: "push.*", when: { branch: { all: ["main", "release-*"] } } }),
    `${W} rules[0].when.branch error never-matches: it can never hold: an event has one branch only, and "all" asks for several.`,
  ],
  [
    "two globs that can meet",
    rule({ on: "push.*", when: { branch: { all: ["release-*", "*-stable"] } } }),
  ],
  [
    "an empty condition",
    rule({ when: { labels: {} } }),
    `${W} rules[0].when.labels warning never-matches: it asks for nothing`,
  ],
  [
    "a field that the kind does not have",
    rule({ when: { branch: "main" } }),
    `${W} rules[0].when.branch error never-matches: it can never hold: events of issue.open have no branch.`,
  ],
  [
    "a field that one of the kinds does not have",
    rule({ on: ["issue.open", "pipeline.failed"], when: { branch: "main" } }),
    `${W} rules[0].when.branch warning never-matches: events of the kind issue, work_item, incident, epic have no branch`,
  ],
  ["what must not be there", rule({ when: { branch: { not: "main" } } })],
  [
    "a change of what was just opened",
    rule({ when: { changed: "labels" } }),
    `${W} rules[0].when.changed error never-matches: it can never hold: what was just opened has not changed`,
  ],
  [
    "a status that the type rules out",
    rule({ on: "pipeline.broken", when: { status: "success" } }),
    `${W} rules[0].when.status error never-matches: it can never hold: the status of pipeline.broken is failed.`,
  ],
  [
    "a project somewhere else",
    rule({ when: { project: "other/*" } }),
    `${W} rules[0].when.project error never-matches: it can never hold: the mapping is for acme/widgets and what is below it.`,
  ],
  ["a project below", rule({ when: { project: ["*/gears", "acme/widgets"] } })],
  [
    "always false",
    rule({ when: { if: "false" } }),
    `${W} rules[0].when.if error never-matches: it is always false.`,
  ],
  [
    "always true",
    rule({ when: { if: "true" } }),
    `${W} rules[0].when.if warning never-matches: it is always true`,
  ],
  [
    "nobody is let in",
    { [S]: { rules: [{ name: "A", ...ANSWER, who: { any: "bots", not: ["bots"] } }] } },
    `${S} rules[0].who error never-matches: nobody is let in`,
  ],
  [
    "an author where nobody writes",
    {
      [S]: {
        rules: [
          { name: "A", on: "member_joined", to: "dm", message: "x", when: { author: "ana" } },
        ],
      },
    },
    `${S} rules[0].when.author error never-matches: it can never hold: nobody who joins writes a message`,
  ],

  // Rules that are shadowed.
  [
    "the same again",
    rules({}, {}),
    `${W} rules[1] error shadowed-rule: it can never send: the rule "A" is asked first, matches whatever this one matches, and reaches team.`,
  ],
  [
    "wider types, fewer conditions",
    rules({ on: "issue.*" }, { on: ["issue.open", "issue.close"], when: { labels: "bug" } }),
    `${W} rules[1] error shadowed-rule: it can never send: the rule "A" is asked first, matches whatever this one matches, and reaches team; put the narrower rule first.`,
  ],
  [
    "conditions that follow from others",
    rules(
      { when: { labels: { any: ["bug*", "x"], none: ["old"] } } },
      { when: { labels: { any: ["bug::1", "bug::2"], none: ["old", "older"] }, actor: "ana*" } },
    ),
    `${W} rules[1] error shadowed-rule`,
  ],
  ["other conditions", rules({ when: { labels: "bug" } }, { when: { labels: "bu*" } })],
  ["a rule that is off shadows none", rules({ enabled: false }, {})],
  [
    "one of two destinations",
    {
      ...rules({}, { to: ["team", "more"] }),
      "destination/more": { ...TEAM, channel: "C0000000002" },
    },
    `${W} rules[1].to[0] warning shadowed-rule: it never sends to team: the rule "A" is asked first`,
  ],
  [
    "two rules that take one destination each",
    {
      ...rules({ to: "team" }, { to: "more" }, { to: ["team", "more"] }),
      "destination/more": { ...TEAM, channel: "C0000000002" },
    },
    `${W} rules[2] error shadowed-rule: it can never send: the rule "A" is asked first, matches whatever this one matches, and reaches the same destinations.`,
  ],
  [
    "by the project's own mapping",
    {
      "mapping/gitlab/acme": {
        rules: [{ name: "A", on: "issue.open", to: "team", when: { project: "acme/widgets" } }],
      },
      [W]: { rules: [{ name: "B", on: "issue.*", to: "team" }] },
      "destination/team": TEAM,
    },
    `mapping/gitlab/acme rules[0] error shadowed-rule: it can never send: the rule "B" of ${W} is asked first`,
  ],
  [
    "hidden by the project's own mapping",
    {
      "mapping/gitlab/acme": {
        rules: [{ name: "A", on: "issue.open", to: "team", when: { project: "acme/widgets" } }],
      },
      [W]: { inherit: false, rules: [] },
      "destination/team": TEAM,
    },
    `mapping/gitlab/acme rules[0] error shadowed-rule: it can never send: the mappings of the projects that it is for say inherit: false.`,
  ],
  [
    "a wider mapping's rule still serves others",
    {
      "mapping/gitlab/acme": { rules: [{ name: "A", on: "issue.open", to: "team" }] },
      [W]: { rules: [{ name: "B", on: "issue.*", to: "team" }] },
      "destination/team": TEAM,
    },
  ],
  [
    "one emoji under two names",
    {
      [S]: {
        rules: [
          { name: "A", ...ANSWER, on: "reaction.+1" },
          { name: "B", ...ANSWER, on: "reaction.thumbsup" },
        ],
      },
    },
    `${S} rules[1] error shadowed-rule`,
  ],

  // Destinations.
  [
    "an unknown destination",
    rule({ to: ["team", "archive"] }),
    `${W} rules[0].to[1] error unknown-destination: there is no destination/archive. What is sent there would wait`,
  ],
  ["the bot's addresses need none", { [S]: { rules: [{ name: "A", ...ANSWER }] } }],
  [
    "a misspelt one of those",
    { [S]: { rules: [{ name: "A", ...ANSWER, to: "thred" }] } },
    `${S} rules[0].to error unknown-destination: there is no destination/thred. Did you mean "thread"?`,
  ],
  [
    "one that is never used",
    { "destination/team": TEAM },
    `destination/team  warning unused-destination`,
  ],
  ["one for alerts", { "destination/alerts": TEAM }],
  [
    "an address in clear",
    {
      ...rule({}),
      "destination/team": { type: "webhook", url: "https://hooks.slack.com/services/T0/B0/x" },
    },
    `destination/team url warning address-in-clear: whoever can read this can post with it`,
  ],
  [
    "two for one channel",
    { ...rule({ to: ["team", "more"] }), "destination/more": TEAM },
    `destination/more channel warning shared-target: destination/team posts to the same place.`,
  ],
  [
    "one for two groups",
    {
      ...rule({}),
      "mapping/gitlab/other": { rules: [{ name: "A", on: "issue.open", to: "team" }] },
    },
    `destination/team  warning shared-across-groups: acme and other both send there`,
  ],

  // Confidentiality.
  [
    "to an open destination",
    {
      ...rule({ when: { confidential: true } }),
      "destination/team": { ...TEAM, confidential: false },
    },
    `${W} rules[0].to error confidential-to-open: nothing of this rule ever reaches team`,
  ],
  [
    "made confidential, to an open destination",
    {
      ...rule({ on: "issue.made_confidential" }),
      "destination/team": { ...TEAM, confidential: false },
    },
    `${W} rules[0].to error confidential-to-open`,
  ],
  ["to a destination that may", rule({ when: { confidential: true } })],
  [
    "of what never is",
    rule({ on: "pipeline.*", when: { confidential: true } }),
    `${W} rules[0].when.confidential error never-matches: it can never hold: events of pipeline.* are never confidential.`,
  ],

  // Fields.
  [
    "a misspelt field",
    rule({ message: "a {{ event.titel }}" }),
    `${W} rules[0].message error unknown-field: there is no event.titel (line 1, column 6). Did you mean "event.title"?`,
  ],
  [
    "a field without event",
    rule({ message: "{{ title }}" }),
    `${W} rules[0].message error unknown-field: there is no "title": templates see event and payload (line 1, column 4). Did you mean "event.title"?`,
  ],
  [
    "a misspelt part",
    rule({ message: "{% if event.actor.nmae == 'x' %}y{% endif %}" }),
    `${W} rules[0].message error unknown-field: there is no event.actor.nmae (line 1, column 7). Did you mean "event.actor.name"?`,
  ],
  [
    "labels are texts",
    rule({ message: "{{ event.labels[0].title }}" }),
    `${W} rules[0].message error unknown-field: event.labels is a list of texts: there is no "title" below it`,
  ],
  [
    "a loop's own names",
    rule({
      message:
        "{% for who in event.assignees %}{{ who.name }}{{ forloop.index }}{% endfor %}{% assign a = event.title %}{{ a }}",
    }),
  ],
  [
    "sizes and first ones",
    rule({
      message: "{{ event.labels.size }} {{ event.assignees.first.name }} {{ event.title.size }}",
    }),
  ],
  [
    "in a condition",
    rule({ when: { if: 'event.titel == "x"' } }),
    `${W} rules[0].when.if error unknown-field: there is no event.titel, so the condition has no answer and counts as true. Did you mean "event.title"?`,
  ],
  [
    "in a condition, twice",
    rule({ when: { if: 'event.titel == "x" || event.titel == "y"' } }),
    `${W} rules[0].when.if error unknown-field`,
  ],
  [
    "what a condition asks for first",
    rule({ when: { if: "has(event.note) && event.note.x > 1" } }),
  ],
  [
    "a condition's own names",
    rule({ when: { if: "event.assignees.exists(person, person.username == 'ana')" } }),
  ],
  [
    "another kind",
    rule({ message: "{{ event.pipeline.id }}" }),
    `${W} rules[0].message warning other-kind: event.pipeline is there for events of the kind pipeline only, and the rule is on issue.open`,
  ],
  [
    "its own kind, which is open",
    rule({ message: "{{ event.issue.weight }} {{ payload.anything.at.all }}" }),
  ],
  [
    "a kind that has nothing below",
    rule({ on: "job.failed", message: "{{ event.job.name }}" }),
    `${W} rules[0].message warning other-kind: GitLab sends nothing below event.job: look for it in payload`,
  ],
  [
    "what such events never have",
    rule({ on: "push.*", message: "{{ event.labels }}" }),
    `${W} rules[0].message warning never-there: event.labels is always empty for push.*`,
  ],
  [
    "the milestone of a milestone",
    rule({ on: "milestone.close", message: "{{ event.milestone.title }}" }),
  ],
  [
    "Slack's field in GitLab's rule",
    rule({ message: "{{ event.reactor.name }}" }),
    `${W} rules[0].message error unknown-field: there is no event.reactor`,
  ],
  [
    "Slack's own fields",
    {
      [S]: {
        rules: [
          {
            name: "A",
            ...ANSWER,
            message:
              "{{ event.reactor.id }} {{ event.channel.name }} {{ event.message.permalink }} {{ event.reaction.item.ts }}",
          },
        ],
      },
    },
  ],

  // Workflows.
  [
    "a variable that nobody fills",
    { ...rule({}), "destination/team": FLOW },
    `destination/team variables[1] warning unfilled-variable: no rule fills "owner", and it has no default, so it is always sent empty.`,
  ],
  [
    "a variable that a rule fills",
    { ...rule({ variables: { owner: "x" } }), "destination/team": FLOW },
  ],
  [
    "a default of the kind",
    { ...rule({ on: "pipeline.*" }), "destination/team": { ...FLOW, variables: ["failed_jobs"] } },
  ],
  [
    "a default of another kind",
    { ...rule({}), "destination/team": { ...FLOW, variables: ["failed_jobs"] } },
    `destination/team variables[0] warning unfilled-variable`,
  ],
  [
    "a variable that the workflow does not have",
    { ...rule({ variables: { owner: "x", titel: "y" } }), "destination/team": FLOW },
    `${W} rules[0].variables.titel error undeclared-variable: no workflow that the rule reaches declares "titel", so it is not sent. Did you mean "title"?`,
  ],
  [
    "a workflow that says nothing of its variables",
    {
      ...rule({ variables: { any: "x" } }),
      "destination/team": { type: "workflow", url: "secret:A" },
    },
  ],
  [
    "variables for a channel",
    rule({ variables: { title: "x" } }),
    `${W} rules[0].variables warning unused-words`,
  ],
  [
    "a message for a workflow",
    { ...rule({ message: "x", variables: { owner: "y" } }), "destination/team": FLOW },
    `${W} rules[0].message warning unused-words`,
  ],
  [
    "more than twenty",
    rule({ variables: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`v${n}`, "x"])) }),
    `${W} rules[0].variables error schema: expected at most 20 variables`,
  ],

  // People.
  [
    "everybody is called",
    rule({ message: "<!here> {{ event.link }}" }),
    `${W} rules[0].message warning mentions-everybody: <!here> notifies everybody there`,
  ],
  [
    "what looks like it",
    rule({ message: "@channel, look" }),
    `${W} rules[0].message warning mentions-everybody: @channel notifies nobody here`,
  ],
  [
    "an address of mail is no call",
    rule({ message: "write to us@channel.example or a@here.example" }),
  ],
  ["what comes of the event is escaped", rule({ message: '{{ "<!here>" }}' })],
  [
    "a person whom nobody knows",
    { ...rule({ message: '{{ "amino" | mention }}' }), "person/amina": { slack: "U0000000001" } },
    `${W} rules[0].message warning unknown-person: "amino" mentions nobody: there is no person/amino. Did you mean "amina"?`,
  ],
  [
    "a person by id, and one by name whom only some events are about",
    {
      ...rule({ message: '{{ "S0123ABC" | mention }} {{ "Amina" | mention }}' }),
      "person/amina": { slack: "U0000000001" },
    },
    `${W} rules[0].message warning unknown-person: "Amina" is mentioned only where the event is about that person too. Write the Slack id: "U0000000001".`,
  ],
  [
    "a person by name in Slack, where everybody is known",
    {
      [S]: { rules: [{ name: "A", ...ANSWER, message: '{{ "Amina" | mention }}' }] },
      "person/amina": { slack: "U0000000001" },
    },
  ],
  [
    "a call in a workflow's variable, which notifies nobody",
    { ...rule({ variables: { owner: "<!here>" } }), "destination/team": FLOW },
    `${W} rules[0].variables.owner warning mentions-everybody: <!here> notifies nobody here`,
  ],
  [
    "a glob for another name of an emoji",
    { [S]: { rules: [{ name: "A", ...ANSWER, on: ["reaction.eyes", "reaction.thumbs*"] }] } },
    `${S} rules[0].on[1] warning unknown-type: :thumbsup: is called +1 here, whichever of its names is used, and the glob does not match that. Write reaction.+1.`,
  ],
  [
    "a mistake in on is said once",
    rule({ on: "mr.merged", message: "{{ event.merge_request.iid }}" }),
    `${W} rules[0].on error unknown-type`,
  ],
  [
    "a username that differs in one letter",
    { ...rule({ when: { actor: "brunno" } }), "person/bruno": { slack: "U0000000002" } },
    `${W} rules[0].when.actor warning unknown-person: there is a person/bruno, and none of the name "brunno".`,
  ],

  // Values that GitLab never sends.
  [
    "a state that nothing closed is in",
    rule({ on: "issue.close", when: { status: "opened" } }),
    `${W} rules[0].when.status error never-matches: it can never hold: the status of issue.close is closed.`,
  ],
  [
    "a state by another name",
    rule({ on: "merge_request.*", when: { status: ["open", "draft"] } }),
    `${W} rules[0].when.status error never-matches: it can never hold: the status of merge_request.* is opened or closed or merged or locked. Did you mean "opened"?`,
  ],
  [
    "states that there are",
    rule({
      on: ["issue.update", "merge_request.merge"],
      when: { status: { any: ["closed", "merged"] } },
    }),
  ],
  [
    "a severity that there is not",
    rule({ on: "incident.open", when: { severity: "sev1" } }),
    `${W} rules[0].when.severity error never-matches: it can never hold: the severity of incident.open is critical or high or medium or low.`,
  ],
  [
    "severities that there are",
    rules(
      { on: "vulnerability.*", when: { severity: "info" } },
      { on: "incident.open", when: { severity: "CRIT*" } },
      { on: ["incident.open", "*"], when: { severity: "sev1" } },
    ),
  ],
  [
    "what a person in a loop does not have",
    rule({
      message:
        "{% for a in event.assignees %}{{ a.name }} {{ a.email }}{% for b in a.names %}{{ b.x }}{% endfor %}{% endfor %}",
    }),
    `${W} rules[0].message error unknown-field: there is no event.assignees.email (line 1, column 47).`,
    `${W} rules[0].message error unknown-field: there is no event.assignees.names (line 1, column 69). Did you mean "event.assignees.name"?`,
    `${W} rules[0].message error unknown-field: there is no event.assignees.names (line 1, column 82). Did you mean "event.assignees.name"?`,
  ],
  [
    "what a label in a loop does not have",
    rule({ message: "{% for l in event.labels %}{{ l.title }}{% endfor %}" }),
    `${W} rules[0].message error unknown-field: event.labels is a list of texts: there is no "title" below it`,
  ],
  [
    "names of loops that are right, or that nothing is known of",
    rule({
      message:
        "{% for a in event.assignees %}{{ a.username }}{{ forloop.index }}{% for a in payload.x %}{{ a.email }}{% endfor %}{% endfor %}{% for i in (1..3) %}{{ i }}{% for j in i.x %}{{ j.y }}{% endfor %}{% endfor %}{% assign who = event.assignees %}{% for w in who %}{{ w.email }}{% endfor %}{% for p in payload.commits %}{{ p.id }}{% endfor %}",
    }),
  ],
  [
    "what is asked for, and never there",
    rule({
      on: "member.*",
      when: { if: "has(event.member.access_level) && event.member.access_level == 30" },
    }),
    `${W} rules[0].when.if warning other-kind: GitLab sends nothing below event.member: look for it in payload, so has(…) is always false.`,
  ],
  [
    "what is asked for and may be there",
    rule({
      on: ["issue.*", "pipeline.*"],
      when: { if: "has(event.pipeline.id) || has(event.some_day) || has(event.project.path)" },
    }),
  ],
  [
    "a kind that the rule is not on",
    rule({ on: "issue.*", when: { if: 'event.kind == "pipeline" || "incident" == event.kind' } }),
    `${W} rules[0].when.if warning other-kind: event.kind is never "pipeline" for issue.*.`,
  ],
  ["a kind that the rule may be on", rules({ on: "*", when: { if: 'event.kind == "pipeline"' } })],

  // Mappings that do nothing.
  ["no rules", { [W]: { rules: [] } }, `${W} rules warning idle-mapping: it has no rules`],
  [
    "nothing to hide",
    { [W]: { inherit: false, rules: [] } },
    `${W} inherit warning idle-mapping: there is no mapping above it`,
  ],
];

it.for(TABLE)("%s", ([, values, ...expected]) => {
  const said = lintDocuments(documents(values)).map(
    ({ key, path, severity, code, message }) => `${key} ${path} ${severity} ${code}: ${message}`,
  );
  expect(said.map((each, index) => each.slice(0, expected[index]?.length ?? each.length))).toEqual(
    expected,
  );
});

it("leaves the destinations alone that ALERTS_TO names", () => {
  const values = documents({ "destination/on-call": TEAM });
  expect(lintDocuments(values)).toHaveLength(1);
  expect(lintDocuments(values, ["on-call"])).toEqual([]);
});
