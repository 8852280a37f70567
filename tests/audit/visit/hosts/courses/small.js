// A small course: three pages and a question. `lms` is how a tool talks to its LMS.

const PAGES = [
  ["Welcome", "Read this first, and take your time over it."],
  ["Hand washing", "Water, soap, twenty seconds, and a clean towel."],
  ["Question", "When are hands washed?"],
  ["The end", "Everything is read and answered."],
];
const CHOICES = ["Before meals", "Never"];

/** @param {{state: string, save: (state: string, page: number) => void,
 *   finish: (score: number) => void}} lms */
export function play({ state, save, finish }) {
  const work = { page: 0, answer: -1, ...JSON.parse(state || "{}") };
  const root = document.getElementById("root");

  const show = () => {
    const [title, words] = PAGES[work.page];
    root.innerHTML = `<h1>${title}</h1><p>${words}</p>`;
    if (work.page === 2) root.append(question());
    if (work.page < PAGES.length - 1) root.append(button("Next", next));
  };
  const next = () => {
    work.page += 1;
    save(JSON.stringify(work), work.page);
    show();
  };
  const answer = (choice) => {
    work.answer = choice;
    save(JSON.stringify(work), work.page);
    finish(choice === 0 ? 100 : 0);
    show();
  };
  const question = () => {
    const form = document.createElement("form");
    form.innerHTML = CHOICES.map(
      (text, at) => `<p><label><input type="radio" name="q" value="${at}"> ${text}</label></p>`,
    ).join("");
    const submit = button("Submit", () => {});
    submit.type = "submit";
    form.append(submit);
    if (work.answer >= 0) {
      form.q[work.answer].checked = true;
      for (const one of [...form.q, submit]) one.disabled = true;
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.q.value !== "") answer(Number(form.q.value));
    });
    return form;
  };
  const button = (name, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = name;
    made.addEventListener("click", act);
    return made;
  };
  show();
}
