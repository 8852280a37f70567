// Right or not, and how many percent.

/** Whether a response (option ids, joined) is all the right options and no other. */
export const isRight = (question, response) =>
  [...response].sort().join("") === [...question.right].sort().join("");

/**
 * What the answers to the questions of a quiz earn. `answers` maps question keys to responses; a
 * question without one earns nothing.
 *
 * Gives `right`, a count, and `hundredths` of a percent of all weight, halves rounded up. Weights
 * count to two decimals.
 */
export function scoreQuiz(questions, answers) {
  const weight = (question) => Math.round(question.weight * 100);
  const total = (list) => list.reduce((sum, question) => sum + weight(question), 0);
  const right = questions.filter((question) => isRight(question, answers.get(question.key) ?? ""));
  const possible = total(questions);
  return {
    right: right.length,
    hundredths: possible ? Math.floor((total(right) * 20000 + possible) / (2 * possible)) : 0,
  };
}
