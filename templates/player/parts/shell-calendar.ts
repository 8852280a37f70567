// Loads with the neutral page that “Exit this page” opens, and fills in its calendar.

import { fillCalendar } from "../shell/calendar.ts";

fillCalendar(document.querySelector("table") as HTMLTableElement, new Date());
