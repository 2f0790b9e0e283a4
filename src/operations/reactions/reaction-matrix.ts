import { glob, type Matcher, isGlob } from "../../mappings/glob.ts";
import type { ChannelAnswer, ChannelAnswers } from "./channel-answers.ts";
import { inOrder, occasionOf, type SlackOccasion } from "./occasion.ts";

/** The channel of the rules for all channels. */
export const EVERY_CHANNEL = "*";

/** A published mapping of a channel. */
export type ChannelDocument = {
  channel: string;
  key: string;
  /** Who published it last; null: nobody knows. */
  by: string | null;
  /** When, ISO 8601. */
  at: string;
  reading: ChannelAnswers;
};

/** What is answered to whom: a row for each channel, a column for each occasion. */
export type ReactionMatrix = {
  occasions: SlackOccasion[];
  rows: MatrixRow[];
  /** Mappings that cannot be used as they are. */
  unusable: (ChannelDocument & { problem: string })[];
};

export type MatrixRow = ChannelDocument & { cells: Cell[] };

/** What happens on an occasion in a channel; the answers stand in the order in which rules are asked. */
export type Cell = { occasion: SlackOccasion; answers: PlacedAnswer[] };

/** An answer where it takes effect. */
export type PlacedAnswer = ChannelAnswer & {
  /** Whether it comes from the rules for every channel. */
  inherited: boolean;
  /** The glob that takes the occasion in; null: the rule names it. */
  glob: string | null;
  /** The rule that always answers there before it; null: none. */
  behind: string | null;
};

/** Puts the mappings of all channels side by side; the row of every channel is first. */
export function reactionMatrix(documents: ChannelDocument[]): ReactionMatrix {
  const usable = documents.filter(({ reading }) => reading.ok);
  const types = usable.flatMap(({ reading }) => answersOf(reading).flatMap(({ on }) => on));
  const occasions = inOrder([...new Set(types)].map(occasionOf));
  const everywhere = documents.find(({ channel }) => channel === EVERY_CHANNEL);
  const rows = usable.map((document) => ({
    ...document,
    cells: cellsOf(occasions, document.reading, everywhere?.reading),
  }));
  const isFirst = ({ channel }: ChannelDocument): number => (channel === EVERY_CHANNEL ? 0 : 1);
  return {
    occasions,
    rows: rows.toSorted((a, b) => isFirst(a) - isFirst(b)),
    unusable: documents.flatMap((document) =>
      document.reading.ok ? [] : { ...document, problem: document.reading.problem },
    ),
  };
}

/** What happens in a channel on these occasions; `everywhere`: the rules for all channels, when there are some. */
export function cellsOf(
  occasions: SlackOccasion[],
  own: ChannelAnswers,
  everywhere: ChannelAnswers | undefined,
): Cell[] {
  const inherits = own.ok && own.inherits && everywhere !== undefined && everywhere !== own;
  const asked = [
    ...answersOf(own).map((answer) => askedOf(answer, false)),
    ...(inherits ? answersOf(everywhere) : []).map((answer) => askedOf(answer, true)),
  ];
  return occasions.map((occasion) => ({ occasion, answers: answersOn(occasion, asked) }));
}

/** A rule in its turn; a matrix asks each for every column. */
type Asked = {
  answer: ChannelAnswer;
  inherited: boolean;
  /** In lower case. */
  types: ReadonlySet<string>;
  globs: { pattern: string; matches: Matcher }[];
};

function askedOf(answer: ChannelAnswer, inherited: boolean): Asked {
  const globs = answer.on.filter(isGlob);
  return {
    answer,
    inherited,
    types: new Set(answer.on.map((type) => type.toLowerCase())),
    globs: globs.map((pattern) => ({ pattern, matches: glob(pattern) })),
  };
}

function answersOn({ type }: SlackOccasion, asked: Asked[]): PlacedAnswer[] {
  const wanted = type.toLowerCase();
  /** By the destination, the rule that always reaches it first. */
  const taken = new Map<string, string>();
  const answers: PlacedAnswer[] = [];
  for (const { answer, inherited, types, globs } of asked) {
    const isNamed = types.has(wanted);
    const through =
      isNamed || isGlob(type) ? undefined : globs.find((each) => each.matches(wanted));
    if (!isNamed && through === undefined) continue;
    const isLate = answer.to.every((name) => taken.has(name));
    const behind = isLate ? (taken.get(answer.to[0] ?? "") ?? null) : null;
    // What every channel has and this one says otherwise is not said here.
    if (!(inherited && isLate)) {
      answers.push({ ...answer, inherited, glob: through?.pattern ?? null, behind });
    }
    if (!answer.enabled || answer.isConditional) continue;
    for (const name of answer.to) if (!taken.has(name)) taken.set(name, answer.rule);
  }
  return answers;
}

function answersOf(reading: ChannelAnswers): ChannelAnswer[] {
  return reading.ok ? reading.answers : [];
}
