// The view that says which course this is: version, digest, owner, dates.

import { button } from "./element.js";

/** Shows the about view on its button and on #about; "back" leads to the page before. */
export function createAbout({ toggle, template, navigation, say }) {
  toggle.hidden = false;
  toggle.onclick = () => {
    location.hash = "#about";
  };
  return (page) => {
    navigation.view(
      template.content.cloneNode(true),
      button(say("back", { title: page.title }), () => navigation.go(page.id)),
    );
  };
}
