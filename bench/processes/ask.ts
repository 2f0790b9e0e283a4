import type { ChildProcess } from "node:child_process";

import { fork } from "node:child_process";

import { adopt, release } from "./children.ts";

/** A program of the benchmark in its own process, which answers one question at a time. */
export type Helper<Question, Answer> = {
  pid: number;
  ask: (question: Question) => Promise<Answer>;
  stop: () => Promise<void>;
};

/** Starts `file` as a process of its own. */
export function startHelper<Question, Answer>(
  file: string,
  name: string,
): Helper<Question, Answer> {
  // "advanced" carries typed arrays as they are.
  const child = adopt(fork(file, { serialization: "advanced" }), name);
  return {
    pid: child.pid ?? 0,
    ask: (question) => askChild<Answer>(child, question as object),
    stop: () => release(child),
  };
}

async function askChild<Answer>(child: ChildProcess, question: object): Promise<Answer> {
  const answered = new Promise<Answer>((resolve) =>
    child.once("message", (answer) => resolve(answer as Answer)),
  );
  child.send(question);
  return answered;
}

/** The helper's side: answers each question, and ends when the process that asks is gone. */
export function answerQuestions<Question, Answer>(
  answer: (question: Question) => Promise<Answer> | Answer,
): void {
  process.on("message", (question) => {
    void Promise.resolve(answer(question as Question)).then((result) =>
      process.send?.(result as object),
    );
  });
  process.on("disconnect", () => process.exit());
  // Ctrl+C reaches the whole group: the process that asks decides when its helpers stop.
  process.on("SIGINT", () => undefined);
}
