// What gift-pegjs, a parser of other people, makes of questions in GIFT: a line of JSON for each of
// those in the standard input, its type, or null where the parser does not read it.
import { readFileSync } from "node:fs";
import parser from "gift-pegjs";

const kindOf = (text) => {
  try {
    return parser.parse(`${text}\n`).map((question) => question.type);
  } catch (error) {
    if (error.name !== "SyntaxError") throw error;
    return null;
  }
};

for (const text of JSON.parse(readFileSync(0, "utf8"))) console.log(JSON.stringify(kindOf(text)));
